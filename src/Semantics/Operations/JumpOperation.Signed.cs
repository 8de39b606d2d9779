namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JSGT</c>: the destination is greater, both signed.</summary>
    public sealed record GreaterSigned : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x6;

        /// <inheritdoc/>
        public override string Mnemonic => "jsgt";

        /// <inheritdoc/>
        public override string Operator => "s>";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is greater, both signed.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(source, destination);
    }

    /// <summary><c>JSGE</c>: the destination is greater or equal, both signed.</summary>
    public sealed record GreaterOrEqualSigned : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x7;

        /// <inheritdoc/>
        public override string Mnemonic => "jsge";

        /// <inheritdoc/>
        public override string Operator => "s>=";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is greater or equal, both signed.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(destination, source);
    }

    /// <summary><c>JSLT</c>: the destination is less, both signed.</summary>
    public sealed record LessSigned : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xc;

        /// <inheritdoc/>
        public override string Mnemonic => "jslt";

        /// <inheritdoc/>
        public override string Operator => "s<";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is less, both signed.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(destination, source);
    }

    /// <summary><c>JSLE</c>: the destination is less or equal, both signed.</summary>
    public sealed record LessOrEqualSigned : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xd;

        /// <inheritdoc/>
        public override string Mnemonic => "jsle";

        /// <inheritdoc/>
        public override string Operator => "s<=";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is less or equal, both signed.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(source, destination);
    }
}

namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JGT</c>: the destination is greater, both unsigned.</summary>
    public sealed record Greater : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x2;

        /// <inheritdoc/>
        public override string Mnemonic => "jgt";

        /// <inheritdoc/>
        public override string Operator => ">";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is greater, both unsigned.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(source, destination);
    }

    /// <summary><c>JGE</c>: the destination is greater or equal, both unsigned.</summary>
    public sealed record GreaterOrEqual : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x3;

        /// <inheritdoc/>
        public override string Mnemonic => "jge";

        /// <inheritdoc/>
        public override string Operator => ">=";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is greater or equal, both unsigned.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLT</c>: the destination is less, both unsigned.</summary>
    public sealed record Less : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xa;

        /// <inheritdoc/>
        public override string Mnemonic => "jlt";

        /// <inheritdoc/>
        public override string Operator => "<";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is less, both unsigned.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLE</c>: the destination is less or equal, both unsigned.</summary>
    public sealed record LessOrEqual : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xb;

        /// <inheritdoc/>
        public override string Mnemonic => "jle";

        /// <inheritdoc/>
        public override string Operator => "<=";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the destination is less or equal, both unsigned.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(source, destination);
    }
}

namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JEQ</c>: the operands are equal.</summary>
    public sealed record Equal : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x1;

        /// <inheritdoc/>
        public override string Mnemonic => "jeq";

        /// <inheritdoc/>
        public override string Operator => "==";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the operands are equal.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.Same(destination, source);
    }

    /// <summary><c>JNE</c>: the operands differ.</summary>
    public sealed record NotEqual : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x5;

        /// <inheritdoc/>
        public override string Mnemonic => "jne";

        /// <inheritdoc/>
        public override string Operator => "!=";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the operands differ.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.Same(destination, source);
    }

    /// <summary><c>JSET</c>: the operands have a set bit in common.</summary>
    public sealed record AnyBitSet : JumpOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x4;

        /// <inheritdoc/>
        public override string Mnemonic => "jset";

        /// <inheritdoc/>
        public override string Operator => "&";

        /// <inheritdoc/>
        public override string Summary => "Jumps if the operands have a set bit in common.";

        /// <inheritdoc/>
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.IsZero(destination & source);
    }
}

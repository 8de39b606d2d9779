namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JEQ</c>: the operands are equal.</summary>
    public sealed record Equal : JumpOperation
    {
        public override byte Code => 0x1;

        public override string Mnemonic => "jeq";

        public override string Operator => "==";

        public override string Summary => "Jumps if the operands are equal.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            T.Same(destination, source);
    }

    /// <summary><c>JNE</c>: the operands differ.</summary>
    public sealed record NotEqual : JumpOperation
    {
        public override byte Code => 0x5;

        public override string Mnemonic => "jne";

        public override string Operator => "!=";

        public override string Summary => "Jumps if the operands differ.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.Same(destination, source);
    }

    /// <summary><c>JSET</c>: the operands have a set bit in common.</summary>
    public sealed record AnyBitSet : JumpOperation
    {
        public override byte Code => 0x4;

        public override string Mnemonic => "jset";

        public override string Operator => "&";

        public override string Summary => "Jumps if the operands have a set bit in common.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.IsZero(destination & source);
    }
}

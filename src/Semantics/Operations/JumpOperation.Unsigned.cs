namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JGT</c>: the destination is greater, both unsigned.</summary>
    public sealed record Greater : JumpOperation
    {
        public override byte Code => 0x2;

        public override string Mnemonic => "jgt";

        public override string Operator => ">";

        public override string Summary => "Jumps if the destination is greater, both unsigned.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(source, destination);
    }

    /// <summary><c>JGE</c>: the destination is greater or equal, both unsigned.</summary>
    public sealed record GreaterOrEqual : JumpOperation
    {
        public override byte Code => 0x3;

        public override string Mnemonic => "jge";

        public override string Operator => ">=";

        public override string Summary => "Jumps if the destination is greater or equal, both unsigned.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLT</c>: the destination is less, both unsigned.</summary>
    public sealed record Less : JumpOperation
    {
        public override byte Code => 0xa;

        public override string Mnemonic => "jlt";

        public override string Operator => "<";

        public override string Summary => "Jumps if the destination is less, both unsigned.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLE</c>: the destination is less or equal, both unsigned.</summary>
    public sealed record LessOrEqual : JumpOperation
    {
        public override byte Code => 0xb;

        public override string Mnemonic => "jle";

        public override string Operator => "<=";

        public override string Summary => "Jumps if the destination is less or equal, both unsigned.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(source, destination);
    }
}

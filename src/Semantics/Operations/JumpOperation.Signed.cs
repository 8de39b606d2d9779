namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JSGT</c>: the destination is greater, both signed.</summary>
    public sealed record GreaterSigned : JumpOperation
    {
        public override byte Code => 0x6;

        public override string Mnemonic => "jsgt";

        public override string Operator => "s>";

        public override string Summary => "Jumps if the destination is greater, both signed.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(source, destination);
    }

    /// <summary><c>JSGE</c>: the destination is greater or equal, both signed.</summary>
    public sealed record GreaterOrEqualSigned : JumpOperation
    {
        public override byte Code => 0x7;

        public override string Mnemonic => "jsge";

        public override string Operator => "s>=";

        public override string Summary => "Jumps if the destination is greater or equal, both signed.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(destination, source);
    }

    /// <summary><c>JSLT</c>: the destination is less, both signed.</summary>
    public sealed record LessSigned : JumpOperation
    {
        public override byte Code => 0xc;

        public override string Mnemonic => "jslt";

        public override string Operator => "s<";

        public override string Summary => "Jumps if the destination is less, both signed.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(destination, source);
    }

    /// <summary><c>JSLE</c>: the destination is less or equal, both signed.</summary>
    public sealed record LessOrEqualSigned : JumpOperation
    {
        public override byte Code => 0xd;

        public override string Mnemonic => "jsle";

        public override string Operator => "s<=";

        public override string Summary => "Jumps if the destination is less or equal, both signed.";

        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(source, destination);
    }
}

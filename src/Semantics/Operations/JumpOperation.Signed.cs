namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JSGT</c>: the destination is greater, both signed.</summary>
    public sealed record GreaterSigned() : JumpOperation(
        0x6, "jsgt", "s>", "Jumps if the destination is greater, both signed.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(source, destination);
    }

    /// <summary><c>JSGE</c>: the destination is greater or equal, both signed.</summary>
    public sealed record GreaterOrEqualSigned() : JumpOperation(
        0x7, "jsge", "s>=", "Jumps if the destination is greater or equal, both signed.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(destination, source);
    }

    /// <summary><c>JSLT</c>: the destination is less, both signed.</summary>
    public sealed record LessSigned() : JumpOperation(
        0xc, "jslt", "s<", "Jumps if the destination is less, both signed.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessSigned(destination, source);
    }

    /// <summary><c>JSLE</c>: the destination is less or equal, both signed.</summary>
    public sealed record LessOrEqualSigned() : JumpOperation(
        0xd, "jsle", "s<=", "Jumps if the destination is less or equal, both signed.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessSigned(source, destination);
    }
}

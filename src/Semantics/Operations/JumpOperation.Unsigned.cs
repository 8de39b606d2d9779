namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JGT</c>: the destination is greater, both unsigned.</summary>
    public sealed record Greater() : JumpOperation(
        0x2, "jgt", ">", "Jumps if the destination is greater, both unsigned.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(source, destination);
    }

    /// <summary><c>JGE</c>: the destination is greater or equal, both unsigned.</summary>
    public sealed record GreaterOrEqual() : JumpOperation(
        0x3, "jge", ">=", "Jumps if the destination is greater or equal, both unsigned.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLT</c>: the destination is less, both unsigned.</summary>
    public sealed record Less() : JumpOperation(0xa, "jlt", "<", "Jumps if the destination is less, both unsigned.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.LessUnsigned(destination, source);
    }

    /// <summary><c>JLE</c>: the destination is less or equal, both unsigned.</summary>
    public sealed record LessOrEqual() : JumpOperation(
        0xb, "jle", "<=", "Jumps if the destination is less or equal, both unsigned.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.LessUnsigned(source, destination);
    }
}

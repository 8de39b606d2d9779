namespace RbpfSpec.Semantics.Operations;

public abstract partial record JumpOperation
{
    /// <summary><c>JEQ</c>: the operands are equal.</summary>
    public sealed record Equal() : JumpOperation(0x1, "jeq", "==", "Jumps if the operands are equal.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            T.Same(destination, source);
    }

    /// <summary><c>JNE</c>: the operands differ.</summary>
    public sealed record NotEqual() : JumpOperation(0x5, "jne", "!=", "Jumps if the operands differ.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.Same(destination, source);
    }

    /// <summary><c>JSET</c>: the operands have a set bit in common.</summary>
    public sealed record AnyBitSet() : JumpOperation(
        0x4, "jset", "&", "Jumps if the operands have a set bit in common.")
    {
        public override Truth<T> Holds<T>(T destination, T source) =>
            !T.IsZero(destination & source);
    }
}

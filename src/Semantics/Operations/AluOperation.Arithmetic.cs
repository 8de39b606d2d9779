using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>ADD</c>: sum.</summary>
    public sealed record Add() : AluOperation(
        0x0, "add", "+=", "Adds the second operand to the destination, wrapping around.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst + src;
    }

    /// <summary><c>SUB</c>: difference.</summary>
    public sealed record Subtract() : AluOperation(
        0x1, "sub", "-=", "Subtracts the second operand from the destination, wrapping around.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst - src;
    }

    /// <summary><c>MUL</c>: product.</summary>
    public sealed record Multiply() : AluOperation(
        0x2, "mul", "*=", "Multiplies the destination by the second operand, wrapping around.", isDivmul: true)
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst * src;
    }

    /// <summary><c>NEG</c>: two's complement negation.</summary>
    public sealed record Negate() : AluOperation(
        0x8, "neg", "-", "Negates the destination; the least number stays itself.")
    {
        public override Sequence<Form> Forms => [Unary(Width.Bits32), Unary(Width.Bits64)];

        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => T.Zero(dst.Width) - dst;

        private Form Unary(Width width) => FormOf(width, SourceOperand.Immediate) with
        {
            Id = $"alu/neg{width.Bits}",
            Layout = Layout.Empty with { Destination = Layout.Register },
            Operand = SourceOperand.None,
        };
    }
}

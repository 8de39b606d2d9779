using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>ADD</c>: sum.</summary>
    public sealed record Add : AluOperation
    {
        public override byte Code => 0x0;

        public override string Mnemonic => "add";

        public override string Operator => "+=";

        public override string Summary => "Adds the second operand to the destination, wrapping around.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination + source);
    }

    /// <summary><c>SUB</c>: difference.</summary>
    public sealed record Subtract : AluOperation
    {
        public override byte Code => 0x1;

        public override string Mnemonic => "sub";

        public override string Operator => "-=";

        public override string Summary => "Subtracts the second operand from the destination, wrapping around.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination - source);
    }

    /// <summary><c>MUL</c>: product.</summary>
    public sealed record Multiply : AluOperation
    {
        public override byte Code => 0x2;

        public override string Mnemonic => "mul";

        public override string Operator => "*=";

        public override string Summary => "Multiplies the destination by the second operand, wrapping around.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination * source);

        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);
    }

    /// <summary><c>NEG</c>: two's complement negation.</summary>
    public sealed record Negate : AluOperation
    {
        public override byte Code => 0x8;

        public override string Mnemonic => "neg";

        public override string Operator => "-";

        public override string Summary => "Negates the destination; the least number stays itself.";

        public override Sequence<Form> Forms => [Unary(Width.Bits32), Unary(Width.Bits64)];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(T.Zero(destination.Width) - destination);

        private Form Unary(Width width) => FormOf(width, SourceOperand.Immediate) with
        {
            Id = $"alu/neg{width.Bits}",
            Layout = Layout.Empty with { Destination = Layout.Register },
            Operand = SourceOperand.None,
        };
    }

    private static ConformanceGroup DivisionGroup(Width width) =>
        width.Bits is 64 ? ConformanceGroup.Divmul64 : ConformanceGroup.Divmul32;
}

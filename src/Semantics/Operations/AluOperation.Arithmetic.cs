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
        /// <inheritdoc/>
        public override byte Code => 0x0;

        /// <inheritdoc/>
        public override string Mnemonic => "add";

        /// <inheritdoc/>
        public override string Operator => "+=";

        /// <inheritdoc/>
        public override string Summary => "Adds the second operand to the destination, wrapping around.";

        /// <inheritdoc/>
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination + source);
    }

    /// <summary><c>SUB</c>: difference.</summary>
    public sealed record Subtract : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x1;

        /// <inheritdoc/>
        public override string Mnemonic => "sub";

        /// <inheritdoc/>
        public override string Operator => "-=";

        /// <inheritdoc/>
        public override string Summary => "Subtracts the second operand from the destination, wrapping around.";

        /// <inheritdoc/>
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination - source);
    }

    /// <summary><c>MUL</c>: product.</summary>
    public sealed record Multiply : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x2;

        /// <inheritdoc/>
        public override string Mnemonic => "mul";

        /// <inheritdoc/>
        public override string Operator => "*=";

        /// <inheritdoc/>
        public override string Summary => "Multiplies the destination by the second operand, wrapping around.";

        /// <inheritdoc/>
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination * source);

        /// <inheritdoc/>
        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);
    }

    /// <summary><c>NEG</c>: two's complement negation.</summary>
    public sealed record Negate : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x8;

        /// <inheritdoc/>
        public override string Mnemonic => "neg";

        /// <inheritdoc/>
        public override string Operator => "-";

        /// <inheritdoc/>
        public override string Summary => "Negates the destination; the least number stays itself.";

        /// <inheritdoc/>
        public override Sequence<Form> Forms => [Unary(Width.Bits32), Unary(Width.Bits64)];

        /// <inheritdoc/>
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

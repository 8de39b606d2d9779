using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>MOV</c>: copy.</summary>
    public sealed record Move : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xb;

        /// <inheritdoc/>
        public override string Mnemonic => "mov";

        /// <inheritdoc/>
        public override string Operator => "=";

        /// <inheritdoc/>
        public override string Summary => "Copies the second operand to the destination.";

        /// <inheritdoc/>
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(source);

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) =>
            operand is SourceOperand.Register ? Layout.Only(0) : Layout.Zero;
    }

    /// <summary><c>MOVSX</c>: copy of the low bits of a register, sign-extended.</summary>
    /// <param name="From">The number of bits copied.</param>
    public sealed record MoveSigned(Width From) : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xb;

        /// <inheritdoc/>
        public override string Mnemonic => $"movsx{From.Bits}";

        /// <inheritdoc/>
        public override string Operator => $"(s{From.Bits})";

        /// <inheritdoc/>
        public override string Summary =>
            $"Copies the low {From.Bits} bits of the source register to the destination, sign-extended.";

        /// <inheritdoc/>
        public override Sequence<Form> Forms =>
            From.Bits is 32 ? [To(Width.Bits64)] : [To(Width.Bits32), To(Width.Bits64)];

        /// <inheritdoc/>
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(source.Low(From).SignExtend(source.Width));

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) => Layout.Only((ulong)From.Bits);

        private Form To(Width width) => FormOf(width, SourceOperand.Register) with
        {
            Id = $"alu/movsx{From.Bits}to{width.Bits}",
            Mnemonic = $"movsx{From.Bits}{width.Bits}",
        };
    }
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>MOV</c>: copy.</summary>
    public sealed record Move() : AluOperation(0xb, "mov", "=", "Copies the second operand to the destination.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => src;

        private protected override FieldUse OffsetUse(SourceOperand operand) =>
            operand is SourceOperand.Register ? Layout.Only(0) : Layout.Zero;
    }

    /// <summary><c>MOVSX</c>: copy of the low bits of a register, sign-extended.</summary>
    /// <param name="From">The number of bits copied.</param>
    public sealed record MoveSigned(Width From) : AluOperation(
        0xb, $"movsx{From.Bits}", $"(s{From.Bits})",
        $"Copies the low {From.Bits} bits of the source register to the destination, sign-extended.",
        offset: (ulong)From.Bits)
    {
        public override Sequence<Form> Forms =>
            From.Bits is 32 ? [To(Width.Bits64)] : [To(Width.Bits32), To(Width.Bits64)];

        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => src.Low(From).SignExtend(src.Width);

        private Form To(Width width) => FormOf(width, SourceOperand.Register) with
        {
            Id = $"alu/movsx{From.Bits}to{width.Bits}",
            Mnemonic = $"movsx{From.Bits}{width.Bits}",
        };
    }
}

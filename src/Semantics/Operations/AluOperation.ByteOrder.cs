using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>END</c> to little-endian: the machine is little-endian, so only the high bits are cleared.</summary>
    public sealed record ToLittleEndian() : AluOperation(
        0xd, "le", "le",
        "To or from little-endian, which is the machine's own order: keeps the low 16, "
        + "32 or 64 bits of the destination and clears the others.",
        source: Clause.Rfc("4.2"))
    {
        public override Sequence<Form> Forms => ByteOrderForms(OpcodeOf(Width.Bits32, SourceOperand.Immediate));

        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst;
    }

    /// <summary><c>END</c> to big-endian: the machine is little-endian, so the bytes are reversed.</summary>
    public sealed record ToBigEndian() : AluOperation(
        0xd, "be", "be",
        "To or from big-endian, the network's order: reverses the bytes of the low 16, "
        + "32 or 64 bits of the destination and clears the others.",
        source: Clause.Rfc("4.2"))
    {
        public override Sequence<Form> Forms => ByteOrderForms(OpcodeOf(Width.Bits32, SourceOperand.Register));

        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst.ReverseBytes();
    }

    /// <summary><c>END</c> of the 64-bit class: the bytes are reversed on every machine.</summary>
    public sealed record SwapBytes() : AluOperation(
        0xd, "bswap", "bswap",
        "Reverses the bytes of the low 16, 32 or 64 bits of the destination and clears the others; "
        + "the same as be here, and on machines of another byte order, too.",
        source: Clause.Rfc("4.2"))
    {
        public override Sequence<Form> Forms => ByteOrderForms(OpcodeOf(Width.Bits64, SourceOperand.Immediate));

        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst.ReverseBytes();
    }

    // The immediate selects the width; there is no second operand. RFC 9669 §4.2 puts only width 64 in base64.
    private Sequence<Form> ByteOrderForms(byte opcode)
    {
        return [Of(Width.Bits16), Of(Width.Bits32), Of(Width.Bits64)];

        Form Of(Width width) => FormOf(width, SourceOperand.None) with
        {
            Id = $"alu/{Mnemonic}{width.Bits}",
            Mnemonic = $"{Mnemonic}{width.Bits}",
            Opcode = opcode,
            Layout = Layout.Empty with { Destination = Layout.Register, Immediate = Layout.Only((ulong)width.Bits) },
        };
    }
}

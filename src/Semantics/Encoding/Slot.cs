using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Eight bytes of program as fields: words of 8, 4, 4, 16 and 32 bits.</summary>
/// <remarks>RFC 9669 §3.1, little-endian: the opcode is the low byte, dst_reg the low half of the next one.</remarks>
public readonly record struct Slot<T>(
    T Opcode, T Destination, T Source, T Offset, T Immediate)
    where T : IWord<T>
{
    /// <summary>The fields of a slot given as the 64-bit little-endian word of its bytes.</summary>
    public static Slot<T> Of(T bits) => new(
        bits.Slice(0, Width.Bits8),
        bits.Slice(8, Width.Bits4),
        bits.Slice(12, Width.Bits4),
        bits.Slice(16, Width.Bits16),
        bits.Slice(32, Width.Bits32));

    /// <summary>The 64-bit little-endian word of the slot's bytes: what <see cref="Of"/> took apart.</summary>
    public T Bits => At(Opcode, 0) | At(Destination, 8) | At(Source, 12) | At(Offset, 16) | At(Immediate, 32);

    /// <summary>The word of a field; of <see cref="Field.NextImmediate"/>, zero: it is in the next slot.</summary>
    public T this[Field field] => field switch
    {
        Field.Destination => Destination,
        Field.Source => Source,
        Field.Offset => Offset,
        Field.Immediate => Immediate,
        Field.NextImmediate => T.Zero(Width.Bits32),
    };

    private static T At(T field, ulong lowest) =>
        T.ShiftLeft(field.ZeroExtend(Width.Bits64), T.Constant(lowest, Width.Bits64));
}

/// <summary>Eight bytes of program, concretely.</summary>
/// <param name="Bits">The little-endian word of the bytes.</param>
public readonly record struct Slot(ulong Bits)
{
    /// <summary>The number of bytes in a slot.</summary>
    public const int Size = 8;

    /// <summary>The fields as words.</summary>
    public Slot<Word> Fields => Slot<Word>.Of(Word.Of(Bits));

    /// <summary>The opcode byte.</summary>
    public byte Opcode => (byte)Bits;

    /// <summary>The dst_reg field, 0 to 15.</summary>
    public byte Destination => (byte)((Bits >> 8) & 0xf);

    /// <summary>The src_reg field, 0 to 15.</summary>
    public byte Source => (byte)((Bits >> 12) & 0xf);

    /// <summary>The offset field.</summary>
    public short Offset => (short)(Bits >> 16);

    /// <summary>The imm field.</summary>
    public int Immediate => (int)(Bits >> 32);

    /// <summary>A slot with the given fields.</summary>
    public static Slot Of(byte opcode, byte destination, byte source, short offset, int immediate) => new(
        opcode
        | ((ulong)(destination & 0xf) << 8)
        | ((ulong)(source & 0xf) << 12)
        | ((ulong)(ushort)offset << 16)
        | ((ulong)(uint)immediate << 32));

    /// <summary>The bytes in order, as 16 hexadecimal digits.</summary>
    public override string ToString() =>
        System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Bits).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

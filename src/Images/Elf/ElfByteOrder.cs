using System.Buffers.Binary;

namespace RbpfSpec.Images.Elf;

/// <summary>Reads the numbers of an object in its byte order.</summary>
internal readonly record struct ElfByteOrder(bool IsBig)
{
    /// <summary>The order that a file's header tells; little-endian unless it says big-endian.</summary>
    public static ElfByteOrder Of(ReadOnlySpan<byte> file) => new(file.Length > 5 && file[5] is ElfFormat.BigEndian);

    public ushort Read16(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint Read32(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong Read64(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Makes slots of this order little-endian ones: registers, offset and immediate (RFC 9669 §3.1).</summary>
    public void ToLittleEndian(Span<byte> slots)
    {
        if (!IsBig) return;
        for (; slots.Length >= ProgramSlots.Size; slots = slots[ProgramSlots.Size..])
        {
            slots[1] = (byte)((slots[1] << 4) | (slots[1] >> 4));
            slots[2..4].Reverse();
            slots[4..8].Reverse();
        }
    }
}

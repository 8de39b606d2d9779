using System.Buffers.Binary;

namespace RbpfSpec.Images.Dwarf;

/// <summary>Reads the numbers and texts of a section of DWARF one after the other.</summary>
/// <remarks>Behind the end everything is 0 and empty, and <see cref="HasFailed"/> says so: who reads looks once.</remarks>
internal ref struct DwarfCursor(ReadOnlySpan<byte> bytes)
{
    private const int BitsOfGroup = 7;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => Position >= bytes.Length;

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - Position))
        {
            HasFailed = true;
            Position = bytes.Length;
            return [];
        }

        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte Byte() => Take(1) is [var only] ? only : (byte)0;

    public ushort Half() => Take(sizeof(ushort)) is { Length: > 0 } taken ? BinaryPrimitives.ReadUInt16LittleEndian(taken) : (ushort)0;

    public uint Word() => Take(sizeof(uint)) is { Length: > 0 } taken ? BinaryPrimitives.ReadUInt32LittleEndian(taken) : 0;

    /// <summary>An unsigned number in groups of 7 bits, the lowest first; bits beyond 64 are lost.</summary>
    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += BitsOfGroup)
        {
            var next = Byte();
            if (shift < 64) value |= (ulong)(next & 0x7f) << shift;
            if ((next & 0x80) == 0) return value;
        }
    }

    /// <summary>A signed number in groups of 7 bits, the lowest first; bits beyond 64 are lost.</summary>
    public long Signed()
    {
        var value = 0L;
        for (var shift = 0; ; shift += BitsOfGroup)
        {
            var next = Byte();
            if (shift < 64) value |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) != 0) continue;
            var rest = shift + BitsOfGroup;
            return (next & 0x40) != 0 && rest < 64 ? value | (-1L << rest) : value;
        }
    }

    /// <summary>The place of a text that ends with a zero byte; the text is passed over.</summary>
    public uint Text()
    {
        var start = (uint)Position;
        var length = bytes[Position..].IndexOf((byte)0);
        Take(length < 0 ? ulong.MaxValue : (ulong)length + 1);
        return start;
    }
}

using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Translation.Running;

/// <summary>Memory of a device: pieces of bytes at addresses.</summary>
/// <param name="pieces">The pieces, which do not overlap, with their addresses.</param>
internal sealed class DeviceMemory(params (uint Address, byte[] Bytes)[] pieces) : IDataMemory<Word>
{
    public Truth<Word> Grants(Word address, Width width, bool isWrite) => Truth<Word>.Of(Find(address, width).Bytes is not null);

    public Word Read(Word address, Width width)
    {
        var (bytes, offset) = Find(address, width);
        var value = 0UL;
        for (var i = 0; bytes is not null && i < width.Bytes; i++) value |= (ulong)bytes[offset + i] << (8 * i);
        return Word.Wrap(value, width);
    }

    // It changes in place: a concrete run looks back at no earlier memory.
    public IDataMemory<Word> Write(Word address, Word value, Truth<Word> when)
    {
        var (bytes, offset) = Find(address, value.Width);
        for (var i = 0; bytes is not null && when.Value && i < value.Width.Bytes; i++) bytes[offset + i] = (byte)(value.Value >> (8 * i));
        return this;
    }

    private (byte[]? Bytes, int Offset) Find(Word address, Width width)
    {
        foreach (var (start, bytes) in pieces)
        {
            var offset = unchecked((uint)address.Value - start);
            if (offset < bytes.Length && offset + width.Bytes <= bytes.Length) return (bytes, (int)offset);
        }

        return (null, 0);
    }
}

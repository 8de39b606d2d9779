namespace RbpfSpec.Arm.Machine;

/// <summary>Bytes at an address.</summary>
/// <param name="Start">The address of the first byte.</param>
/// <param name="Bytes">The bytes; they end within the address space.</param>
/// <param name="IsWritable">Whether stores are granted.</param>
public sealed record MemoryBlock(uint Start, ByteTree Bytes, bool IsWritable)
{
    /// <summary>Whether so many bytes from an address on lie within.</summary>
    public bool Holds(uint address, int count) =>
        address >= Start && (ulong)address - Start + (ulong)count <= (ulong)Bytes.Length;
}

/// <summary>Concrete data memory: blocks of bytes, and faults between them. An access lies within one block.</summary>
/// <param name="Blocks">The blocks; no two overlap.</param>
public sealed record MappedMemory(Sequence<MemoryBlock> Blocks) : IDataMemory<Word>
{
    public Truth<Word> Grants(Word address, Width width, bool isWrite) => Truth<Word>.Of(
        Index(address, width) is { } index && (!isWrite || Blocks[index].IsWritable));

    public Word Read(Word address, Width width) => Index(address, width) is { } index
        ? Blocks[index].Bytes.Read(Word.Of(address.Value - Blocks[index].Start), width)
        : Word.Wrap(0, width);

    public IDataMemory<Word> Write(Word address, Word value, Truth<Word> when)
    {
        if (!when.Value || Index(address, value.Width) is not { } index || !Blocks[index].IsWritable) return this;
        var block = Blocks[index];
        var bytes = (ByteTree)block.Bytes.Write(Word.Of(address.Value - block.Start), value, when);
        return this with { Blocks = Blocks.With(index, block with { Bytes = bytes }) };
    }

    private int? Index(Word address, Width width)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            if (Blocks[i].Holds((uint)address.Value, width.Bytes)) return i;
        }

        return null;
    }
}

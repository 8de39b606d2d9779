using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Images.Tests.Elf;

/// <summary>An object whose fields a test overwrites in memory, found by the names that they belong to.</summary>
/// <remarks>Knows the ELF64 layout by heart and trusts the object: it is one of ours.</remarks>
internal sealed class ElfObject(byte[] bytes)
{
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;

    /// <summary>A fresh copy of the object that holds every kind of reference.</summary>
    public static ElfObject Linking() => new(Repository.Linking());

    public byte[] Bytes => bytes;

    private int SectionHeaders => (int)Read64(0x28);

    private int Sections => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(0x3c));

    public ElfObject Put(int offset, params byte[] values)
    {
        values.CopyTo(bytes, offset);
        return this;
    }

    public ElfObject Put16(int offset, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);
        return this;
    }

    public ElfObject Put32(int offset, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
        return this;
    }

    public ElfObject Put64(int offset, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
        return this;
    }

    /// <summary>The offset in the file of a section's header.</summary>
    public int Header(string section)
    {
        var namesIndex = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(0x3e));
        var names = (int)Read64(SectionHeaders + (namesIndex * SectionHeaderSize) + 0x18);
        return Enumerable.Range(0, Sections)
            .Select(index => SectionHeaders + (index * SectionHeaderSize))
            .First(header => Text(names + (int)Read32(header)) == section);
    }

    /// <summary>The offset in the file of a section's contents.</summary>
    public int Contents(string section) => (int)Read64(Header(section) + 0x18);

    /// <summary>The index of a section.</summary>
    public ushort Index(string section) => (ushort)((Header(section) - SectionHeaders) / SectionHeaderSize);

    /// <summary>The offset in the file of a symbol.</summary>
    public int Symbol(string name)
    {
        var strings = Contents(".strtab");
        var table = Contents(".symtab");
        return Enumerable.Range(0, (int)Read64(Header(".symtab") + 0x20) / SymbolSize)
            .Select(index => table + (index * SymbolSize))
            .First(symbol => Text(strings + (int)Read32(symbol)) == name);
    }

    /// <summary>The index of a symbol.</summary>
    public uint SymbolIndex(string name) => (uint)((Symbol(name) - Contents(".symtab")) / SymbolSize);

    /// <summary>The offset in the file of a relocation.</summary>
    public int Relocation(string table, int index) => Contents(table) + (index * RelocationSize);

    /// <summary>Replaces a section's name by one of the same length.</summary>
    public ElfObject Rename(string section, string name)
    {
        var strings = Contents(".strtab");
        Encoding.ASCII.GetBytes(name).CopyTo(bytes, strings + (int)Read32(Header(section)));
        return this;
    }

    private uint Read32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private ulong Read64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));

    private string Text(int offset) =>
        Encoding.ASCII.GetString(bytes.AsSpan(offset, bytes.AsSpan(offset).IndexOf((byte)0)));
}

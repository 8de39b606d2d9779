using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Images.Tests.Elf;

/// <summary>Writes objects from scratch: sections, symbols and relocations as a test lists them.</summary>
internal sealed class ElfWriter(bool isBig = false)
{
    public const ulong Text = 6;
    public const ulong Grouped = 0x206;
    public const ulong ReadOnly = 2;
    public const ulong Writable = 3;

    public const byte LocalFunction = 0x02;
    public const byte GlobalFunction = 0x12;
    public const byte WeakFunction = 0x22;
    public const byte GlobalLabel = 0x10;
    public const byte WeakNothing = 0x20;
    public const byte LocalObject = 0x01;
    public const byte GlobalObject = 0x11;
    public const byte OfSection = 0x03;

    private const int HeaderSize = 64;

    private readonly List<(
        string Name, uint Type, ulong Flags, byte[] Bytes, ulong Size, uint Link, uint Info, ulong Entry, ulong Alignment)> sections = [];
    private readonly List<byte[]> symbols = [new byte[24]];
    private readonly Dictionary<int, List<byte[]>> relocations = [];
    private readonly List<byte> names = [0];

    /// <summary>Adds a section with contents; its index is 1 more than the number of those before.</summary>
    public ElfWriter Section(string name, ulong flags, byte[] contents, uint type = 1)
    {
        sections.Add((name, type, flags, contents, (ulong)contents.Length, 0, 0, 0, 8));
        return this;
    }

    /// <summary>Adds a section of instructions.</summary>
    public ElfWriter Code(string name, params string[] slots) =>
        Section(name, Text, Convert.FromHexString(string.Concat(slots)));

    /// <summary>Adds a section of zeros.</summary>
    public ElfWriter Zeros(string name, ulong size)
    {
        sections.Add((name, 8, Writable, [], size, 0, 0, 0, 8));
        return this;
    }

    /// <summary>Adds a symbol; its index is 1 more than the number of those before.</summary>
    public ElfWriter Symbol(string name, byte info, int section, ulong value = 0, ulong size = 0)
    {
        var entry = new byte[24];
        Put32(entry, 0, Name(name));
        entry[4] = info;
        Put16(entry, 6, (ushort)section);
        Put64(entry, 8, value);
        Put64(entry, 16, size);
        symbols.Add(entry);
        return this;
    }

    /// <summary>Adds a relocation of a section: where, which type, and which symbol.</summary>
    public ElfWriter Relocation(int section, ulong offset, uint type, uint symbol)
    {
        var entry = new byte[16];
        Put64(entry, 0, offset);
        Put64(entry, 8, ((ulong)symbol << 32) | type);
        if (!relocations.TryGetValue(section, out var list)) relocations.Add(section, list = []);
        list.Add(entry);
        return this;
    }

    /// <summary>The object.</summary>
    public byte[] Bytes()
    {
        var all = sections.ToList();
        var symbolTable = (uint)all.Count + 1;
        all.Add((".symtab", 2, 0, [.. symbols.SelectMany(entry => entry)], (ulong)symbols.Count * 24, symbolTable + 1, 1, 24, 8));
        var stringTable = all.Count + 1;
        all.Add((".strtab", 3, 0, [], 0, 0, 0, 0, 1));
        foreach (var (target, entries) in relocations)
        {
            all.Add((".rel" + sections[target - 1].Name, 9, 0, [.. entries.SelectMany(entry => entry)],
                (ulong)entries.Count * 16, symbolTable, (uint)target, 16, 8));
        }

        uint[] nameOffsets = [.. all.Select(section => Name(section.Name))];
        all[stringTable - 1] = all[stringTable - 1] with { Bytes = [.. names], Size = (ulong)names.Count };

        var file = new List<byte>(new byte[HeaderSize]);
        var headers = new List<byte>(new byte[HeaderSize]);
        for (var i = 0; i < all.Count; i++)
        {
            var section = all[i];
            var header = new byte[HeaderSize];
            Put32(header, 0, nameOffsets[i]);
            Put32(header, 4, section.Type);
            Put64(header, 8, section.Flags);
            Put64(header, 0x18, (ulong)file.Count);
            Put64(header, 0x20, section.Size);
            Put32(header, 0x28, section.Link);
            Put32(header, 0x2c, section.Info);
            Put64(header, 0x30, section.Alignment);
            Put64(header, 0x38, section.Entry);
            headers.AddRange(header);
            file.AddRange(section.Bytes);
        }

        byte[] whole = [.. file, .. headers];
        Convert.FromHexString("7f454c4602").CopyTo(whole, 0);
        whole[5] = (byte)(isBig ? 2 : 1);
        whole[6] = 1;
        Put16(whole, 0x10, 1);
        Put16(whole, 0x12, 247);
        Put64(whole, 0x28, (ulong)file.Count);
        Put16(whole, 0x3a, 64);
        Put16(whole, 0x3c, (ushort)(all.Count + 1));
        Put16(whole, 0x3e, (ushort)stringTable);
        return whole;
    }

    private uint Name(string name)
    {
        if (name == "") return 0;
        var offset = (uint)names.Count;
        names.AddRange(Encoding.UTF8.GetBytes(name));
        names.Add(0);
        return offset;
    }

    private void Put16(Span<byte> bytes, int offset, ushort value)
    {
        if (isBig) BinaryPrimitives.WriteUInt16BigEndian(bytes[offset..], value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes[offset..], value);
    }

    private void Put32(Span<byte> bytes, int offset, uint value)
    {
        if (isBig) BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);
    }

    private void Put64(Span<byte> bytes, int offset, ulong value)
    {
        if (isBig) BinaryPrimitives.WriteUInt64BigEndian(bytes[offset..], value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes[offset..], value);
    }
}

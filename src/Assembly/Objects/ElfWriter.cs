using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Assembly.Objects;

/// <summary>Objects as ELF64 files for machine BPF, little-endian: what <c>clang -c</c> writes.</summary>
/// <remarks>System V ABI, chapters 4 and 5.</remarks>
public static class ElfWriter
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;
    private const int TypeSymbols = 2;
    private const int TypeStrings = 3;
    private const int TypeRelocations = 9;
    private const ushort Common = 0xfff2;

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(ObjectFile file)
    {
        var names = new Names();
        var headers = new List<Header> { new("", 0, 0, 0, [], 0, 0, 0, 0, 0) };
        headers.AddRange(file.Sections.Select(section => new Header(
            section.Name,
            (int)section.Type,
            (int)section.Flags,
            section.Size,
            section.Bytes.AsSpan().ToArray(),
            0,
            0,
            section.Alignment,
            0,
            0)));
        var symbols = headers.Count + file.Sections.Count(section => !section.Relocations.IsEmpty);
        for (var i = 0; i < file.Sections.Count; i++)
        {
            if (file.Sections[i].Relocations.IsEmpty) continue;
            var bytes = Relocations(file.Sections[i].Relocations);
            var name = ".rel" + file.Sections[i].Name;
            headers.Add(new(name, TypeRelocations, 0, (ulong)bytes.Length, bytes, symbols, i + 1, 8, RelocationSize, 0));
        }

        var locals = 1 + file.Symbols.Count(symbol => symbol.Binding is SymbolBinding.Local);
        var table = Symbols(file.Symbols, names);
        headers.Add(new(".symtab", TypeSymbols, 0, (ulong)table.Length, table, symbols + 1, locals, 8, SymbolSize, 0));
        headers.Add(new(".strtab", TypeStrings, 0, 0, [], 0, 0, 1, 0, 0));
        var numbered = headers.ConvertAll(header => header with { NameOffset = names.Add(header.Name) });
        numbered[^1] = numbered[^1] with { Bytes = names.ToBytes(), Size = (ulong)names.ToBytes().Length };
        return Join(numbered);
    }

    private static byte[] Join(List<Header> headers)
    {
        var bytes = new List<byte>(new byte[HeaderSize]);
        var table = new List<byte>();
        foreach (var header in headers)
        {
            Pad(bytes, Math.Max(1, (int)Math.Min(header.Alignment, 4096)));
            table.AddRange(Section(header, (ulong)bytes.Count));
            bytes.AddRange(header.Bytes);
        }

        Pad(bytes, 8);
        var start = bytes.Count;
        bytes.AddRange(table);
        byte[] file = [.. bytes];
        byte[] identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x10), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x12), 247);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x14), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(0x28), (ulong)start);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x34), HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3a), SectionHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3c), (ushort)headers.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3e), (ushort)(headers.Count - 1));
        return file;
    }

    private static void Pad(List<byte> bytes, int alignment)
    {
        while (bytes.Count % alignment != 0) bytes.Add(0);
    }

    private static byte[] Section(Header header, ulong offset)
    {
        var bytes = new byte[SectionHeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)header.NameOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x04), (uint)header.Type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x08), (ulong)header.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x18), header.Type == 0 ? 0 : offset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x20), header.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x28), (uint)header.Link);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x2c), (uint)header.Info);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x30), header.Alignment);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x38), (ulong)header.EntrySize);
        return bytes;
    }

    private static byte[] Relocations(Sequence<ObjectRelocation> relocations)
    {
        var bytes = new byte[relocations.Count * RelocationSize];
        for (var i = 0; i < relocations.Count; i++)
        {
            var entry = bytes.AsSpan(i * RelocationSize, RelocationSize);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, relocations[i].Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], ((ulong)(relocations[i].Symbol + 1) << 32) | (uint)relocations[i].Type);
        }

        return bytes;
    }

    private static byte[] Symbols(Sequence<ObjectSymbol> symbols, Names names)
    {
        var bytes = new byte[(symbols.Count + 1) * SymbolSize];
        for (var i = 0; i < symbols.Count; i++)
        {
            var symbol = symbols[i];
            var entry = bytes.AsSpan((i + 1) * SymbolSize, SymbolSize);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)names.Add(symbol.Name));
            entry[4] = (byte)(((int)symbol.Binding << 4) | (int)symbol.Type);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], symbol.IsCommon ? Common : (ushort)(symbol.Section + 1));
            BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], symbol.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], symbol.Size);
        }

        return bytes;
    }

    private sealed record Header(
        string Name, int Type, int Flags, ulong Size, byte[] Bytes, int Link, int Info, ulong Alignment, int EntrySize, int NameOffset);

    /// <summary>A table of strings that end in a zero byte; the first is empty.</summary>
    private sealed class Names
    {
        private readonly List<byte> bytes = [0];

        public int Add(string name)
        {
            if (name == "") return 0;
            var offset = bytes.Count;
            bytes.AddRange(Encoding.UTF8.GetBytes(name));
            bytes.Add(0);
            return offset;
        }

        public byte[] ToBytes() => [.. bytes];
    }
}

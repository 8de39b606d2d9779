using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Conformance.Formats;

/// <summary>
/// Writes a program as the smallest ELF object that loaders of BPF programs read: code in <c>.text</c>, and a function
/// <c>main</c>.
/// </summary>
/// <remarks>ELF-64, little-endian, relocatable, machine 247, after the ELF specification.</remarks>
public static class ElfWriter
{
    private const int HeaderSize = 64;
    private const int SectionSize = 64;
    private const int SymbolSize = 24;
    private const ushort MachineBpf = 247;
    private const string Names = "\0.text\0.symtab\0.strtab\0main\0";

    private enum SectionType
    {
        Nothing = 0,
        Code = 1,
        Symbols = 2,
        Names = 3,
    }

    /// <summary>The object's bytes.</summary>
    /// <param name="program">The program, eight bytes a slot.</param>
    public static byte[] Object(Sequence<byte> program)
    {
        var names = Encoding.ASCII.GetBytes(Names);
        var symbolsAt = HeaderSize + program.Count;
        var namesAt = symbolsAt + (2 * SymbolSize);
        var sectionsAt = (namesAt + names.Length + 7) & ~7;
        var bytes = new byte[sectionsAt + (4 * SectionSize)];
        Header(bytes, sectionsAt);
        program.AsSpan().CopyTo(bytes.AsSpan(HeaderSize));
        Symbol(bytes.AsSpan(symbolsAt + SymbolSize), program.Count);
        names.CopyTo(bytes.AsSpan(namesAt));

        // Code that is allocated and executed (flags 2 and 4); symbols, whose names are in section 3, the first of them local.
        Section(bytes.AsSpan(sectionsAt + SectionSize), ".text", SectionType.Code, 6, HeaderSize, program.Count, 0, 0, 0);
        Section(
            bytes.AsSpan(sectionsAt + (2 * SectionSize)),
            ".symtab",
            SectionType.Symbols, 0, symbolsAt, 2 * SymbolSize, 3, 1, SymbolSize);
        Section(bytes.AsSpan(sectionsAt + (3 * SectionSize)), ".strtab", SectionType.Names, 0, namesAt, names.Length, 0, 0, 0);
        return bytes;
    }

    private static void Header(Span<byte> bytes, int sectionsAt)
    {
        // Class 64 bits, little-endian, version 1.
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(bytes);
        Half(bytes, 16, 1);
        Half(bytes, 18, MachineBpf);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], sectionsAt);
        Half(bytes, 52, HeaderSize);
        Half(bytes, 58, SectionSize);
        Half(bytes, 60, 4);
        Half(bytes, 62, 3);
    }

    private static void Symbol(Span<byte> bytes, int size)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, NameOf("main"));

        // Global (1), a function (2), in section 1.
        bytes[4] = (1 << 4) | 2;
        Half(bytes, 6, 1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], size);
    }

    private static void Section(
        Span<byte> bytes, string name, SectionType type, long flags, int at, int size, int link, int info, int entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, NameOf(name));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], (int)type);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], at);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], link);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[44..], info);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], type is SectionType.Names ? 1 : 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[56..], entry);
    }

    private static int NameOf(string name) => Names.IndexOf($"\0{name}\0", StringComparison.Ordinal) + 1;

    private static void Half(Span<byte> bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);
}

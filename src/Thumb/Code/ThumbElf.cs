using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Thumb.Code;

/// <summary>Reads linked programs for ARM: ELF of 32 bits, little-endian.</summary>
/// <remarks>The source is "ELF for the Arm Architecture", and the System V ABI.</remarks>
public static class ThumbElf
{
    private const int SectionBytes = 40;
    private const int SymbolBytes = 16;
    private const uint ProgramBits = 1;
    private const uint SymbolTable = 2;
    private const uint Allocated = 2;
    private const uint Writable = 1;
    private const int Function = 2;
    private const ushort Executable = 2;
    private const ushort MachineArm = 40;

    /// <summary>The code of a program: the sections that are loaded and never written.</summary>
    /// <exception cref="FormatException">The bytes are no such program; the message says where.</exception>
    public static ThumbCode Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 52 || !file.StartsWith("\u007fELF\u0001\u0001"u8))
            throw new FormatException("ELF header, byte 0: no little-endian ELF file of 32 bits");
        if (Half(file, 16) != Executable || Half(file, 18) != MachineArm)
            throw new FormatException("ELF header, byte 16: no linked program for ARM");
        var sections = Sections(file);
        var loaded = sections
            .Where(section => section.Kind == ProgramBits && (section.Flags & Allocated) != 0 && section.Length > 0).ToList();
        if (loaded.Find(section => (section.Flags & Writable) != 0) is { } written)
            throw new FormatException($"section at {written.Address:x}: data that is written; code and constants are expected");
        if (loaded.Count == 0) throw new FormatException("ELF header: no section is loaded");
        var start = loaded.Min(section => section.Address);
        var bytes = new byte[loaded.Max(section => section.Address + section.Length) - start];
        foreach (var section in loaded) Contents(file, section).CopyTo(bytes.AsSpan((int)(section.Address - start)));
        return new(start, [.. bytes], Symbols(file, sections));
    }

    private static List<Section> Sections(ReadOnlySpan<byte> file)
    {
        var (at, count) = (Word(file, 32), Half(file, 48));
        if (at + ((ulong)count * SectionBytes) > (ulong)file.Length)
            throw new FormatException("ELF header, byte 32: sections beyond the file");
        List<Section> sections = [];
        for (var i = 0; i < count; i++)
        {
            var header = file.Slice((int)at + (i * SectionBytes), SectionBytes);
            sections.Add(new(Word(header, 4), Word(header, 8), Word(header, 12), Word(header, 16), Word(header, 20), Word(header, 24)));
        }

        return sections;
    }

    private static Dictionary<string, ThumbSymbol> Symbols(ReadOnlySpan<byte> file, List<Section> sections)
    {
        Dictionary<string, ThumbSymbol> symbols = new(StringComparer.Ordinal);
        if (sections.Find(section => section.Kind == SymbolTable) is not { } table) return symbols;
        if (table.Link >= sections.Count) throw new FormatException("the symbol table names no section of names");
        var names = Contents(file, sections[(int)table.Link]);
        for (var entries = Contents(file, table); entries.Length >= SymbolBytes; entries = entries[SymbolBytes..])
        {
            if ((entries[12] & 15) != Function) continue;
            var name = Name(names, Word(entries, 0));
            symbols[name] = new(name, Word(entries, 4) & ~1U, Word(entries, 8));
        }

        return symbols;
    }

    private static string Name(ReadOnlySpan<byte> names, uint at)
    {
        if (at >= names.Length) throw new FormatException("a symbol's name is beyond the names");
        var rest = names[(int)at..];
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private static ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> file, Section section) =>
        (ulong)section.Offset + section.Length <= (ulong)file.Length
            ? file.Slice((int)section.Offset, (int)section.Length)
            : throw new FormatException($"section at {section.Address:x}: beyond the file");

    private static ushort Half(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private sealed record Section(uint Kind, uint Flags, uint Address, uint Offset, uint Length, uint Link);
}

using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Thumb.Code;

/// <summary>A symbol of an executable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address; of a function of Thumb code without the lowest bit.</param>
/// <param name="Size">The number of its bytes; zero where it says none.</param>
/// <param name="IsFunction">Whether it is a function.</param>
public sealed record ElfSymbol(string Name, uint Address, uint Size, bool IsFunction);

/// <summary>What became of reading an executable.</summary>
public abstract record ElfReading
{
    private ElfReading()
    {
    }

    /// <summary>It was read.</summary>
    /// <param name="Image">The executable.</param>
    public sealed record Read(ElfImage Image) : ElfReading;

    /// <summary>It is no executable for Arm.</summary>
    /// <param name="Reason">Why, one line.</param>
    public sealed record Refused(string Reason) : ElfReading;
}

/// <summary>A linked executable for Arm: ELF, 32 bits, little-endian.</summary>
/// <param name="Sections">The sections that are loaded and have bytes, with their names.</param>
/// <param name="Symbols">The symbols that have a name and an address.</param>
public sealed record ElfImage(Sequence<(string Name, bool IsWritable, CodeBlock Block)> Sections, Sequence<ElfSymbol> Symbols)
{
    private const int HeaderSize = 52;
    private const int SectionSize = 40;
    private const int SymbolSize = 16;
    private const ushort Arm = 40;

    /// <summary>The bytes of the sections that stores do not reach: code and constants.</summary>
    public ThumbCode Code => new([.. Sections.Where(section => !section.IsWritable).Select(section => section.Block)]);

    /// <summary>The symbol with a name; null if there is none.</summary>
    public ElfSymbol? Find(string name) => Symbols.FirstOrDefault(symbol => symbol.Name == name);

    /// <summary>Reads an executable.</summary>
    public static ElfReading Of(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize || !file.StartsWith("\u007fELF"u8)) return new ElfReading.Refused("no ELF file");
        if (file[4] != 1 || file[5] != 1) return new ElfReading.Refused("not of 32 bits, little-endian");
        if (Half(file, 18) != Arm) return new ElfReading.Refused($"for machine {Half(file, 18)}; Arm is {Arm}");
        var (table, count, names) = (Word(file, 32), Half(file, 48), Half(file, 50));
        if (Half(file, 46) != SectionSize || table + ((ulong)count * SectionSize) > (ulong)file.Length || names >= count)
            return new ElfReading.Refused("its section headers lie outside the file");

        List<(string, bool, CodeBlock)> sections = [];
        List<ElfSymbol> symbols = [];
        for (var i = 0; i < count; i++)
        {
            var header = file[(int)(table + (SectionSize * i))..];
            var (type, flags) = (Word(header, 4), Word(header, 8));
            if (type == 8 || type == 0) continue;
            if (Bytes(file, header) is not { } bytes) return new ElfReading.Refused($"section {i} lies outside the file");
            if (type == 1 && (flags & 2) != 0 && bytes.Length > 0)
            {
                var name = Text(Bytes(file, Header(file, table, names)), Word(header, 0));
                sections.Add((name, (flags & 1) != 0, new(Word(header, 12), [.. bytes])));
            }

            if (type != 2) continue;
            if (Word(header, 24) >= count || Bytes(file, Header(file, table, Word(header, 24))) is not { } texts)
                return new ElfReading.Refused($"section {i} has no names");
            for (var at = 0; at + SymbolSize <= bytes.Length; at += SymbolSize) Add(symbols, bytes.AsSpan(at), texts);
        }

        return new ElfReading.Read(new([.. sections], [.. symbols]));
    }

    private static void Add(List<ElfSymbol> symbols, ReadOnlySpan<byte> symbol, byte[] texts)
    {
        var (name, section, isFunction) = (Text(texts, Word(symbol, 0)), Half(symbol, 14), (symbol[12] & 15) == 2);
        if (name.Length == 0 || section == 0 || name[0] == '$') return;
        var address = Word(symbol, 4);
        symbols.Add(new(name, isFunction ? address & ~1U : address, Word(symbol, 8), isFunction));
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> file, uint table, uint index) => file[(int)(table + (SectionSize * index))..];

    private static byte[]? Bytes(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header)
    {
        var (offset, size) = (Word(header, 16), Word(header, 20));
        return offset + (ulong)size > (ulong)file.Length ? null : file.Slice((int)offset, (int)size).ToArray();
    }

    private static string Text(byte[]? texts, uint at)
    {
        if (texts is null || at >= texts.Length) return "";
        var rest = texts.AsSpan((int)at);
        var end = rest.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    private static ushort Half(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}

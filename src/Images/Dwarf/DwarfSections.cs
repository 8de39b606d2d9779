using System.Buffers.Binary;
using RbpfSpec.Images.Elf;

namespace RbpfSpec.Images.Dwarf;

/// <summary>The sections of debug information of an object. Objects are not linked: an address is a place of a section.</summary>
internal sealed class DwarfSections
{
    // An address is the index of its section above these bits, and the offset in it below.
    private const int OffsetBits = 40;

    private readonly ElfFile file;
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<ulong, ElfSymbol>> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameTable> names = new(StringComparer.Ordinal);

    public DwarfSections(ElfFile file) => this.file = file;

    /// <summary>The bytes of a section; none if there is no such section.</summary>
    public byte[] this[string name]
    {
        get
        {
            if (contents.TryGetValue(name, out var known)) return known;
            return contents[name] = Section(name) is { } found ? file.Stored(found).ToArray() : [];
        }
    }

    /// <summary>The section that an address lies in, and where.</summary>
    public static (int Section, ulong Offset) Place(ulong address) =>
        ((int)(address >> OffsetBits), address & ((1UL << OffsetBits) - 1));

    /// <summary>The text at an offset of a section; empty if there is none.</summary>
    public string Text(string name, ulong offset)
    {
        if (!names.TryGetValue(name, out var table)) names[name] = table = new(this[name]);
        return offset <= uint.MaxValue && table.TryRead((uint)offset, out var text, out _) ? text : "";
    }

    /// <summary>The number of some bytes at an offset of a section; 0 if they are not all there.</summary>
    public ulong Number(string name, ulong offset, int size)
    {
        var bytes = this[name];
        if (offset > (ulong)bytes.Length || (ulong)size > (ulong)bytes.Length - offset) return 0;
        var at = bytes.AsSpan((int)offset);
        return size switch
        {
            1 => at[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(at),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
        };
    }

    /// <summary>The address at an offset of a section, as the relocation there tells it.</summary>
    public ulong Address(string name, ulong offset)
    {
        var stored = Number(name, offset, sizeof(ulong));
        return RelocationsOf(name).TryGetValue(offset, out var symbol) && file.SectionOf(symbol) is { } meant
            ? ((ulong)meant.Index << OffsetBits) | (unchecked(symbol.Value + stored) & ((1UL << OffsetBits) - 1))
            : stored;
    }

    /// <summary>Whether the address at an offset of a section is a place of another section.</summary>
    public bool IsRelocated(string name, ulong offset) => RelocationsOf(name).ContainsKey(offset);

    /// <summary>The bytes of the section of code that an address lies in; none if there is no such section.</summary>
    public ReadOnlySpan<byte> Code(ulong address) =>
        Place(address).Section is > 0 and var index && index < file.Sections.Count && file.Sections[index].IsText
            ? file.Stored(file.Sections[index])
            : [];

    private Dictionary<ulong, ElfSymbol> RelocationsOf(string name)
    {
        if (!places.TryGetValue(name, out var known)) places[name] = known = Relocations(name);
        return known;
    }

    private Dictionary<ulong, ElfSymbol> Relocations(string name) => Section(name) is not { } section ? [] :
        file.RelocationsOfUnloaded(section)
            .Where(static relocation => relocation.Type is ElfFormat.RelocateData64)
            .DistinctBy(static relocation => relocation.Offset)
            .ToDictionary(static relocation => relocation.Offset, static relocation => relocation.Symbol);

    private ElfSection? Section(string name) => file.Sections.FirstOrDefault(section => section.Name == name
        && section is { Type: ElfFormat.SectionProgramBits, Size: > 0 and <= ImageFile.MaximumSize });
}

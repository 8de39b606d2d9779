using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>
/// A relocatable object whose tables have been read and checked: no index and no offset leads out of it.
/// </summary>
internal sealed class ElfFile
{
    private readonly byte[] bytes;
    private readonly ElfSection[] sections;
    private readonly ElfSymbol[] symbols;
    private readonly Dictionary<int, ElfRelocation[]> relocations;
    private readonly Lazy<List<ElfSymbol>[]> symbolsBySection;

    private ElfFile(
        byte[] bytes,
        ElfSection[] sections,
        ElfSymbol[] symbols,
        Dictionary<int, ElfRelocation[]> relocations)
    {
        this.bytes = bytes;
        this.sections = sections;
        this.symbols = symbols;
        this.relocations = relocations;
        symbolsBySection = new(() =>
        {
            List<ElfSymbol>[] lists = Array.ConvertAll(sections, static _ => new List<ElfSymbol>());
            foreach (var symbol in symbols)
            {
                if (SectionOf(symbol) is { } section) lists[section.Index].Add(symbol);
            }

            return lists;
        });
    }

    /// <summary>The byte order of the file's numbers.</summary>
    public ElfByteOrder Order => ElfByteOrder.Of(bytes);

    public IReadOnlyList<ElfSection> Sections => sections;

    public IReadOnlyList<ElfSymbol> Symbols => symbols;

    /// <summary>The relocations of a section; none unless it is allocated.</summary>
    public IReadOnlyList<ElfRelocation> Relocations(ElfSection section) =>
        relocations.TryGetValue(section.Index, out var found) ? found : [];

    /// <summary>The relocations of a section that is not loaded, read now; none if their table makes no sense.</summary>
    public IReadOnlyList<ElfRelocation> RelocationsOfUnloaded(ElfSection section)
    {
        var table = Array.Find(
            sections,
            other => other.Type is ElfFormat.SectionRelocations && other.Info == section.Index && other.Size <= (ulong)bytes.Length);
        return table is not null && TryReadTable(bytes, Order, table, sections, symbols, out var read, out _) ? read : [];
    }

    /// <summary>The section that a symbol lies in, or null if it lies in none.</summary>
    public ElfSection? SectionOf(ElfSymbol symbol) =>
        symbol.SectionIndex is ElfFormat.IndexUndefined or >= ElfFormat.IndexFirstReserved
            ? null
            : sections[symbol.SectionIndex];

    /// <summary>The contents of a section that has some in the file.</summary>
    public ReadOnlySpan<byte> Stored(ElfSection section) => ElfSectionTable.Contents(bytes, section);

    /// <summary>A copy of the contents of a section whose size has been bounded.</summary>
    public byte[] Contents(ElfSection section) => section.IsZeros
        ? new byte[section.Size]
        : Stored(section).ToArray();

    /// <summary>The symbols that lie in a section, in the order of the table.</summary>
    public IReadOnlyList<ElfSymbol> SymbolsOf(ElfSection section) => symbolsBySection.Value[section.Index];

    /// <summary>Reads the header and every table.</summary>
    /// <remarks>Linear in the length of the file.</remarks>
    public static bool TryRead(
        byte[] bytes, [NotNullWhen(true)] out ElfFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        var order = ElfByteOrder.Of(bytes);
        if (!ElfSectionTable.TryRead(bytes, order, out var sections, out problem)
            || !ElfSymbolTable.TryRead(bytes, order, sections, out var symbols, out problem)
            || !TryReadRelocations(bytes, order, sections, symbols, out var relocations, out problem))
        {
            return false;
        }

        file = new(bytes, sections, symbols, relocations);
        return true;
    }

    // Relocations of sections that are not loaded, such as debug information, are not even looked at.
    private static bool TryReadRelocations(
        byte[] bytes,
        ElfByteOrder order,
        ElfSection[] sections,
        ElfSymbol[] symbols,
        out Dictionary<int, ElfRelocation[]> relocations,
        [NotNullWhen(false)] out string? problem)
    {
        relocations = [];
        var total = 0UL;
        foreach (var table in sections)
        {
            if (table.Type is not (ElfFormat.SectionRelocations or ElfFormat.SectionRelocationsWithAddend)) continue;

            if (table.Info >= sections.Length)
            {
                problem = $"{table.Place}: applies to section {table.Info}, but there are {sections.Length} sections";
                return false;
            }

            var target = sections[table.Info];
            if (!target.IsAllocated) continue;

            if (relocations.ContainsKey(target.Index))
            {
                problem = $"{table.Place}: is a second table of relocations for {target.Place}; one is expected";
                return false;
            }

            // Tables that share bytes could otherwise ask for any number of relocations.
            total += table.Size;
            if (total > (ulong)bytes.Length)
            {
                problem = $"{table.Place}: the tables of relocations have {total} bytes together, more than the file";
                return false;
            }

            if (!TryReadTable(bytes, order, table, sections, symbols, out var read, out problem)) return false;
            relocations[target.Index] = read;
        }

        problem = null;
        return true;
    }

    private static bool TryReadTable(
        byte[] bytes,
        ElfByteOrder order,
        ElfSection table,
        ElfSection[] sections,
        ElfSymbol[] symbols,
        [NotNullWhen(true)] out ElfRelocation[]? relocations,
        [NotNullWhen(false)] out string? problem)
    {
        relocations = null;
        if (table.Type is ElfFormat.SectionRelocationsWithAddend)
        {
            problem = $"{table.Place}: holds SHT_RELA relocations; BPF objects hold SHT_REL ones";
            return false;
        }

        if (table.EntrySize is not ElfFormat.RelocationSize || table.Size % ElfFormat.RelocationSize is not 0)
        {
            problem = $"{table.Place}: {table.Size} bytes in entries of {table.EntrySize}; "
                + $"a relocation is {ElfFormat.RelocationSize} bytes";
            return false;
        }

        if (table.Link >= sections.Length || sections[table.Link].Type is not ElfFormat.SectionSymbols)
        {
            problem = $"{table.Place}: section {table.Link}, to which it links, is not the symbol table";
            return false;
        }

        var read = new ElfRelocation[table.Size / ElfFormat.RelocationSize];
        for (var index = 0; index < read.Length; index++)
        {
            var entry = bytes.AsSpan((int)table.Offset + (index * ElfFormat.RelocationSize), ElfFormat.RelocationSize);
            var info = order.Read64(entry[8..]);
            var symbol = info >> 32;
            if (symbol >= (ulong)symbols.Length)
            {
                problem = $"{table.Place}, relocation {index}: symbol index {symbol} is outside the symbol table of "
                    + $"{symbols.Length} symbols";
                return false;
            }

            var offset = order.Read64(entry);
            read[index] = new(table, index, offset, (uint)info, symbols[symbol]);
        }

        relocations = read;
        problem = null;
        return true;
    }
}

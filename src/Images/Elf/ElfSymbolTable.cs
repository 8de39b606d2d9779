using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>Reads the symbols of an object.</summary>
internal static class ElfSymbolTable
{
    /// <summary>Reads the symbol table, which may be missing; every symbol's section exists.</summary>
    /// <remarks>Linear in the length of the file.</remarks>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        ElfByteOrder order,
        ElfSection[] sections,
        out ElfSymbol[] symbols,
        [NotNullWhen(false)] out string? problem)
    {
        symbols = [];
        problem = null;
        var tables = Array.FindAll(sections, static section => section.Type is ElfFormat.SectionSymbols);
        if (tables is []) return true;

        var table = tables[0];
        problem = TableProblem(tables, sections);
        if (problem is not null) return false;

        var names = new NameTable(ElfSectionTable.Contents(file, sections[table.Link]).ToArray());
        var entries = ElfSectionTable.Contents(file, table);
        var read = new ElfSymbol[entries.Length / ElfFormat.SymbolSize];
        for (var index = 0; index < read.Length; index++)
        {
            var entry = entries.Slice(index * ElfFormat.SymbolSize, ElfFormat.SymbolSize);
            if (!TryReadSymbol(entry, order, index, names, sections, out var symbol, out var symbolProblem))
            {
                problem = $"{table.Place}, symbol {index}: {symbolProblem}";
                return false;
            }

            read[index] = symbol;
        }

        symbols = read;
        return true;
    }

    private static string? TableProblem(ElfSection[] tables, ElfSection[] sections)
    {
        var table = tables[0];
        if (tables.Length > 1)
            return $"{tables[1].Place}: is a second symbol table; an object has one";
        if (table.EntrySize is not ElfFormat.SymbolSize || table.Size % ElfFormat.SymbolSize is not 0)
        {
            return $"{table.Place}: {table.Size} bytes in entries of {table.EntrySize}; "
                + $"a symbol is {ElfFormat.SymbolSize} bytes";
        }

        if (table.Link >= sections.Length || sections[table.Link].Type is not ElfFormat.SectionStrings)
            return $"{table.Place}: section {table.Link}, to which it links, is not a string table";
        return null;
    }

    private static bool TryReadSymbol(
        ReadOnlySpan<byte> entry,
        ElfByteOrder order,
        int index,
        NameTable names,
        ElfSection[] sections,
        [NotNullWhen(true)] out ElfSymbol? symbol,
        [NotNullWhen(false)] out string? problem)
    {
        symbol = null;
        var section = order.Read16(entry[0x06..]);
        if (section < ElfFormat.IndexFirstReserved && section >= sections.Length)
        {
            problem = $"section index {section} is outside the table of {sections.Length} sections";
            return false;
        }

        var nameOffset = order.Read32(entry);
        if (!names.TryRead(nameOffset, out var name, out var nameProblem))
        {
            problem = $"the name {nameProblem}";
            return false;
        }

        var type = (byte)(entry[4] & 0xf);
        var ofSection = type is ElfFormat.SymbolOfSection && section < ElfFormat.IndexFirstReserved;
        symbol = new()
        {
            Index = index,
            Name = ofSection ? sections[section].Name : name,
            Binding = (byte)(entry[4] >> 4),
            Type = type,
            SectionIndex = section,
            Value = order.Read64(entry[0x08..]),
            Size = order.Read64(entry[0x10..]),
        };
        problem = null;
        return true;
    }
}

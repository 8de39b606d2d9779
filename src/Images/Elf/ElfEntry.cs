using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>Where a program starts: a slot of a section.</summary>
/// <remarks>
/// <para>
/// Asked for a function, the program starts there. Otherwise at the only candidate; several are asked about, never
/// guessed. Candidates are the global functions of the section asked for; else those of all sections but
/// <c>.text</c> and <c>.text.*</c>, because once another section holds programs, functions of <c>.text</c> are
/// subprograms (libbpf's rule); else those of <c>.text</c> and <c>.text.*</c>.
/// </para>
/// <para>
/// Inline functions of C++, which lie in groups of sections, are candidates only where nothing else is; labels that
/// no one calls functions, and functions that are not global, likewise, in this order. A section without any name
/// starts at its first slot.
/// </para>
/// </remarks>
/// <param name="Section">The section.</param>
/// <param name="Slot">The slot index there.</param>
internal sealed record ElfEntry(ElfSection Section, int Slot)
{
    private const string Choose = "choose one by its name (--function)";

    /// <summary>Chooses by the rules above.</summary>
    public static bool TryChoose(
        ElfFile file,
        ImageOptions options,
        [NotNullWhen(true)] out ElfEntry? entry,
        [NotNullWhen(false)] out string? problem)
    {
        entry = null;
        ElfSection[] texts = [.. file.Sections.Where(static section => section.IsText)];
        if (texts is [])
        {
            problem = "the object has no instructions: no executable section with contents";
            return false;
        }

        if (!TryRestrict(texts, options.Section, out var pool, out problem)) return false;
        if (options.Function is { } name) return TryFind(file, pool, name, options.Section, out entry, out problem);

        if (options.Section is null) pool = WithPrograms(file, pool);
        var candidates = Candidates(file, pool);
        if (candidates is [] && pool is [var only])
        {
            entry = new(only, 0);
            return true;
        }

        problem = candidates switch
        {
            [] => $"{pool.Length} sections hold instructions ({NameList.Of(pool.Select(static section => section.Name))}) "
                + "and none a function; choose one of them (--section)",
            [_] => null,
            _ => $"{candidates.Length} functions could be where the program starts: {Places(file, candidates)}; {Choose}",
        };
        return problem is null && TryStart(file, candidates[0], out entry, out problem);
    }

    // The sections to choose from: all, or the one asked for.
    private static bool TryRestrict(
        ElfSection[] texts, string? name, out ElfSection[] pool, [NotNullWhen(false)] out string? problem)
    {
        pool = name is null ? texts : Array.FindAll(texts, section => section.Name == name);
        problem = (name, pool) switch
        {
            (null, _) or (_, [_]) => null,
            (_, []) => $"there is no section '{NameList.Short(name)}' with instructions; "
                + $"there is {NameList.Of(texts.Select(static section => section.Name))}",
            _ => $"{pool.Length} sections with instructions are named '{NameList.Short(name)}'; one is expected",
        };
        return problem is null;
    }

    private static bool TryFind(
        ElfFile file,
        ElfSection[] pool,
        string name,
        string? section,
        [NotNullWhen(true)] out ElfEntry? entry,
        [NotNullWhen(false)] out string? problem)
    {
        entry = null;
        ElfSymbol[] named =
        [
            .. pool.SelectMany(file.SymbolsOf).Where(symbol => symbol.Name == name && (symbol.IsFunction || symbol.IsLabel)),
        ];
        var shown = NameList.Short(name);
        var where = section is null ? "" : $" in {pool[0].Place}";
        ElfSection[] holding = [.. named.Select(symbol => file.Sections[symbol.SectionIndex]).DistinctBy(static holder => holder.Index)];
        problem = (named, holding) switch
        {
            ([], _) => $"there is no function '{shown}'{where}; there is "
                + NameList.Of(Functions(file, file.Sections.Where(static text => text.IsText)).Select(static symbol => symbol.Name)),
            ([_], _) => null,
            (_, [var one]) => $"{named.Length} functions of {one.Place} are named '{shown}'; one is expected",
            _ => $"{holding.Length} sections have a function '{shown}'; "
                + $"choose one of {NameList.Of(holding.Select(static one => one.Name))} (--section)",
        };
        return problem is null && TryStart(file, named[0], out entry, out problem);
    }

    private static ElfSection[] WithPrograms(ElfFile file, ElfSection[] texts)
    {
        var programs = Array.FindAll(
            texts, section => !section.IsCommonText && Functions(file, [section]).Any(static symbol => symbol.IsGlobal));
        return programs is [] ? texts : programs;
    }

    // Of the kinds of candidates the first of which there is one; a place with two names is one.
    private static ElfSymbol[] Candidates(ElfFile file, ElfSection[] pool)
    {
        Func<ElfSymbol, bool>[] kinds =
        [
            symbol => symbol is { IsFunction: true, IsGlobal: true } && !file.Sections[symbol.SectionIndex].IsGrouped,
            static symbol => symbol is { IsFunction: true, IsGlobal: true },
            static symbol => symbol is { IsLabel: true, IsGlobal: true },
            static symbol => symbol.IsFunction,
        ];
        foreach (var kind in kinds)
        {
            ElfSymbol[] found =
            [
                .. pool.SelectMany(file.SymbolsOf).Where(kind)
                    .DistinctBy(static symbol => (symbol.SectionIndex, symbol.Value))
                    .OrderBy(static symbol => (symbol.SectionIndex, symbol.Value)),
            ];
            if (found is not []) return found;
        }

        return [];
    }

    private static bool TryStart(
        ElfFile file,
        ElfSymbol symbol,
        [NotNullWhen(true)] out ElfEntry? entry,
        [NotNullWhen(false)] out string? problem)
    {
        var section = file.Sections[symbol.SectionIndex];
        if (symbol.Value >= section.Size || symbol.Value % ProgramSlots.Size is not 0)
        {
            entry = null;
            problem = $"{symbol.Place}: byte {symbol.Value} of {section.Place} does not start a slot of it";
            return false;
        }

        entry = new(section, (int)(symbol.Value / ProgramSlots.Size));
        problem = null;
        return true;
    }

    private static IEnumerable<ElfSymbol> Functions(ElfFile file, IEnumerable<ElfSection> sections) =>
        sections.SelectMany(file.SymbolsOf).Where(static symbol => symbol.IsFunction);

    private static string Places(ElfFile file, ElfSymbol[] candidates)
    {
        var several = candidates.Select(static symbol => symbol.SectionIndex).Distinct().Skip(1).Any();
        return several
            ? NameList.Of(candidates.Select(symbol => $"{symbol.Name} (in {file.Sections[symbol.SectionIndex].Name})"))
            : NameList.Of(candidates.Select(static symbol => symbol.Name)) + $", all in {file.Sections[candidates[0].SectionIndex].Place}";
    }
}

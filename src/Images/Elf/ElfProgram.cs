using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Semantics;

namespace RbpfSpec.Images.Elf;

/// <summary>A section of instructions that is part of the program, and the slot it starts at there.</summary>
internal sealed record ElfPart(ElfSection Section, int FirstSlot)
{
    public int Slots => (int)Section.Size / ProgramSlots.Size;
}

/// <summary>What is to run: one section or two of an object, and where to start.</summary>
/// <remarks>
/// <para>
/// The section is the one asked for by name; else the one that holds the function asked for; else <c>.text</c>; else
/// the only section with instructions. If it is not <c>.text</c> and calls functions there, <c>.text</c> follows it.
/// </para>
/// <para>
/// The program starts at the function asked for; else at the section's only global function; else at its first slot.
/// </para>
/// </remarks>
/// <param name="Parts">The sections, in the order in which they lie in the program.</param>
/// <param name="Entry">The slot to start at.</param>
/// <param name="Notes">What was guessed.</param>
internal sealed record ElfProgram(Sequence<ElfPart> Parts, int Entry, Sequence<string> Notes)
{
    private const string CommonText = ".text";

    public int Slots => Parts[^1].FirstSlot + Parts[^1].Slots;

    /// <summary>The part that a section is, or null if the program does not hold it.</summary>
    public ElfPart? PartOf(ElfSection section) => Parts.FirstOrDefault(part => part.Section == section);

    /// <summary>Chooses by the rules above.</summary>
    public static bool TryChoose(
        ElfFile file,
        ImageOptions options,
        [NotNullWhen(true)] out ElfProgram? program,
        [NotNullWhen(false)] out string? problem)
    {
        program = null;
        if (!TryChooseSection(file, options, out var section, out problem)
            || !TryGather(file, section, out var parts, out problem)
            || !TryChooseEntry(file, section, options, out var entry, out var notes, out problem))
        {
            return false;
        }

        program = new(parts, entry, notes);
        return true;
    }

    private static bool TryChooseSection(
        ElfFile file,
        ImageOptions options,
        [NotNullWhen(true)] out ElfSection? section,
        [NotNullWhen(false)] out string? problem)
    {
        ElfSection[] texts = [.. file.Sections.Where(candidate => candidate.IsText)];
        var present = string.Join(", ", texts.Select(candidate => candidate.Name));
        ElfSection[] common = Array.FindAll(texts, static candidate => candidate.Name == CommonText);
        ElfSection[] chosen = options switch
        {
            { Section: { } name } => Array.FindAll(texts, candidate => candidate.Name == name),
            { Function: { } name } => [.. Named(file, name).Select(file.SectionOf).OfType<ElfSection>().Distinct()],
            _ => common is [] ? texts : common,
        };

        section = chosen is [var only] ? only : null;
        problem = (chosen.Length, options) switch
        {
            (1, _) => null,
            (_, _) when texts is [] => "the object has no instructions: no executable section with contents",
            (0, { Section: { } name }) => $"there is no section '{name}' with instructions; there is {present}",
            (0, { Function: { } name }) => $"there is no function '{name}'; there is {Functions(file)}",
            (_, { Section: { } name }) => $"{chosen.Length} sections with instructions are named '{name}'; "
                + "one is expected",
            (_, { Function: { } name }) => $"{chosen.Length} sections have a function '{name}'; "
                + $"choose one of {present}",
            _ => $"{chosen.Length} sections hold instructions ({present}); choose one of them",
        };
        return section is not null;
    }

    private static bool TryGather(
        ElfFile file, ElfSection section, out Sequence<ElfPart> parts, [NotNullWhen(false)] out string? problem)
    {
        var first = new ElfPart(section, 0);
        var callsText = file.Relocations(section)
            .Where(relocation => relocation.Type is ElfFormat.RelocateCall)
            .Select(relocation => file.SectionOf(relocation.Symbol))
            .FirstOrDefault(called => called is { Name: CommonText, IsText: true } && called != section);

        parts = callsText is null ? [first] : [first, new(callsText, first.Slots)];
        problem = parts
            .Where(part => part.Section.Size % ProgramSlots.Size is not 0)
            .Select(part => $"{part.Section.Place}: {part.Section.Size} bytes are not a whole number of slots of "
                + $"{ProgramSlots.Size} bytes")
            .FirstOrDefault();

        // The sizes are those of parts of a file in memory, so the sum does not overflow.
        var size = parts.Aggregate(0UL, static (sum, part) => sum + part.Section.Size);
        if (problem is null && size > ImageFile.MaximumSize)
            problem = $"{section.Place}: the program has {size} bytes; at most {ImageFile.MaximumSize} are supported";
        return problem is null;
    }

    private static bool TryChooseEntry(
        ElfFile file,
        ElfSection section,
        ImageOptions options,
        out int entry,
        out Sequence<string> notes,
        [NotNullWhen(false)] out string? problem)
    {
        entry = 0;
        notes = [];
        problem = null;
        ElfSymbol[] candidates = options.Function is { } name
            ? [.. Named(file, name).Where(symbol => file.SectionOf(symbol) == section)]
            : [.. file.Symbols.Where(symbol => symbol is { IsFunction: true, IsGlobal: true }
                && file.SectionOf(symbol) == section)];

        if (candidates is [var symbol])
        {
            if (symbol.Value >= section.Size || symbol.Value % ProgramSlots.Size is not 0)
                problem = $"{symbol.Place}: byte {symbol.Value} of {section.Place} does not start a slot of it";
            else
                entry = (int)symbol.Value / ProgramSlots.Size;
        }
        else if (options.Function is { } wanted)
        {
            problem = candidates is []
                ? $"there is no function '{wanted}' in {section.Place}; there is {Functions(file)}"
                : $"{candidates.Length} functions of {section.Place} are named '{wanted}'; one is expected";
        }
        else if (candidates is not [])
        {
            var names = candidates
                .OrderBy(static candidate => candidate.Value)
                .Select(static candidate => candidate.Name);
            notes =
            [
                $"{section.Place} has {candidates.Length} global functions ({string.Join(", ", names)}) "
                    + "and none was chosen: the program starts at its slot 0",
            ];
        }

        return problem is null;
    }

    private static IEnumerable<ElfSymbol> Named(ElfFile file, string name) =>
        file.Symbols.Where(symbol => symbol.Name == name && (symbol.IsFunction || symbol.IsLabel)
            && file.SectionOf(symbol) is { IsText: true });

    private static string Functions(ElfFile file)
    {
        var names = file.Symbols.Where(symbol => symbol.IsFunction).Select(symbol => symbol.Name);
        return string.Join(", ", names.DefaultIfEmpty("none"));
    }
}

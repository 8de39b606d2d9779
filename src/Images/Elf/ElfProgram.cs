using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Images.Elf;

/// <summary>Slots of a section that are part of the program.</summary>
/// <param name="Text">The section.</param>
/// <param name="Piece">Which slots of it.</param>
/// <param name="FirstSlot">The slot index, in the program, of the first.</param>
internal sealed record ElfPart(ElfText Text, ElfPiece Piece, int FirstSlot)
{
    public ElfSection Section => Text.Section;

    public int Slots => Piece.End - Piece.First;

    /// <summary>The slots of the part at which an instruction starts, as indices in the section, ascending.</summary>
    public IEnumerable<int> Starts => Enumerable.Range(Piece.First, Slots).Where(Text.Starts);

    /// <summary>The relocations of the part, ascending.</summary>
    public IEnumerable<ElfRelocation> Relocations => Starts.Select(Text.RelocationAt).OfType<ElfRelocation>();
}

/// <summary>The program that is to run: all code that is reached from where the program starts, by jumps and by calls.</summary>
/// <remarks>
/// The parts come from wherever they lie: first those of the section in which the program starts, then those of the
/// other sections in the order of the file, each in the order of its slots. What is not reached does not matter.
/// Linear in the sizes of the sections reached, but for sorting.
/// </remarks>
internal sealed class ElfProgram
{
    private readonly Dictionary<int, ElfPart[]> partsBySection;

    private ElfProgram(ElfPart[] parts, ElfEntry entry)
    {
        Parts = parts;
        partsBySection = parts.GroupBy(static part => part.Section.Index)
            .ToDictionary(static group => group.Key, static group => group.ToArray());
        Entry = SlotOf(entry.Section, entry.Slot) ?? 0;
    }

    /// <summary>The parts, in the order in which they lie in the program.</summary>
    public IReadOnlyList<ElfPart> Parts { get; }

    /// <summary>The slot to start at.</summary>
    public int Entry { get; }

    /// <summary>The length in slots.</summary>
    public int Slots => Parts[^1].FirstSlot + Parts[^1].Slots;

    /// <summary>The part that holds a slot of a section, or null if the program does not hold it.</summary>
    public ElfPart? PartOf(ElfSection section, long slot)
    {
        if (!partsBySection.TryGetValue(section.Index, out var parts)) return null;
        var (low, high) = (0, parts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (parts[middle].Piece.End <= slot) low = middle + 1;
            else high = middle;
        }

        return low < parts.Length && parts[low].Piece.First <= slot ? parts[low] : null;
    }

    /// <summary>The slot index, in the program, of a slot of a section, or null if the program does not hold it.</summary>
    public int? SlotOf(ElfSection section, int slot) =>
        PartOf(section, slot) is { } part ? part.FirstSlot + (slot - part.Piece.First) : null;

    /// <summary>The slot index behind the program's part that ends a section, or null if the program does not hold it.</summary>
    public int? EndOf(ElfSection section) =>
        PartOf(section, section.Slots - 1) is { } part ? part.FirstSlot + part.Slots : null;

    /// <summary>Whether some slots of a section are part of the program.</summary>
    public bool Holds(ElfSection section) => partsBySection.ContainsKey(section.Index);

    /// <summary>Collects all that is reached.</summary>
    public static bool TryGather(
        ElfFile file,
        ElfEntry entry,
        Sequence<Helper> helpers,
        [NotNullWhen(true)] out ElfProgram? program,
        [NotNullWhen(false)] out string? problem)
    {
        program = null;
        var texts = new Dictionary<int, ElfText>();
        var reached = new HashSet<(ElfText Text, ElfPiece Piece)>();
        var open = new Queue<(ElfText Text, ElfPiece Piece)>();
        var size = 0UL;
        problem = Reach(entry.Section, entry.Slot);
        while (problem is null && open.TryDequeue(out var next))
        {
            for (var slot = next.Piece.First; problem is null && slot < next.Piece.End; slot++)
            {
                if (!next.Text.Starts(slot)) continue;
                problem = Callee(file, next.Text, slot, helpers) switch
                {
                    ElfCallee.Function(var section, var called) => Reach(section, called),
                    ElfCallee.Nothing(var found) => found,
                    ElfCallee.HelperFunction or null => null,
                };
            }
        }

        if (problem is not null) return false;
        program = new(Place(entry, reached), entry);
        return true;

        string? Reach(ElfSection section, int slot)
        {
            if (!texts.TryGetValue(section.Index, out var text))
            {
                if (!ElfText.TryRead(file, section, out text, out var found)) return found;
                texts.Add(section.Index, text);
                size += section.Size;
                if (size > ImageFile.MaximumSize)
                    return $"{section.Place}: the program's sections have {size} bytes; at most {ImageFile.MaximumSize} are supported";
            }

            if (reached.Add((text, text.PieceOf(slot)))) open.Enqueue((text, text.PieceOf(slot)));
            return null;
        }
    }

    // What the instruction at a slot calls: null if it calls nothing of the object.
    private static ElfCallee? Callee(ElfFile file, ElfText text, int slot, Sequence<Helper> helpers)
    {
        if (text.RelocationAt(slot) is { } relocation)
            return relocation.Type is ElfFormat.RelocateCall ? ElfCallee.Of(file, text, slot, relocation, helpers) : null;
        return ProgramSlots.IsLocalCall(text.Contents, slot) && CalledWithin(text, slot) is { } called
            ? new ElfCallee.Function(text.Section, called)
            : null;
    }

    /// <summary>The slot that a local call without a relocation leads to, or null if it lies outside the section.</summary>
    public static int? CalledWithin(ElfText text, int slot)
    {
        var target = slot + 1L + ProgramSlots.Immediate(text.Contents, slot);
        return target >= 0 && target < text.Section.Slots ? (int)target : null;
    }

    private static ElfPart[] Place(ElfEntry entry, IEnumerable<(ElfText Text, ElfPiece Piece)> reached)
    {
        var ordered = reached
            .OrderBy(part => part.Text.Section == entry.Section ? 0 : 1)
            .ThenBy(static part => part.Text.Section.Index)
            .ThenBy(static part => part.Piece.First);
        var parts = new List<ElfPart>();
        var next = 0;
        foreach (var (text, piece) in ordered)
        {
            parts.Add(new(text, piece, next));
            next += parts[^1].Slots;
        }

        return [.. parts];
    }
}

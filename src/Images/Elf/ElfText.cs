using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>Slots of a section that belong together, because execution can go on from one to the other without a call.</summary>
/// <param name="First">The slot index, in the section, of the first.</param>
/// <param name="End">The slot index behind the last.</param>
internal readonly record struct ElfPiece(int First, int End);

/// <summary>A section of instructions, taken apart into what can be linked without the rest: mostly functions.</summary>
/// <remarks>
/// A piece starts at a function's symbol, unless an instruction before it falls through or jumps across. Linear in the
/// size of the section, but for the sorting of its functions and relocations.
/// </remarks>
internal sealed class ElfText
{
    private readonly byte[] contents;
    private readonly bool[] starts;
    private readonly int[] pieces;
    private readonly int[] firsts;
    private readonly Dictionary<int, ElfRelocation> relocations = [];

    private ElfText(ElfFile file, ElfSection section)
    {
        Section = section;
        contents = file.Contents(section);
        starts = ProgramSlots.Starts(contents, [ProgramSlots.LoadDoubleWord]);
        (firsts, pieces) = Divide(Boundaries(file));
    }

    public ElfSection Section { get; }

    /// <summary>The section's bytes, as they are in the file.</summary>
    public ReadOnlySpan<byte> Contents => contents;

    /// <summary>Takes a section apart.</summary>
    public static bool TryRead(
        ElfFile file,
        ElfSection section,
        [NotNullWhen(true)] out ElfText? text,
        [NotNullWhen(false)] out string? problem)
    {
        text = null;
        problem = section.Size switch
        {
            > ImageFile.MaximumSize =>
                $"{section.Place}: the program has {section.Size} bytes; at most {ImageFile.MaximumSize} are supported",
            _ when section.Size % ProgramSlots.Size is not 0 =>
                $"{section.Place}: {section.Size} bytes are not a whole number of slots of {ProgramSlots.Size} bytes",
            _ => null,
        };
        if (problem is not null) return false;

        var read = new ElfText(file, section);
        problem = read.AddRelocations(file.Relocations(section));
        if (problem is null) text = read;
        return text is not null;
    }

    /// <summary>The piece that a slot of the section belongs to.</summary>
    public ElfPiece PieceOf(int slot)
    {
        var piece = pieces[slot];
        return new(firsts[piece], piece + 1 < firsts.Length ? firsts[piece + 1] : starts.Length);
    }

    /// <summary>Whether an instruction starts at a slot of the section.</summary>
    public bool Starts(int slot) => starts[slot];

    /// <summary>The relocation of the instruction at a slot, or null if it has none.</summary>
    public ElfRelocation? RelocationAt(int slot) => relocations.GetValueOrDefault(slot);

    private string? AddRelocations(IEnumerable<ElfRelocation> all)
    {
        foreach (var relocation in all)
        {
            var (slot, rest) = Math.DivRem(relocation.Offset, ProgramSlots.Size);
            if (rest is not 0 || slot >= (ulong)starts.Length || !starts[slot])
                return $"{relocation.Place}: byte {relocation.Offset} of {Section.Place} does not start an instruction";
            if (!relocations.TryAdd((int)slot, relocation))
                return $"{relocation.Place}: is a second relocation of slot {slot} of {Section.Place}; one is expected";
        }

        return null;
    }

    // The slots at which functions start, ascending, and the first slot of all.
    private int[] Boundaries(ElfFile file)
    {
        SortedSet<int> boundaries =
        [
            0,
            .. file.SymbolsOf(Section)
                .Where(symbol => symbol.IsFunction && symbol.Value < Section.Size && symbol.Value % ProgramSlots.Size is 0)
                .Select(static symbol => (int)(symbol.Value / ProgramSlots.Size))
                .Where(slot => starts[slot]),
        ];
        return [.. boundaries];
    }

    private (int[] Firsts, int[] Pieces) Divide(int[] boundaries)
    {
        var owners = Owners(boundaries);

        // How many jumps begin to cross, and cease to cross, each boundary.
        var crossing = new int[boundaries.Length + 1];
        for (var slot = 0; slot < starts.Length; slot++)
        {
            if (!starts[slot]) continue;
            if (!ProgramSlots.IsLast(ProgramSlots.Opcode(contents, slot))) Cross(slot, NextStart(slot));
            if (ProgramSlots.JumpTarget(contents, slot) is { } target) Cross(slot, target);
        }

        var starting = new List<int>();
        var crossings = 0;
        for (var index = 0; index < boundaries.Length; index++)
        {
            crossings += crossing[index];
            if (crossings == 0) starting.Add(boundaries[index]);
        }

        int[] kept = [.. starting];
        return (kept, Owners(kept));

        void Cross(int from, long to)
        {
            if (to < 0 || to >= starts.Length) return;
            var (low, high) = (owners[Math.Min(from, (int)to)], owners[Math.Max(from, (int)to)]);
            crossing[low + 1]++;
            crossing[high + 1]--;
        }
    }

    private int NextStart(int slot) => slot + 1 < starts.Length && !starts[slot + 1] ? slot + 2 : slot + 1;

    // For each slot the index of the last boundary at or before it.
    private int[] Owners(int[] boundaries)
    {
        var owners = new int[starts.Length];
        var owner = 0;
        for (var slot = 0; slot < owners.Length; slot++)
        {
            if (owner + 1 < boundaries.Length && boundaries[owner + 1] == slot) owner++;
            owners[slot] = owner;
        }

        return owners;
    }
}

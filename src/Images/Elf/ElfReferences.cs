using System.Buffers.Binary;

namespace RbpfSpec.Images.Elf;

/// <summary>The data that a program refers to, directly or through other data.</summary>
/// <remarks>
/// A section of data is part of the image as a whole if the program, or data that are part of it, refer to it. Within
/// it, an object that symbols tell apart is used only if the program, or an object that is used, refers to it. Linear in
/// the number of relocations, but for sorting.
/// </remarks>
internal sealed class ElfReferences
{
    private readonly HashSet<int> sections = [];
    private readonly HashSet<int> commons = [];
    private readonly HashSet<int> used = [];
    private readonly Dictionary<int, ElfObjects> objects = [];
    private readonly Queue<ElfSection> open = [];

    private readonly Queue<(ElfSection Section, ulong Offset)> openUses = [];
    private readonly ElfFile file;

    private ElfReferences(ElfFile file) => this.file = file;

    /// <summary>The sections of data referred to, in the order of the file.</summary>
    public IEnumerable<ElfSection> Sections => file.Sections.Where(section => sections.Contains(section.Index));

    /// <summary>The common symbols referred to, in the order of the file.</summary>
    public IEnumerable<ElfSymbol> Commons => file.Symbols.Where(symbol => commons.Contains(symbol.Index));

    /// <summary>Follows all references of a program.</summary>
    public static ElfReferences Of(ElfFile file, ElfProgram program)
    {
        var references = new ElfReferences(file);
        foreach (var part in program.Parts)
        {
            foreach (var slot in part.Starts)
            {
                if (part.Text.RelocationAt(slot) is { Type: ElfFormat.RelocateLoad } relocation)
                    references.Add(relocation.Symbol, ProgramSlots.Immediate(part.Text.Contents, slot), isUse: true);
            }
        }

        while (references.open.TryDequeue(out var section)) references.AddAllOf(section, file.Relocations(section), areUses: false);
        while (references.openUses.TryDequeue(out var use)) references.Use(use.Section, use.Offset);
        return references;
    }

    /// <summary>
    /// The object that a byte of a section belongs to if it is told apart and not used; null if it is, or may be, used.
    /// </summary>
    public ElfSymbol? UnusedAt(ElfSection section, ulong offset) =>
        ObjectsOf(section).At(offset) is { } found && !used.Contains(found.Index) ? found : null;

    private ElfObjects ObjectsOf(ElfSection section)
    {
        if (!objects.TryGetValue(section.Index, out var found)) objects.Add(section.Index, found = new(file, section));
        return found;
    }

    // What lies in no object that symbols tell apart may use all of its section.
    private void Use(ElfSection section, ulong offset)
    {
        var all = ObjectsOf(section);
        if (all.At(offset) is { } found)
        {
            if (used.Add(found.Index)) AddAllOf(section, all.RelocationsOf(found), areUses: true);
        }
        else if (all.TryUseWhole())
        {
            foreach (var symbol in all.Symbols) used.Add(symbol.Index);
            AddAllOf(section, file.Relocations(section), areUses: true);
        }
    }

    private void AddAllOf(ElfSection section, IEnumerable<ElfRelocation> relocations, bool areUses)
    {
        if (section.IsZeros) return;
        var contents = file.Stored(section);
        foreach (var relocation in relocations)
        {
            if (!relocation.LiesWithin(section.Size)) continue;
            var place = contents[(int)relocation.Offset..];
            var addend = relocation.Bytes switch
            {
                sizeof(ulong) => BinaryPrimitives.ReadInt64LittleEndian(place),
                sizeof(uint) => BinaryPrimitives.ReadInt32LittleEndian(place),
                _ => 0,
            };
            Add(relocation.Symbol, addend, areUses);
        }
    }

    private void Add(ElfSymbol symbol, long addend, bool isUse)
    {
        if (symbol.IsCommon) commons.Add(symbol.Index);
        if (file.SectionOf(symbol) is not { IsData: true } section) return;
        if (sections.Add(section.Index)) open.Enqueue(section);
        if (isUse) openUses.Enqueue((section, unchecked(symbol.Value + (ulong)addend)));
    }
}

/// <summary>The objects of a section of data that symbols tell apart: variables, tables.</summary>
internal sealed class ElfObjects
{
    private readonly ElfRelocation[] relocations;
    private bool isUsedWhole;

    /// <summary>The objects of a section.</summary>
    public ElfObjects(ElfFile file, ElfSection section)
    {
        Symbols = [
            .. file.SymbolsOf(section).Where(static symbol => symbol.IsObject && symbol.Size > 0).OrderBy(static symbol => symbol.Value)];
        relocations = [.. file.Relocations(section).OrderBy(static relocation => relocation.Offset)];
    }

    /// <summary>Their symbols, ascending.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>The object that a byte belongs to, or null if the symbols do not tell.</summary>
    public ElfSymbol? At(ulong offset)
    {
        var (low, high) = (0, Symbols.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Symbols[middle].Value <= offset) low = middle + 1;
            else high = middle;
        }

        return low > 0 && offset - Symbols[low - 1].Value < Symbols[low - 1].Size ? Symbols[low - 1] : null;
    }

    /// <summary>The relocations that lie in an object, ascending.</summary>
    public IEnumerable<ElfRelocation> RelocationsOf(ElfSymbol symbol)
    {
        var (low, high) = (0, relocations.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (relocations[middle].Offset < symbol.Value) low = middle + 1;
            else high = middle;
        }

        for (; low < relocations.Length && relocations[low].Offset - symbol.Value < symbol.Size; low++) yield return relocations[low];
    }

    /// <summary>Notes that the whole section is used; yields whether that is new.</summary>
    public bool TryUseWhole()
    {
        var isNew = !isUsedWhole;
        isUsedWhole = true;
        return isNew;
    }
}

namespace RbpfSpec.Images.Elf;

/// <summary>The objects of a section of data that symbols tell apart: variables, tables.</summary>
internal sealed class ElfObjects
{
    private readonly ElfRelocation[] relocations;
    private bool isUsedWhole;

    /// <summary>The objects of a section.</summary>
    public ElfObjects(ElfFile file, ElfSection section)
    {
        Symbols = [.. file.SymbolsOf(section).Where(static symbol => symbol.IsObject && symbol.Size > 0).OrderBy(static symbol => symbol.Value)];
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

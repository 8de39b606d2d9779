using System.Buffers.Binary;

namespace RbpfSpec.Images.Elf;

/// <summary>The data that a program refers to, directly or through other data.</summary>
/// <remarks>
/// A section of data is part of the image as a whole if anything refers to it. Linear in the number of relocations,
/// but for sorting.
/// </remarks>
internal sealed class ElfReferences
{
    private readonly Dictionary<int, List<ulong>> offsets = [];
    private readonly HashSet<int> commons = [];
    private readonly Queue<ElfSection> open = [];
    private readonly ElfFile file;

    private ElfReferences(ElfFile file) => this.file = file;

    /// <summary>The sections of data referred to, in the order of the file.</summary>
    public IEnumerable<ElfSection> Sections => file.Sections.Where(section => offsets.ContainsKey(section.Index));

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
                    references.Add(relocation.Symbol, ProgramSlots.Immediate(part.Text.Contents, slot));
            }
        }

        while (references.open.TryDequeue(out var section)) references.AddAllOf(section);
        foreach (var list in references.offsets.Values) list.Sort();
        return references;
    }

    /// <summary>Whether anything refers to one of the bytes of a symbol.</summary>
    public bool HasAny(ElfSymbol symbol)
    {
        if (!offsets.TryGetValue(symbol.SectionIndex, out var all)) return false;
        var index = all.BinarySearch(symbol.Value);
        if (index >= 0) return true;
        return ~index < all.Count && all[~index] - symbol.Value < symbol.Size;
    }

    private void AddAllOf(ElfSection section)
    {
        if (section.IsZeros) return;
        var contents = file.Stored(section);
        foreach (var relocation in file.Relocations(section))
        {
            if (relocation.Offset > section.Size || section.Size - relocation.Offset < (ulong)relocation.Bytes) continue;
            var place = contents[(int)relocation.Offset..];
            var addend = relocation.Bytes switch
            {
                sizeof(ulong) => BinaryPrimitives.ReadInt64LittleEndian(place),
                sizeof(uint) => BinaryPrimitives.ReadInt32LittleEndian(place),
                _ => 0,
            };
            Add(relocation.Symbol, addend);
        }
    }

    private void Add(ElfSymbol symbol, long addend)
    {
        if (symbol.IsCommon) commons.Add(symbol.Index);
        if (file.SectionOf(symbol) is not { IsData: true } section) return;
        if (!offsets.TryGetValue(section.Index, out var all))
        {
            offsets.Add(section.Index, all = []);
            open.Enqueue(section);
        }

        all.Add(unchecked(symbol.Value + (ulong)addend));
    }
}

namespace RbpfSpec.Images.Elf;

/// <summary>Reads the instructions of objects of either byte order, without linking them.</summary>
internal static class ElfSections
{
    /// <summary>Reads all sections of instructions.</summary>
    /// <remarks>Time and memory grow with the length of the file n as n log n.</remarks>
    public static SectionsResult Read(ReadOnlySpan<byte> bytes)
    {
        if (!ElfFile.TryRead(bytes.ToArray(), out var file, out var problem)) return new SectionsResult.Malformed(problem);

        // Sections that share bytes could otherwise ask for any number of copies.
        var texts = file.Sections.Where(static section => section.IsText).ToList();
        var total = texts.Aggregate(UInt128.Zero, static (sum, section) => sum + section.Size);
        return total <= (ulong)bytes.Length
            ? new SectionsResult.Loaded(texts.Select(section => Section(file, section)).ToSequence())
            : new SectionsResult.Malformed($"the sections of instructions have {total} bytes together, more than the file");
    }

    private static CodeSection Section(ElfFile file, ElfSection section)
    {
        var stored = file.Contents(section);
        var slots = stored[..(section.Slots * ProgramSlots.Size)];
        file.Order.ToLittleEndian(slots);
        var named = file.SymbolsOf(section)
            .Where(symbol => symbol.Value <= section.Size && symbol.Value % ProgramSlots.Size is 0)
            .OrderBy(static symbol => symbol.Value)
            .ToList();
        return new(
            section.Name,
            section.Index,
            Sequence.Of<byte>(stored),
            Sequence.Of<byte>(slots),
            named.Where(static symbol => symbol.IsFunction)
                .Select(static symbol => new ImageFunction(symbol.Name, Slot(symbol.Value), Slot(symbol.Size)))
                .ToSequence(),
            named.Where(static symbol => symbol.IsLabel)
                .Select(static symbol => new ImageLabel(symbol.Name, Slot(symbol.Value)))
                .ToSequence(),
            file.Relocations(section)
                .OrderBy(static relocation => relocation.Offset)
                .Select(static relocation => new CodeReference(relocation.Offset, relocation.TypeName, relocation.Symbol.Name))
                .ToSequence());
    }

    private static int Slot(ulong offset) => (int)Math.Min(offset / ProgramSlots.Size, int.MaxValue);
}

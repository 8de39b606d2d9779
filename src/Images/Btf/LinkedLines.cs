using System.Buffers.Binary;
using RbpfSpec.Images.Dwarf;
using RbpfSpec.Images.Elf;

namespace RbpfSpec.Images.Btf;

/// <summary>Which lines of source the slots of a linked program come from.</summary>
internal static class LinkedLines
{
    /// <summary>The lines, in ascending order of slot; none, and a note, if the object's information on them is damaged.</summary>
    /// <param name="file">The object.</param>
    /// <param name="program">The program linked from it.</param>
    /// <param name="note">What a user should know; null if nothing.</param>
    public static Sequence<ImageLine> Of(ElfFile file, ElfProgram program, out string? note)
    {
        note = null;
        if (Stored(file, ".BTF") is not { } types || Stored(file, ".BTF.ext") is not { } lines) return OfDwarf(file, program, out note);
        if (!BtfLineInfo.TryRead(types, lines, out var sections, out var problem))
        {
            note = $"{problem}: no lines of source are told";
            return [];
        }

        // A name that two sections have tells of neither: which one is meant stands in relocations alone.
        var unique = file.Sections.Where(static section => section.IsText)
            .GroupBy(static section => section.Name, StringComparer.Ordinal)
            .Where(static group => group.Count() == 1)
            .Select(static group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        List<ImageLine> all = [];
        foreach (var part in program.Parts)
        {
            // What holds at the end of the part before it ends there.
            all.Add(new(part.FirstSlot, null));
            if (unique.Contains(part.Section.Name) && sections.TryGetValue(part.Section.Name, out var found)) Add(part, found, all);
        }

        return all.Exists(static line => line.Source is not null) ? all.ToSequence() : [];
    }

    // A part starts with a function, and what was told of the one before it does not hold there.
    private static void Add(ElfPart part, BtfLine[] lines, List<ImageLine> all)
    {
        var (low, high) = (0, lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (lines[middle].Offset / ProgramSlots.Size < part.Piece.First) low = middle + 1;
            else high = middle;
        }

        for (; low < lines.Length && lines[low].Offset / ProgramSlots.Size < part.Piece.End; low++)
            all.Add(new(part.FirstSlot + ((int)(lines[low].Offset / ProgramSlots.Size) - part.Piece.First), lines[low].Source));
    }

    // What has no BTF may have the line table of DWARF, as the compilers of Rust write it.
    private static Sequence<ImageLine> OfDwarf(ElfFile file, ElfProgram program, out string? note)
    {
        note = null;
        if (file.Order.IsBig || Section(file, ".debug_line") is not { } section) return [];
        var places = file.RelocationsOfUnloaded(section)
            .Where(static relocation => relocation.Type is ElfFormat.RelocateData64)
            .DistinctBy(static relocation => relocation.Offset)
            .ToDictionary(static relocation => relocation.Offset, static relocation => relocation.Symbol);
        var table = file.Stored(section).ToArray();
        var (names, strings) = (Stored(file, ".debug_line_str") ?? [], Stored(file, ".debug_str") ?? []);
        if (!DwarfLineTable.TryRead(table, names, strings, PlaceAt, out var lines, out var problem))
        {
            note = $"{problem}: no lines of source are told";
            return [];
        }

        var bySection = lines.GroupBy(static line => line.Section).ToDictionary(
            static group => group.Key,
            static group => group.Where(static line => line.Offset <= uint.MaxValue)
                .Select(static line => new BtfLine((uint)line.Offset, line.Source)).ToArray());
        List<ImageLine> all = [];
        foreach (var part in program.Parts)
        {
            all.Add(new(part.FirstSlot, null));
            if (bySection.TryGetValue(part.Section.Index, out var found)) Add(part, found, all);
        }

        return all.Exists(static line => line.Source is not null) ? all.ToSequence() : [];

        // An address is what stands in its place, from the symbol on.
        (int Section, ulong Offset)? PlaceAt(ulong at) =>
            places.TryGetValue(at, out var symbol) && file.SectionOf(symbol) is { } meant && at + sizeof(ulong) <= (ulong)table.Length
                ? (meant.Index, unchecked(symbol.Value + BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan((int)at))))
                : null;
    }

    private static byte[]? Stored(ElfFile file, string name) =>
        Section(file, name) is { } found ? file.Stored(found).ToArray() : null;

    private static ElfSection? Section(ElfFile file, string name) =>
        file.Sections.FirstOrDefault(section => section.Name == name && IsRead(section));

    private static bool IsRead(ElfSection section) =>
        section is { Type: ElfFormat.SectionProgramBits, Size: > 0 and <= ImageFile.MaximumSize };
}

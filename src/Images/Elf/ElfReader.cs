using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Images.Btf;

namespace RbpfSpec.Images.Elf;

/// <summary>Reads ELF64 relocatable objects as <c>clang -target bpf -c</c> writes them.</summary>
/// <remarks>
/// A program's data become one region a section that it refers to: writable as the section is, at addresses that
/// <see cref="RegionLayout"/> gives. Which instructions become the program is told at <see cref="ElfEntry"/> and
/// <see cref="ElfProgram"/>. Time and memory grow with the length of the file n as n log n.
/// </remarks>
internal static class ElfReader
{
    /// <summary>Reads an object.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> bytes, ImageOptions options) =>
        TryRead(bytes.ToArray(), options, out var image, out var problem)
            ? new ImageResult.Loaded(image)
            : new ImageResult.Malformed(problem);

    private static bool TryRead(
        byte[] bytes,
        ImageOptions options,
        [NotNullWhen(true)] out Image? image,
        [NotNullWhen(false)] out string? problem)
    {
        image = null;
        if (!ElfFile.TryRead(bytes, out var file, out problem)) return false;
        if (file.Order.IsBig)
        {
            problem = "ELF header, byte 5: the object is big-endian; this machine runs little-endian ones "
                + "(clang -target bpfel), and disasm lists both";
            return false;
        }

        if (!ElfEntry.TryChoose(file, options, out var entry, out problem)
            || !ElfProgram.TryGather(file, entry, options.Helpers, out var program, out problem)
            || !ElfData.TryPlace(file, program, options.BaseAddress, out var data, out problem))
        {
            return false;
        }

        var relocator = new ElfRelocator(file, program, data, options.Helpers);
        if (!relocator.TryLinkProgram(out var text, out problem)
            || !TryReadRegions(data, relocator, out var regions, out problem)
            || !TryReadNames(file, program, out var functions, out var labels, out problem))
        {
            return false;
        }

        var lines = LinkedLines.Of(file, program, out var note);
        image = new()
        {
            Format = ImageFormat.Elf,
            Program = Sequence.Of<byte>(text),
            Entry = program.Entry,
            Regions = regions,
            Functions = functions,
            Labels = labels,
            Lines = lines,
            Parts = program.Parts
                .Select(static part => new ImagePart(
                    part.Section.Name, part.Section.Index, part.Piece.First, part.FirstSlot, part.Slots))
                .ToSequence(),
            Notes = [.. Constructors(file), .. relocator.Notes, .. note is null ? (string[])[] : [note]],
        };
        return true;
    }

    private static IEnumerable<string> Constructors(ElfFile file) => file.Sections
        .Where(static section => section is { Type: ElfFormat.SectionConstructors, Size: > 0 })
        .Take(1)
        .Select(static section => $"{section.Place}: constructors are not run; what they would set up is as the file has it");

    private static bool TryReadRegions(
        ElfData data,
        ElfRelocator relocator,
        out Sequence<ImageRegion> regions,
        [NotNullWhen(false)] out string? problem)
    {
        var read = new List<ImageRegion>();
        regions = [];
        foreach (var section in data.Sections)
        {
            if (!relocator.TryLinkData(section, out var contents, out problem)) return false;
            read.Add(data.Region(section, contents));
        }

        if (data.Common is { } common) read.Add(common);
        regions = read.ToSequence();
        problem = null;
        return true;
    }

    private static bool TryReadNames(
        ElfFile file,
        ElfProgram program,
        out Sequence<ImageFunction> functions,
        out Sequence<ImageLabel> labels,
        [NotNullWhen(false)] out string? problem)
    {
        var all = new List<Named>();
        foreach (var section in file.Sections.Where(program.Holds))
        {
            foreach (var symbol in file.SymbolsOf(section))
            {
                if ((symbol.IsFunction || symbol.IsLabel) && SlotOf(program, section, symbol) is { } slot)
                    all.Add(new(symbol, section, slot));
            }
        }

        all = [.. all.OrderBy(static name => name.Slot)];
        functions = [];
        labels = [];
        problem = all
            .Select(static name => NameProblem(name.Symbol, name.Section))
            .FirstOrDefault(static found => found is not null);
        if (problem is not null) return false;

        functions = all
            .Where(static name => name.Symbol.IsFunction)
            .Select(static name => new ImageFunction(
                name.Symbol.Name, name.Slot, (int)(name.Symbol.Size / ProgramSlots.Size)))
            .ToSequence();
        labels = all
            .Where(static name => name.Symbol.IsLabel)
            .Select(static name => new ImageLabel(name.Symbol.Name, name.Slot))
            .ToSequence();
        return true;
    }

    // A name that is no slot of its section belongs to the program as well, because it is a problem.
    private static int? SlotOf(ElfProgram program, ElfSection section, ElfSymbol symbol)
    {
        if (symbol.Value >= section.Size) return symbol.Value == section.Size ? program.EndOf(section) : 0;
        return program.SlotOf(section, (int)(symbol.Value / ProgramSlots.Size));
    }

    private static string? NameProblem(ElfSymbol symbol, ElfSection section)
    {
        var inside = symbol.Value <= section.Size && symbol.Size <= section.Size - symbol.Value;
        var whole = symbol.Value % ProgramSlots.Size is 0 && symbol.Size % ProgramSlots.Size is 0;
        return inside && whole
            ? null
            : $"{symbol.Place}: {symbol.Size} bytes at byte {symbol.Value} are not whole slots of {section.Place}, "
                + $"which has {section.Size} bytes";
    }

    // A class, not a tuple: collections of references are compiled ahead of time, and a process starts sooner.
    private sealed record Named(ElfSymbol Symbol, ElfSection Section, int Slot);
}

using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Semantics;

namespace RbpfSpec.Images.Elf;

/// <summary>Reads ELF64 relocatable objects as <c>clang -target bpf -c</c> writes them.</summary>
/// <remarks>
/// A program's data become one region a section: writable as the section is, at addresses that
/// <see cref="RegionLayout"/> gives. Which instructions become the program is told at <see cref="ElfProgram"/>.
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
        if (!ElfFile.TryRead(bytes, out var file, out problem)
            || !ElfProgram.TryChoose(file, options, out var program, out problem)
            || !ElfData.TryPlace(file, program, options.BaseAddress, out var data, out problem))
        {
            return false;
        }

        var relocator = new ElfRelocator(file, program, data);
        if (!relocator.TryLinkProgram(out var text, out problem)
            || !TryReadRegions(data, relocator, out var regions, out problem)
            || !TryReadNames(file, program, out var functions, out var labels, out problem))
        {
            return false;
        }

        image = new()
        {
            Format = ImageFormat.Elf,
            Program = Sequence.Of<byte>(text),
            Entry = program.Entry,
            Regions = regions,
            Functions = functions,
            Labels = labels,
            Notes = program.Notes,
        };
        return true;
    }

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
        var named =
            from symbol in file.Symbols
            where symbol.IsFunction || symbol.IsLabel
            let section = file.SectionOf(symbol)
            where section is not null
            let part = program.PartOf(section)
            where part is not null
            select new Named(symbol, part.Section, part.FirstSlot + (long)(symbol.Value / ProgramSlots.Size));
        var all = named.OrderBy(static name => name.Slot).ToList();

        functions = [];
        labels = [];
        problem = all
            .Select(static name => NameProblem(name.Symbol, name.Section))
            .FirstOrDefault(static found => found is not null);
        if (problem is not null) return false;

        functions = all
            .Where(static name => name.Symbol.IsFunction)
            .Select(static name => new ImageFunction(
                name.Symbol.Name, (int)name.Slot, (int)(name.Symbol.Size / ProgramSlots.Size)))
            .ToSequence();
        labels = all
            .Where(static name => name.Symbol.IsLabel)
            .Select(static name => new ImageLabel(name.Symbol.Name, (int)name.Slot))
            .ToSequence();
        return true;
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
    private sealed record Named(ElfSymbol Symbol, ElfSection Section, long Slot);
}

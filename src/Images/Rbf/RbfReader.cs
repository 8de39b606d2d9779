using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Rbf;

/// <summary>Reads RBF containers, the binary format of Femto-Containers and its generator <c>gen_rbf.py</c>.</summary>
/// <remarks>
/// The container's LDDWD and LDDWR load addresses relative to the data; the loader knows where the data lie, so they
/// become LDDW here and no machine needs them. The program starts at slot 0 unless a function is asked for.
/// Time and memory grow with the length of the file n as n log n.
/// </remarks>
internal static class RbfReader
{
    /// <summary>The container's own opcode of a wide load of an address in its data.</summary>
    internal const byte LoadDataAddress = 0xb8;

    /// <summary>The same of an address in its read-only data.</summary>
    internal const byte LoadReadOnlyDataAddress = 0xd8;

    private const string DataName = ".data";
    private const string ReadOnlyDataName = ".rodata";
    private const string TextName = ".text";

    private const string ReversedMagicNote =
        "the magic is 46 50 42 72, the C headers' 0x72425046 in little-endian order; gen_rbf.py writes 72 42 50 46";

    /// <summary>Reads a container.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> bytes, ImageOptions options) =>
        TryRead(bytes, options, out var image, out var problem)
            ? new ImageResult.Loaded(image)
            : new ImageResult.Malformed(problem);

    private static bool TryRead(
        ReadOnlySpan<byte> bytes,
        ImageOptions options,
        [NotNullWhen(true)] out Image? image,
        [NotNullWhen(false)] out string? problem)
    {
        image = null;
        if (!RbfHeader.TryRead(bytes, out var header, out problem)) return false;

        // The header's lengths add up to the file's, so every slice below exists.
        var data = bytes.Slice(RbfHeader.Size, (int)header.DataLength);
        var readOnlyData = bytes.Slice(RbfHeader.Size + data.Length, (int)header.ReadOnlyDataLength);
        var text = bytes.Slice(RbfHeader.Size + data.Length + readOnlyData.Length, (int)header.TextLength).ToArray();
        var entries = bytes[^((int)header.Functions * RbfHeader.FunctionSize)..];

        if (!TryPlace(data, readOnlyData, options.BaseAddress, out var regions, out problem)
            || !TryRewriteLoads(text, regions, out problem)
            || !RbfFunctions.TryRead(entries, readOnlyData, text.Length, out var functions, out problem)
            || !TryChooseEntry(functions, options, out var entry, out problem))
        {
            return false;
        }

        image = new()
        {
            Format = ImageFormat.Rbf,
            Program = Sequence.Of<byte>(text),
            Entry = entry,
            Regions = regions,
            Functions = functions,
            Notes = header.IsMagicReversed ? [ReversedMagicNote] : [],
        };
        return true;
    }

    private static bool TryPlace(
        ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> readOnlyData,
        ulong baseAddress,
        out Sequence<ImageRegion> regions,
        [NotNullWhen(false)] out string? problem)
    {
        ImageRegion[] wanted =
        [
            new(DataName, 0, Sequence.Of(data), Permission.ReadWrite),
            new(ReadOnlyDataName, 0, Sequence.Of(readOnlyData), Permission.Read),
        ];
        wanted = Array.FindAll(wanted, static region => !region.Bytes.IsEmpty);

        RegionRequest[] requests =
            [.. wanted.Select(region => new RegionRequest(region.Name, (ulong)region.Bytes.Count, Alignment: 0))];
        var placed = RegionLayout.TryPlace(requests, baseAddress, out var addresses, out problem);
        regions = wanted.Zip(addresses, static (region, address) => region with { Address = address }).ToSequence();
        return placed;
    }

    private static bool TryRewriteLoads(
        Span<byte> text, Sequence<ImageRegion> regions, [NotNullWhen(false)] out string? problem)
    {
        ReadOnlySpan<byte> wide = [ProgramSlots.LoadDoubleWord, LoadDataAddress, LoadReadOnlyDataAddress];
        var starts = ProgramSlots.Starts(text, wide);
        for (var slot = 0; slot < starts.Length; slot++)
        {
            var opcode = ProgramSlots.Opcode(text, slot);
            if (!starts[slot] || !wide.Contains(opcode)) continue;

            if (slot + 1 >= text.Length / ProgramSlots.Size)
            {
                problem = $"text, slot {slot}: opcode {opcode:x2} takes two slots, "
                    + $"but the text ends after {text.Length / ProgramSlots.Size}";
                return false;
            }

            if (opcode is ProgramSlots.LoadDoubleWord) continue;

            if (text.Slice((slot + 1) * ProgramSlots.Size, sizeof(uint)).ContainsAnyExcept((byte)0))
            {
                problem = $"text, slot {slot + 1}: the second slot of opcode {opcode:x2} holds "
                    + $"{ProgramSlots.Describe(text, slot + 1)}; all but its immediate must be zero";
                return false;
            }

            var name = opcode is LoadDataAddress ? DataName : ReadOnlyDataName;
            if (regions.FirstOrDefault(region => region.Name == name) is not { } region)
            {
                problem = $"text, slot {slot}: opcode {opcode:x2} loads an address in {name}, which is empty";
                return false;
            }

            RewriteLoad(text, slot, region.Address);
        }

        problem = null;
        return true;
    }

    private static void RewriteLoad(Span<byte> text, int slot, ulong start)
    {
        var low = unchecked((uint)ProgramSlots.Immediate(text, slot));
        var high = unchecked((uint)ProgramSlots.Immediate(text, slot + 1));
        text[slot * ProgramSlots.Size] = ProgramSlots.LoadDoubleWord;
        ProgramSlots.PutAddress(text, slot, unchecked(start + (((ulong)high << 32) | low)));
    }

    private static bool TryChooseEntry(
        Sequence<ImageFunction> functions,
        ImageOptions options,
        out int entry,
        [NotNullWhen(false)] out string? problem)
    {
        entry = 0;
        if (options.Section is { } section && section != TextName)
        {
            problem = $"there is no section '{section}' with instructions; a container has one, {TextName}";
            return false;
        }

        ImageFunction[] named = [.. functions.Where(function => function.Name == options.Function)];
        problem = (options.Function, named) switch
        {
            (null, _) or (_, [_]) => null,
            ({ } name, []) => $"there is no function '{name}'; there is {NameList.Of(functions.Select(function => function.Name))}",
            ({ } name, _) => $"{named.Length} functions are named '{name}'; one is expected",
        };
        if (named is [var only]) entry = only.Slot;
        return problem is null;
    }
}

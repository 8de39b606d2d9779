using System.Globalization;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Ranges.Findings;

/// <summary>Names for numbered values: the length, what a place held where ways met, what an instruction made.</summary>
public static class ValueNames
{
    /// <summary>As in <c>length</c>, <c>r3@14</c>, <c>stack[504]@14</c> or <c>rounds@17</c>.</summary>
    public static string Of(long value, ControlFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var node = Numbers.NodeOf(value);
        if (node < 0 || node >= flow.Nodes.Count) return "length";
        var slot = flow.Nodes[node].Slot.ToString(CultureInfo.InvariantCulture);
        var place = Numbers.PlaceOf(value);
        if (!Numbers.IsOwn(value, node)) return string.Create(CultureInfo.InvariantCulture, $"r{place}@{slot}");
        return place == Places.Counter(node) ? $"rounds@{slot}" : $"{Places.NameOf(place)}@{slot}";
    }

    /// <summary>A word with what it is made of, as in <c>[0, 255] = r3@2 + 1</c> or <c>context + [0, 63] = context + r3@2</c>.</summary>
    public static string Of(RangeWord word, AnalysedProgram program, ControlFlow flow)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Link is not { } link || word.IsKnown(out _)) return Short(word, program);
        if (BaseOf(word, program) is not { } region) return $"{Short(word, program)} = {Of(link, flow)}";
        return $"{Short(word, program)} = {region.Name} + {Of(link with { Offset = link.Offset - region.Start }, flow)}";
    }

    /// <summary>A multiple of a value, as in <c>4·r3@2 + 8</c>.</summary>
    public static string Of(Link link, ControlFlow flow) =>
        LinearForm.Of(link.Value, (long)link.Scale, (long)link.Offset).ToString(value => Of(value, flow));

    /// <summary>The words that one may be, as in <c>[0, 63]</c>, <c>any, a multiple of 4</c> or <c>context + 8</c>.</summary>
    public static string Short(RangeWord word, AnalysedProgram program)
    {
        ArgumentNullException.ThrowIfNull(word);
        return BaseOf(word, program) is { } region
            ? $"{region.Name} + {Text(word.Values - ValueRange<Word>.Constant(Word.Of(region.Start)))}"
            : Text(word.Values);
    }

    /// <summary>The region that an address is an offset from; null if it is none, or that cannot be told.</summary>
    public static AnalysedRegion? BaseOf(RangeWord word, AnalysedProgram program)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(program);
        if (word.Width != Width.Bits64) return null;
        return Regions(program).FirstOrDefault(region => (word.Link is { } link && IsNear(link.Offset - region.Start, region))
            || (IsNear(word.Values.Least.Value - region.Start, region)
                && word.Values.GreatestSigned.Signed - (long)region.Start <= AddressSpaceOf(region)));
    }

    private static IEnumerable<AnalysedRegion> Regions(AnalysedProgram program)
    {
        foreach (var region in program.AllRegions) yield return region;
        var size = (ulong)program.Profile.FrameBytes;
        yield return new("stack", AddressSpace.Stack, RangeWord.Constant(size, Width.Bits64), Permission.ReadWrite, []);
    }

    // An offset that is little more than the region is long, or little less than its start.
    private static bool IsNear(ulong offset, AnalysedRegion region) =>
        (long)offset >= -(1 << 16) && (long)offset <= AddressSpaceOf(region);

    private static long AddressSpaceOf(AnalysedRegion region) => (long)region.Length.Values.Greatest.Value + (1 << 16);

    // Bits that are known are told where a number divides the words, or where they are not many.
    private static string Text(ValueRange<Word> values)
    {
        var zeros = System.Numerics.BitOperations.TrailingZeroCount(values.Bits.Value.Value | values.Bits.Mask.Value);
        var isMultiple = values.Bits.Value.Value == 0 && zeros is > 0 and < 64;
        var bounds = values.Arc.ToString();
        return values.ToString() == bounds || values.Arc.Span.Value == 0 ? values.ToString()
            : isMultiple && values.Bits.Mask.Value >> zeros > ushort.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"{bounds}, a multiple of {1UL << zeros}")
            : values.Bits.Mask.Value > uint.MaxValue ? bounds
            : values.ToString();
    }
}

namespace RbpfSpec.Conformance.Generation;

/// <summary>Numbers at which machines go wrong, and others that a seed gives.</summary>
internal static class EdgeValues
{
    // Along the diagonals, where the sum of their places is small; what lies beyond has not shown anything new.
    private const int MostPairs = 260;

    private static readonly ulong[] Patterns =
    [
        0x8192_a3b4_c5d6_e7f8, 0x1234_5678_9abc_def0, 0xfedc_ba98_7654_3210, 0x0f1e_2d3c_4b5a_6978, 0x7fee_ddcc_bbaa_9988,
    ];

    private static readonly ulong[] Edges =
    [
        0, 1, ulong.MaxValue, 2, unchecked((ulong)-2), 3, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x1_0000,
        0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000, 0x1_0000_0001, 0x1_0000_0002,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0xffff_ffff_0000_0000,
        0xffff_ffff_8000_0000, 0xffff_ffff_7fff_ffff, 0x8000_0000_8000_0000, 0x8000_0000_ffff_ffff, 31, 32, 33, 63, 64,
        65, 0x1_0000_0020, 0x1_0000_0040, 40, 4, 8, 16,
    ];

    /// <summary>Operands of 64 bits, the most telling first, then those of a seed.</summary>
    public static IReadOnlyList<ulong> Words(int seed)
    {
        var dice = new Dice((ulong)seed);
        return [.. Patterns, .. Edges, .. Enumerable.Range(0, 8).Select(_ => dice.Next())];
    }

    /// <summary>Immediates whose lower half says nothing of them.</summary>
    public static IReadOnlyList<int> LongImmediates { get; } = [0x1234_5678, unchecked((int)0x9abc_def0)];

    /// <summary>Immediates of 32 bits, the most telling first.</summary>
    public static IReadOnlyList<int> Immediates(int seed) =>
        [.. Words(seed).Select(word => unchecked((int)word)).Distinct().OrderBy(word => word is 0 or 1 ? 1 : 0)];

    /// <summary>Pairs of operands: patterns against patterns first, then every pair, those with equal parts among them.</summary>
    public static IEnumerable<(ulong Left, ulong Right)> Pairs(int seed)
    {
        var words = Words(seed);
        foreach (var i in Enumerable.Range(0, Patterns.Length)) yield return (Patterns[i], Patterns[(i + 1) % Patterns.Length]);
        foreach (var pattern in (ulong[])[.. Patterns, 1])
        {
            yield return (pattern, pattern ^ 0xffff_ffff_0000_0000);
            yield return (pattern, pattern);
        }

        var count = 0;
        for (var sum = 0; sum < words.Count && count < MostPairs; sum++)
        {
            for (var left = 0; left <= sum; left++, count++) yield return (words[left], words[sum - left]);
        }
    }

    /// <summary>Immediates at the edges of bytes, half words and words, and others that no cut leaves as they are.</summary>
    public static IReadOnlyList<int> EdgeImmediates { get; } =
    [
        0, 1, -1, 127, 128, -128, 255, 256, 0x7fff, 0x8000, 0xffff, int.MinValue, int.MaxValue, 0x1234_5678, unchecked((int)0x9abc_def0),
        0x100, 0x180, 0x800, 0x4000, -2, -256, -0x8000, 2, 8, 31, 32, 33, 63, 64,
    ];

    /// <summary>Whether a number, read at a width, is what a class says.</summary>
    public static IEnumerable<Class> Classes(string what, ulong value, Width width)
    {
        var word = Word.Wrap(value, width);
        var least = 1UL << (width.Bits - 1);
        yield return word.Value switch
        {
            0 => Class.Wanted($"{what} is zero"),
            1 => Class.Of($"{what} is one"),
            _ when word.Value == width.Mask => Class.Wanted($"all bits of {what} are set"),
            _ when word.Value == least => Class.Wanted($"{what} is the least signed number"),
            _ when word.Value == least - 1 => Class.Of($"{what} is the greatest signed number"),
            _ when word.Signed < 0 => Class.Wanted($"{what} has its sign bit set"),
            _ => Class.Of($"{what} is positive"),
        };
        if (width.Bits is 32 && value > uint.MaxValue) yield return Class.Wanted($"{what} has bits above the 32 that count");
    }
}

/// <summary>Numbers from a seed, the same on every machine: SplitMix64.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next number, 64 bits.</summary>
    public ulong Next()
    {
        state = unchecked(state + 0x9e37_79b9_7f4a_7c15);
        var mixed = unchecked((state ^ (state >> 30)) * 0xbf58_476d_1ce4_e5b9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb);
        return mixed ^ (mixed >> 31);
    }
}

using System.Globalization;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Measures;

namespace RbpfSpec.Ranges.Tests.Domain;

/// <summary>Tries operations on all sets of words of a small width.</summary>
internal static class Tried
{
    /// <summary>4 bits, or as many as <c>RBPFSPEC_RANGE_BITS</c> says, at most 6.</summary>
    public static Width Width { get; } =
        Width.Of(int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_RANGE_BITS") ?? "4", CultureInfo.InvariantCulture));

    /// <summary>All tristate numbers.</summary>
    public static SmallSets<Tnum<Word>> Tnums { get; } = SmallSets.Tnums(Width);

    /// <summary>All arcs.</summary>
    public static SmallSets<Arc<Word>> Arcs { get; } = SmallSets.Arcs(Width);

    /// <summary>Fails unless the results of an operation on members of two sets are members of the resulting set.</summary>
    public static void IsSound<TSet>(
        SmallSets<TSet> sets, Func<TSet, TSet, TSet> operation, Func<TSet, Word, bool> contains, Func<Word, Word, Word> ofWords)
    {
        var table = Table(sets.Width, ofWords);
        for (var i = 0; i < sets.Sets.Count; i++)
        {
            for (var j = 0; j < sets.Sets.Count; j++)
            {
                var image = Image(table, sets.Members[i], sets.Members[j]);
                var result = operation(sets.Sets[i], sets.Sets[j]);
                var members = SmallSets.MembersOf(sets.Width, word => contains(result, word));
                Assert.True(
                    (image & ~members) == 0,
                    $"{sets.Sets[i]} and {sets.Sets[j]} give {result}, but {image & ~members:x} are left out");
            }
        }
    }

    /// <summary>The results of an operation on all pairs of words.</summary>
    public static ulong[][] Table(Width width, Func<Word, Word, Word> ofWords) =>
    [
        .. SmallSets.Words(width).Select(left => (ulong[])
            [.. SmallSets.Words(width).Select(right => 1UL << (int)ofWords(left, right).Value)]),
    ];

    /// <summary>The results on the members of two sets.</summary>
    public static ulong Image(ulong[][] table, ulong left, ulong right)
    {
        ulong image = 0;
        for (var x = 0; x < table.Length; x++)
        {
            if (((left >> x) & 1) == 0) continue;
            var row = table[x];
            for (var y = 0; y < row.Length; y++)
            {
                if (((right >> y) & 1) != 0) image |= row[y];
            }
        }

        return image;
    }
}

using System.Numerics;
using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Measures;

/// <summary>All sets of words of a small width, with their members: so that operations are tried on all of them.</summary>
/// <remarks>Members are a bit each of a number, the word's value being the place; so at most 6 bits a word.</remarks>
/// <typeparam name="TSet">The sets.</typeparam>
/// <param name="Width">The width of the words.</param>
/// <param name="Sets">The sets.</param>
/// <param name="Members">The members of each.</param>
public sealed record SmallSets<TSet>(Width Width, IReadOnlyList<TSet> Sets, IReadOnlyList<ulong> Members);

/// <summary>Lists all sets of words of a small width.</summary>
public static class SmallSets
{
    private const int MostBits = 6;

    /// <summary>All words of a width.</summary>
    public static IEnumerable<Word> Words(Width width) =>
        Enumerable.Range(0, 1 << width.Bits).Select(value => Word.Wrap((ulong)value, width));

    /// <summary>All tristate numbers.</summary>
    public static SmallSets<Tnum<Word>> Tnums(Width width) => Of(
        width,
        from value in Words(width)
        from mask in Words(width)
        let tnum = new Tnum<Word>(value, mask)
        where tnum.IsWellFormed.Value
        select tnum,
        (tnum, word) => tnum.Contains(word).Value);

    /// <summary>All arcs.</summary>
    public static SmallSets<Arc<Word>> Arcs(Width width) => Of(
        width,
        (from start in Words(width)
         from span in Words(width)
         where span.Value != width.Mask
         select new Arc<Word>(start, span)).Append(Arc<Word>.Full(width)),
        (arc, word) => arc.Contains(word).Value);

    /// <summary>All arcs that do not go from the greatest unsigned word on to zero.</summary>
    public static SmallSets<Arc<Word>> Intervals(Width width) => Of(
        width,
        from lowest in Words(width)
        from highest in Words(width)
        where lowest.Value <= highest.Value
        select Arc<Word>.Between(lowest, highest),
        (arc, word) => arc.Contains(word).Value);

    /// <summary>The members of a set.</summary>
    public static ulong MembersOf(Width width, Func<Word, bool> contains) =>
        Words(width).Aggregate(0UL, (members, word) => contains(word) ? members | (1UL << (int)word.Value) : members);

    /// <summary>The number of members of the least tristate number that has all of some words.</summary>
    public static int LeastTnum(Width width, ulong members)
    {
        var (all, any) = (width.Mask, 0UL);
        foreach (var word in Places(members)) (all, any) = (all & word, any | word);
        return 1 << BitOperations.PopCount(all ^ any);
    }

    /// <summary>The number of members of the shortest arc that has all of some words.</summary>
    public static int ShortestArc(Width width, ulong members)
    {
        var count = 1 << width.Bits;
        ulong[] words = [.. Places(members)];
        var gap = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var next = words[(i + 1) % words.Length] + (i + 1 == words.Length ? (ulong)count : 0);
            gap = Math.Max(gap, (int)(next - words[i]) - 1);
        }

        return count - gap;
    }

    /// <summary>The number of words of the least unsigned interval that has all of some words.</summary>
    public static int LeastInterval(ulong members) =>
        64 - BitOperations.LeadingZeroCount(members) - BitOperations.TrailingZeroCount(members);

    private static IEnumerable<ulong> Places(ulong members)
    {
        for (; members != 0; members &= members - 1) yield return (ulong)BitOperations.TrailingZeroCount(members);
    }

    private static SmallSets<TSet> Of<TSet>(Width width, IEnumerable<TSet> sets, Func<TSet, Word, bool> contains)
    {
        if (width.Bits > MostBits) throw new ArgumentOutOfRangeException(nameof(width), $"{width} are more than {MostBits}");
        TSet[] all = [.. sets];
        return new(width, all, [.. all.Select(set => MembersOf(width, word => contains(set, word)))]);
    }
}

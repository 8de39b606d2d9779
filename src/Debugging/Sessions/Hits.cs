using System.Collections.Immutable;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>Where in the run breakpoints were hit, as far as it was gone through.</summary>
/// <param name="Positions">By the number of the breakpoint the positions, ascending.</param>
/// <remarks>
/// A hit counts once, however often the run goes back and comes by again: its number is how many of them lie up to there.
/// </remarks>
internal sealed record Hits(ImmutableDictionary<int, ImmutableList<long>> Positions)
{
    /// <summary>None yet.</summary>
    public static Hits None { get; } = new(ImmutableDictionary<int, ImmutableList<long>>.Empty);

    /// <summary>The hits and one at a position, its number, and whether it is new.</summary>
    public (Hits All, int Number, bool IsNew) With(int breakpoint, long position)
    {
        var known = Positions.GetValueOrDefault(breakpoint, []);
        var index = known.BinarySearch(position);
        return index >= 0
            ? (this, index + 1, false)
            : (new(Positions.SetItem(breakpoint, known.Insert(~index, position))), ~index + 1, true);
    }

    /// <summary>The hits up to a position; what came after is forgotten.</summary>
    public Hits UpTo(long position) => new(Positions.ToImmutableDictionary(
        static known => known.Key,
        known => known.Value.RemoveAll(hit => hit > position)));

    /// <summary>The hits of some breakpoints only.</summary>
    public Hits Of(IEnumerable<int> breakpoints)
    {
        var kept = breakpoints.ToHashSet();
        return new(Positions.RemoveRange(Positions.Keys.Where(one => !kept.Contains(one))));
    }
}

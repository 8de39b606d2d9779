using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>A workshop whose benches share all that there is, and keep nothing of their own.</summary>
/// <param name="work">The result of a piece.</param>
internal sealed class SharedBench(Func<string, CancellationToken, string> work) : IWorkshop, IWorkbench
{
    public IWorkbench Bench() => this;

    public string Do(string piece, CancellationToken cancellation) => work(piece, cancellation);

    public void Dispose()
    {
        // It holds nothing.
    }

    /// <summary>The profile of a name that a plan has.</summary>
    public static Profile Profile(string name) => Semantics.Profiles.Profile.All.First(profile => profile.Name == name);
}

/// <summary>Some of many, from one number to before another, as a piece.</summary>
internal static class Range64
{
    /// <summary>All of a count in pieces.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="parts">In how many pieces at least, if there is enough for them.</param>
    /// <param name="least">How many a piece has at least, but for the last one.</param>
    /// <param name="most">How many a piece has at most.</param>
    public static IEnumerable<(ulong First, ulong End)> Pieces(ulong count, ulong parts, ulong least, ulong most)
    {
        var size = Math.Clamp(count / parts, least, most);
        for (var first = 0UL; first < count; first += size) yield return (first, Math.Min(count, first + size));
    }

    /// <summary>A piece as text.</summary>
    public static string Text((ulong First, ulong End) piece) => $"{piece.First} {piece.End}";

    /// <summary>The piece of a text.</summary>
    public static (ulong First, ulong End) Read(string piece)
    {
        var numbers = Array.ConvertAll(piece.Split(' '), ulong.Parse);
        return (numbers[0], numbers[1]);
    }
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>The result of a search for an input.</summary>
public abstract record SearchResult
{
    private SearchResult()
    {
    }

    /// <summary>There is at least one.</summary>
    /// <param name="Witnesses">Those found, no two with the same context; at least one.</param>
    /// <param name="AreAll">Whether it is proved that there are no others.</param>
    public sealed record Found(Sequence<Witness> Witnesses, bool AreAll) : SearchResult;

    /// <summary>There is none: every input takes one of the paths, and none of these is what was looked for.</summary>
    /// <param name="Paths">How many paths there are; of two programs, how many pairs.</param>
    /// <param name="Steps">The instructions on the longest of them.</param>
    public sealed record None(int Paths, int Steps) : SearchResult;

    /// <summary>Nothing is known.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Limit">The limit that was met, if it was one.</param>
    public sealed record Undecided(string Reason, Limit Limit) : SearchResult;
}

/// <summary>An input that is what was looked for.</summary>
/// <param name="Input">The input.</param>
/// <param name="Ends">What the concrete machine makes of it: the end of each program asked about.</param>
public sealed record Witness(Input Input, Sequence<Outcome<Word>> Ends);

/// <summary>Which slots of a program some input reaches.</summary>
/// <param name="Unreached">The instructions, by slot, that no path followed comes to.</param>
/// <param name="Doubt">Why others might be reached after all; nothing if all paths were followed to their ends.</param>
public sealed record Coverage(Sequence<int> Unreached, SearchResult.Undecided? Doubt);

/// <summary>How far a search has come.</summary>
/// <param name="Paths">The paths that have ended.</param>
/// <param name="Waiting">The paths that wait to be followed.</param>
/// <param name="Questions">The questions that the solver was asked.</param>
/// <param name="Merges">Whether paths that meet go on as one.</param>
public readonly record struct SearchProgress(int Paths, int Waiting, int Questions, bool Merges);

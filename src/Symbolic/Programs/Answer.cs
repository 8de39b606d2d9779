using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>What a search for an input came to.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>There is one.</summary>
    /// <param name="Input">The input.</param>
    /// <param name="Ends">What the concrete machine makes of it: the end of each program asked about.</param>
    public sealed record Found(Input Input, Sequence<Outcome<Word, Bit>> Ends) : Answer;

    /// <summary>There is none: every input takes one of the paths, and none of these is what was looked for.</summary>
    /// <param name="Paths">How many paths there are; of two programs, how many pairs.</param>
    /// <param name="Steps">The instructions on the longest of them.</param>
    public sealed record None(int Paths, int Steps) : Answer;

    /// <summary>Nothing is known.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Undecided(string Reason) : Answer;
}

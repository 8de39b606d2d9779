namespace RbpfSpec.Proving.Runs;

/// <summary>The end of a run of <c>prove</c>.</summary>
public abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>It came to its end, or was interrupted.</summary>
    /// <param name="Verdict">What is known of all that was tried.</param>
    public sealed record Ended(RunVerdict Verdict) : RunEnd;

    /// <summary>All is proved, but not all files could be written, as was told.</summary>
    public sealed record NotKept : RunEnd;

    /// <summary>It could not begin.</summary>
    /// <param name="Problem">Why, and what would be right.</param>
    public sealed record Refused(string Problem) : RunEnd;
}

/// <summary>The verdict on all that a run tried; what is bad outweighs what is undecided.</summary>
public enum RunVerdict
{
    /// <summary>All claims are proved, or all mutants found.</summary>
    Holds,

    /// <summary>A claim is refuted, or a mutant found by no claim.</summary>
    Fails,

    /// <summary>Something is undecided.</summary>
    Undecided,
}

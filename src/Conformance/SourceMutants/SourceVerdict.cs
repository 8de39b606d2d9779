namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>The verdict on the program that a mutant was built into.</summary>
public abstract record SourceVerdict
{
    private SourceVerdict()
    {
    }

    /// <summary>The build failed, or left no program.</summary>
    public sealed record NotBuilt : SourceVerdict;

    /// <summary>The program is, byte for byte, that of the source.</summary>
    public sealed record SameAsSource : SourceVerdict;

    /// <summary>A vector shows it.</summary>
    /// <param name="By">How.</param>
    /// <param name="Vector">The vector's name.</param>
    /// <param name="Reason">What the machine did.</param>
    public sealed record Killed(KilledBy By, string Vector, string Reason) : SourceVerdict;

    /// <summary>No vector shows it.</summary>
    public sealed record Survived : SourceVerdict;
}

/// <summary>How a vector shows a mutant.</summary>
public enum KilledBy
{
    /// <summary>By an answer that is not the vector's.</summary>
    Deviation,

    /// <summary>The machine ended.</summary>
    Crash,

    /// <summary>It did not answer in time.</summary>
    TimeOut,
}

/// <summary>A mutant, and what became of it.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Verdict">What became of its program.</param>
/// <param name="SameAs">The first mutant with the same program, byte for byte; null if it is the first.</param>
/// <param name="Equivalent">Why it is listed as equivalent, or the mutant with the same program is; null if none is.</param>
public sealed record TriedSourceMutant(SourceMutant Mutant, SourceVerdict Verdict, SourceMutant? SameAs, string? Equivalent);

/// <summary>The verdicts on all mutants.</summary>
/// <param name="Mutants">Each, in the order of the sources.</param>
public sealed record SourceScore(Sequence<TriedSourceMutant> Mutants)
{
    /// <summary>Those with a program of their own: neither the source's nor that of one before.</summary>
    public IEnumerable<TriedSourceMutant> Distinct =>
        Mutants.Where(mutant => mutant is { SameAs: null, Verdict: SourceVerdict.Killed or SourceVerdict.Survived });

    /// <summary>How many could not be built.</summary>
    public int NotBuilt => Mutants.Count(mutant => mutant.Verdict is SourceVerdict.NotBuilt);

    /// <summary>How many have the program of the source.</summary>
    public int SameAsSource => Mutants.Count(mutant => mutant.Verdict is SourceVerdict.SameAsSource);

    /// <summary>How many have the program of another.</summary>
    public int Duplicates => Mutants.Count(mutant => mutant.SameAs is not null);

    /// <summary>How many distinct ones a vector shows.</summary>
    public int Killed => Distinct.Count(mutant => mutant.Verdict is SourceVerdict.Killed);

    /// <summary>Those distinct ones that no vector shows, and that are not listed as equivalent.</summary>
    public Sequence<TriedSourceMutant> Survivors =>
        [.. Distinct.Where(mutant => mutant is { Verdict: SourceVerdict.Survived, Equivalent: null })];

    /// <summary>Those distinct ones that no vector shows because, as is listed, there is nothing to show.</summary>
    public Sequence<TriedSourceMutant> Equivalents =>
        [.. Distinct.Where(mutant => mutant is { Verdict: SourceVerdict.Survived, Equivalent: not null })];

    /// <summary>Those distinct ones that are listed as equivalent, though a vector shows them.</summary>
    public Sequence<TriedSourceMutant> WronglyListed =>
        [.. Distinct.Where(mutant => mutant is { Verdict: SourceVerdict.Killed, Equivalent: not null })];

    /// <summary>How many distinct ones a vector shows in one way.</summary>
    public int KilledBy(KilledBy way) => Distinct.Count(mutant => mutant.Verdict is SourceVerdict.Killed killed && killed.By == way);
}

using RbpfSpec.Certifying;
using RbpfSpec.Proving.Campaigns;

namespace RbpfSpec.Proving.Claims;

/// <summary>The verdict on a claim or on a mutant of one.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>It holds.</summary>
    /// <param name="Witness">Of a possibility, the values that show it; else empty.</param>
    public sealed record Proved(Sequence<string> Witness) : Verdict;

    /// <summary>It does not hold.</summary>
    /// <param name="Counterexample">
    /// A program and a state that show it on the concrete machine; of a possibility, that there is none.
    /// </param>
    public sealed record Refuted(Sequence<string> Counterexample) : Verdict;

    /// <summary>Nothing is known; not a pass.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Undecided(string Reason) : Verdict;

    /// <summary>One word: proved, refuted or undecided.</summary>
    public string Word => this switch
    {
        Proved => "proved",
        Refuted => "refuted",
        Undecided => "undecided",
    };

    /// <summary>The lines that show it.</summary>
    public Sequence<string> Shown => this switch
    {
        Proved(var witness) => witness,
        Refuted(var counterexample) => counterexample,
        Undecided(var reason) => [reason],
    };
}

/// <summary>A mutant's fate.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Verdict">Refuted is what it must be.</param>
public sealed record MutantResult(Mutant Mutant, Verdict Verdict);

/// <summary>All that is known of a claim after it was tried.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Verdict">The claim's own verdict, the mutants' fates counted in: a claim whose mutant survives is refuted.</param>
/// <param name="Mutants">Each mutant with its fate.</param>
/// <param name="ScriptHash">SHA-256 of the claim's script and of its mutants' scripts, hexadecimal.</param>
/// <param name="Time">How long it took.</param>
/// <param name="WasKnown">Whether the ledger had proved the same scripts, so that no solver was asked.</param>
public sealed record Result(
    Claim Claim, Verdict Verdict, Sequence<MutantResult> Mutants, string ScriptHash, TimeSpan Time, bool WasKnown)
{
    /// <summary>Whether it is certified that there is no counterexample; null if nobody asked, or it is not proved.</summary>
    public Certification? Certification { get; init; }

    /// <summary>How much of it a second solver decided; null if none was asked.</summary>
    public CrossCheckTally? CrossCheck { get; init; }
}

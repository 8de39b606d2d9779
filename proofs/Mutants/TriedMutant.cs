using RbpfSpec.Proving.Campaigns;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>The kinds of things that there are mutants of.</summary>
public enum MutantKind
{
    /// <summary>A rule of the semantics.</summary>
    Rule,

    /// <summary>The compiled code of an engine.</summary>
    Code,
}

/// <summary>Something with mutants, and with the claims that they are put to.</summary>
public interface IMutated
{
    /// <summary>The kind of thing that the mutants are of.</summary>
    MutantKind Kind { get; }

    /// <summary>The rule id, the variant and the profile, as in <c>alu/div32-x@rbpf</c>; of compiled code, the engine.</summary>
    string Id { get; }

    /// <summary>The change that makes each mutant.</summary>
    IEnumerable<string> Changes { get; }

    /// <summary>Puts the mutants to the claims.</summary>
    /// <param name="prover">Decides.</param>
    /// <param name="cancellation">Ends it before the next mutant.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    IEnumerable<TriedMutant> Hunt(Prover prover, CancellationToken cancellation);
}

/// <summary>A mutant, and its fate.</summary>
/// <param name="Kind">What it is a mutant of.</param>
/// <param name="Of">The id of that.</param>
/// <param name="Change">What is wrong with it.</param>
/// <param name="Fate">Its fate.</param>
public sealed record TriedMutant(MutantKind Kind, string Of, string Change, MutantFate Fate);

/// <summary>The fate of a mutant.</summary>
public abstract record MutantFate
{
    private MutantFate()
    {
    }

    /// <summary>A claim does not hold of it.</summary>
    /// <param name="Claim">The claim's id.</param>
    /// <param name="Counterexample">A state that shows it on the concrete machine.</param>
    public sealed record Killed(string Claim, Sequence<string> Counterexample) : MutantFate;

    /// <summary>The compiled code so changed is not understood, so a claim about it is not proved.</summary>
    /// <param name="Claim">The claim's id.</param>
    /// <param name="Reason">What is not understood.</param>
    public sealed record Rejected(string Claim, string Reason) : MutantFate;

    /// <summary>
    /// There is nothing to find: a mutant of a rule does what the rule does, for all values; of compiled code, every claim that
    /// meets the instruction is proved.
    /// </summary>
    public sealed record Equivalent : MutantFate;

    /// <summary>It does something else and no claim sees it: the claims have a gap.</summary>
    /// <param name="Difference">A state in which it differs from the rule.</param>
    public sealed record Gap(Sequence<string> Difference) : MutantFate;

    /// <summary>Nothing is known; not a pass.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Undecided(string Reason) : MutantFate;
}

using RbpfSpec.Proofs.Families;
using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>A rule in a scene, with the claims that its mutants are put to.</summary>
/// <param name="Scene">The scene, its registers known: so the mutants are those of the rule, and not of the register file.</param>
/// <param name="Claims">The claims about it, at least one.</param>
public sealed record MutatedRule(Scene Scene, Sequence<RuleClaim> Claims)
{
    private static readonly Allowance<TermWord> Unlimited = new Allowance<TermWord>.Unlimited();

    /// <summary>
    /// Every rule that has claims, in every scene; but once where it does the same in two profiles, for then its mutants
    /// are the same too.
    /// </summary>
    /// <param name="claims">The claims; those about one scene together.</param>
    public static Sequence<MutatedRule> Of(IEnumerable<RuleClaim> claims) =>
    [
        .. (from claim in claims
            group claim by claim.Scene.Id into about
            let scene = Regions.WithLemmas(about.First().Scene.WithRegisters(1, 2))
            select new MutatedRule(scene, [.. about.Select(claim => claim with { Scene = scene })]))
        .DistinctBy(rule => rule.Text),
    ];

    /// <summary>The mutants of the rule in this scene.</summary>
    public IEnumerable<RuleBug> Mutants => RuleBug.Systematic(Scene);

    // All that the rule does and could do, as text. What it leaves of the budget it does not do.
    private string Text
    {
        get
        {
            var effect = Scene.Execute();
            var state = effect.After.Budget == Scene.State.Budget ? effect.After with { Budget = new(Unlimited, Unlimited) } : effect.After;
            return string.Join('\n', (IEnumerable<string>)
            [
                $"{Scene.Form.Id}{Scene.Variant}",
                .. Claims.Select(claim => claim.Family),
                .. effect.Traps.Select(trap => $"{trap.Trap}: {trap.When.Fingerprint}"),
                $"{effect.Outcome.GetType()}",
                .. StateTerms.Observed(state).Select(term => $"{term.Fingerprint}"),
                .. Mutants.Select(mutant => mutant.Name),
            ]);
        }
    }
}

/// <summary>What became of a mutant of a rule.</summary>
/// <param name="Rule">The rule id, the variant and the profile, as in <c>alu/div32-x@rbpf</c>.</param>
/// <param name="Mutant">What is wrong with it.</param>
/// <param name="Fate">Its fate.</param>
public sealed record RuleMutant(string Rule, string Mutant, RuleMutantFate Fate);

/// <summary>What can become of a mutant of a rule.</summary>
public abstract record RuleMutantFate
{
    private RuleMutantFate()
    {
    }

    /// <summary>A claim does not hold of it.</summary>
    /// <param name="Claim">The claim's id.</param>
    /// <param name="Counterexample">A state that shows it on the concrete machine.</param>
    public sealed record Killed(string Claim, Sequence<string> Counterexample) : RuleMutantFate;

    /// <summary>It does what the rule does, for all values: there is nothing to find.</summary>
    public sealed record Equivalent : RuleMutantFate;

    /// <summary>It does something else and no claim sees it: the claims have a gap.</summary>
    /// <param name="Difference">A state in which it differs from the rule.</param>
    public sealed record Gap(Sequence<string> Difference) : RuleMutantFate;

    /// <summary>Nothing is known; not a pass.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Undecided(string Reason) : RuleMutantFate;
}

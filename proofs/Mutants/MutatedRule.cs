using RbpfSpec.Proofs.Families;
using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>A rule in a scene, with the claims that its mutants are put to.</summary>
/// <param name="Scene">The scene, its registers known: so the mutants are those of the rule, and not of the register file.</param>
/// <param name="Claims">The claims about it, at least one.</param>
public sealed record MutatedRule(Scene Scene, Sequence<RuleClaim> Claims) : IMutated
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

    public MutantKind Kind => MutantKind.Rule;

    public string Id => Scene.Id;

    public IEnumerable<string> Changes => Mutants.Select(mutant => mutant.Name);

    public IEnumerable<TriedMutant> Hunt(Prover prover, CancellationToken cancellation) => new MutantHunt(this, prover).Run(cancellation);

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

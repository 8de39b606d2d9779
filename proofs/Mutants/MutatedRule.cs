using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>A rule in a setup, with the claims that its mutants are put to.</summary>
/// <param name="Setup">The setup, its registers known: so the mutants are those of the rule, and not of the register file.</param>
/// <param name="Claims">The claims about it, at least one.</param>
public sealed record MutatedRule(Setup Setup, Sequence<RuleClaim> Claims) : IMutated
{
    private static readonly Allowance<TermWord> Unlimited = new Allowance<TermWord>.Unlimited();

    /// <summary>
    /// Every rule that has claims, in every setup; but once where it does the same in two profiles, for then its mutants
    /// are the same too.
    /// </summary>
    /// <param name="claims">The claims; those about one setup together.</param>
    public static Sequence<MutatedRule> Of(IEnumerable<RuleClaim> claims) =>
    [
        .. (from claim in claims
            group claim by claim.Setup.Id into about
            let setup = Regions.WithLemmas(about.First().Setup.WithRegisters(1, 2))
            select new MutatedRule(setup, [.. about.Select(claim => claim with { Setup = setup })]))
        .DistinctBy(rule => rule.Text),
    ];

    public MutantKind Kind => MutantKind.Rule;

    public string Id => Setup.Id;

    public IEnumerable<string> Changes => Mutants.Select(mutant => mutant.Name);

    public IEnumerable<TriedMutant> Hunt(Prover prover, CancellationToken cancellation) => new MutantHunt(this, prover).Run(cancellation);

    /// <summary>The mutants of the rule in this setup.</summary>
    public IEnumerable<SetupMutant> Mutants => SetupMutant.Systematic(Setup);

    // All that the rule does and could do, as text. What it leaves of the budget it does not do.
    private string Text
    {
        get
        {
            var effect = Setup.Execute();
            var state = effect.After.Budget == Setup.State.Budget ? effect.After with { Budget = new(Unlimited, Unlimited) } : effect.After;
            return string.Join('\n', (IEnumerable<string>)
            [
                $"{Setup.Form.Id}{Setup.Variant}",
                .. Claims.Select(claim => claim.Family),
                .. effect.Traps.Select(trap => $"{trap.Trap}: {trap.When.Fingerprint}"),
                $"{effect.Outcome.GetType()}",
                .. StateTerms.Observed(state).Select(term => $"{term.Fingerprint}"),
                .. Mutants.Select(mutant => mutant.Name),
            ]);
        }
    }
}

using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Looks for the claim that kills each mutant of a rule.</summary>
/// <remarks>
/// Values that killed one mutant often kill the next, so they are tried first. Then come values for which the mutant
/// differs from the rule: where there are none, it is equivalent; where they are, they mostly break a claim as they are.
/// </remarks>
/// <param name="rule">The rule.</param>
/// <param name="prover">Decides.</param>
public sealed class MutantHunt(MutatedRule rule, Prover prover)
{
    // A few mutants show for rare values only, and a solver takes seconds where it must divide.
    private const int Attempts = 200;

    private readonly Effect effect = rule.Setup.Execute();
    private readonly List<Assignment> killers = [];

    /// <summary>The mutants and their fates.</summary>
    /// <exception cref="OperationCanceledException">It was ended before the next mutant.</exception>
    public IEnumerable<TriedMutant> Run(CancellationToken cancellation = default)
    {
        foreach (var mutant in rule.Mutants)
        {
            cancellation.ThrowIfCancellationRequested();
            var fate = Fate(mutant.Effect());

            // What an interrupted solver says is no fate.
            cancellation.ThrowIfCancellationRequested();
            yield return new(rule.Kind, rule.Id, mutant.Name, fate);
        }
    }

    private MutantFate Fate(Effect mutated)
    {
        var agreement = new Proposition(
            rule.Setup.Hypotheses, effect.Agrees(mutated), values => SetupReplay.Of(rule.Setup, mutated, values));
        var difference = agreement.Question(ClaimKind.Always);
        if (difference.IsContradictory) return new MutantFate.Equivalent();
        var violations = rule.Claims.Map(claim => new Violation(claim, claim.About(mutated)));
        if (killers.Select(values => By(violations, values)).FirstOrDefault(fate => fate is not null) is { } known) return known;
        if (difference.Sample(Attempts) is { } sample && By(violations, sample) is { } sampled) return sampled;
        return prover.Search(difference, isLikely: false) switch
        {
            ModelSearch.Nothing => new MutantFate.Equivalent(),
            ModelSearch.Values(var model) => By(violations, model) ?? BySearch(violations) ?? Gap(agreement, model),
            ModelSearch.Undecided(var reason) => BySearch(violations) ?? new MutantFate.Undecided($"equivalence: {reason}"),
        };
    }

    // The first claim that is broken by some values.
    private MutantFate? By(IEnumerable<Violation> violations, Assignment values)
    {
        foreach (var violation in violations)
        {
            if (!violation.Question.IsMet(values)) continue;
            if (!killers.Contains(values)) killers.Add(values);
            return violation.Proposition.Replay(values) switch
            {
                Replay.Shown(var lines) => new MutantFate.Killed(violation.Claim.Id, lines),
                Replay.NotShown(var reason) => new MutantFate.Undecided($"{violation.Claim.Id}: the model does not replay: {reason}"),
            };
        }

        return null;
    }

    private MutantFate? BySearch(IReadOnlyList<Violation> violations)
    {
        string? unknown = null;
        foreach (var violation in violations)
        {
            switch (prover.Search(violation.Question, isLikely: false))
            {
                case ModelSearch.Values(var model):
                    return By([violation], model);
                case ModelSearch.Undecided(var reason):
                    unknown ??= $"{violation.Claim.Id}: {reason}";
                    break;
                case ModelSearch.Nothing:
                    break;
            }
        }

        return unknown is null ? null : new MutantFate.Undecided(unknown);
    }

    private static MutantFate Gap(Proposition agreement, Assignment values) => agreement.Replay(values) switch
    {
        Replay.Shown(var lines) => new MutantFate.Gap(lines),
        Replay.NotShown(var reason) => new MutantFate.Undecided($"equivalence: the model does not replay: {reason}"),
    };

    private sealed record Violation(RuleClaim Claim, Proposition Proposition)
    {
        public Question Question { get; } = Proposition.Question(ClaimKind.Always);
    }
}

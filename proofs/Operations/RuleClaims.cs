using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Operations;

/// <summary>A claim about the effect of a rule in a setup, open for any effect, so that mutants of the rule can be put to it.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Setup">The setup.</param>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Conclusion">The formula about an effect.</param>
/// <param name="Bugs">The mutants: changed effects, by what is wrong.</param>
public sealed record RuleClaim(
    string Family,
    Setup Setup,
    string Sentence,
    Clause Source,
    Func<Effect, Term> Conclusion,
    Sequence<SetupMutant> Bugs)
{
    /// <summary>Says which parts of an effect are not as they should be under a model, and how they should be, a line each.</summary>
    public Func<Effect, Assignment, IEnumerable<string>> Explain { get; init; } = (_, _) => [];

    /// <summary>The claims that it takes for granted.</summary>
    public Sequence<Claim> Lemmas { get; init; } = [];

    /// <summary>The id.</summary>
    public string Id => $"{Family}/{Setup.Id}";

    /// <summary>The claim about the rule itself, with its mutants.</summary>
    public Claim ToClaim() => new()
    {
        Id = Id,
        Sentence = Sentence,
        Source = Source,
        State = () => About(Setup.Execute()),
        Mutants = Bugs.Map(bug => new Mutant(bug.Name, () => About(bug.Effect()))),
        Lemmas = Lemmas,
    };

    /// <summary>The formulas of the claim about an effect.</summary>
    public Proposition About(Effect effect) => new(
        Setup.Hypotheses,
        Conclusion(effect),
        assignment => SetupReplay.Of(Setup, effect, assignment, Explain(effect, assignment)))
    {
        Suggested = NearAccess.Of(Setup),
    };
}

/// <summary>A mutant of a rule in a setup.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Effect">What it does.</param>
public sealed record SetupMutant(string Name, Func<Effect> Effect)
{
    /// <summary>
    /// Every mutant made by replacing one word operation of the rule, or by leaving out one guard or taking another trap for its
    /// own.
    /// </summary>
    public static IEnumerable<SetupMutant> Systematic(Setup setup)
    {
        foreach (var guard in Enumerable.Range(0, setup.Execute().Traps.Count))
        {
            yield return WithoutGuard(setup, guard);
            yield return new($"guard {guard} raises another trap", () =>
            {
                var effect = setup.Execute();
                var (trap, when) = effect.Traps[guard];
                return effect with
                {
                    Traps = effect.Traps.With(
                    guard, (trap is Trap.IllegalInstruction ? Trap.UnknownHelper : Trap.IllegalInstruction, when))
                };
            });
        }

        foreach (var changed in setup.Changes) yield return new(changed.ToString(), () => setup.Execute(changed));
    }

    /// <summary>The mutant that leaves out a guard.</summary>
    public static SetupMutant WithoutGuard(Setup setup, int guard) => new($"guard {guard} left out", () => setup.ExecuteWithout(guard));
}

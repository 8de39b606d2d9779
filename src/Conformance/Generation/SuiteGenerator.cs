using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Generation.Checks;
using RbpfSpec.Conformance.Generation.Encodings;
using RbpfSpec.Conformance.Generation.Programs;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Makes suites from the semantics.</summary>
/// <remarks>Of candidates at the edges of every rule it keeps those that show a new class of values, or find a mutant.</remarks>
public static class SuiteGenerator
{
    /// <summary>How many vectors a suite may have.</summary>
    public const int Most = 6000;

    // A prime number: of vectors that are worth the same, no rule loses more than others.
    private const int Spread = 7919;

    /// <summary>The suite of a profile; the same for the same seed, on any machine.</summary>
    /// <param name="profile">The machine variant; only encodings of its groups are used.</param>
    /// <param name="seed">What the further operands come from.</param>
    public static Suite Generate(Profile profile, int seed)
    {
        var support = new SupportCode(profile);
        var forms = MutantCatalogue.Forms(profile);
        var rules = new (Sequence<ChosenVector> Chosen, Sequence<RuleMutant> Alive)[forms.Count];
        Parallel.For(0, forms.Count, index => rules[index] = Rule(forms[index], profile, support, seed));
        var all = Few(
            profile,
            [
                .. rules.SelectMany(rule => rule.Chosen),
                .. ProgramCases.Vectors(profile),
                .. PreflightCases.Vectors(profile).Select(vector => new ChosenVector(vector)),
            ]);
        var machine = new VectorMachine(profile);
        return new(
            profile,
            seed,
            Core.Marked(profile, [.. all.AsParallel().AsOrdered().Select(WithChoices)]),
            [.. rules.SelectMany(rule => rule.Alive)]);

        ChosenVector WithChoices(ChosenVector each) =>
            each with { Vector = each.Vector with { Choices = Choices.Of(machine, each.Vector) } };
    }

    // Where there are too many, those go first whose faults others find, too; then those that are there for the fewest faults,
    // and for nothing else.
    private static Sequence<ChosenVector> Few(Profile profile, List<ChosenVector> all)
    {
        var kept = all.Count > Most ? Redundancy.Without(profile, all, all.Count - Most) : all;
        var dropped = kept.Index().Where(each => each.Item is { Weight: > 0, IsSpare: true })
            .OrderBy(each => each.Item.Weight).ThenBy(each => each.Index * Spread % kept.Count)
            .Take(Math.Max(0, kept.Count - Most)).Select(each => each.Item.Vector.Name).ToHashSet();
        return [.. kept.Where(each => !dropped.Contains(each.Vector.Name))];
    }

    private static (Sequence<ChosenVector> Chosen, Sequence<RuleMutant> Alive) Rule(
        Form form, Profile profile, SupportCode support, int seed)
    {
        var chooser = new Chooser(form.Id, profile, MutantCatalogue.Of(form, profile), FaultCatalogue.Of(form));
        foreach (var candidate in (IEnumerable<Candidate?>)
            [.. Candidates(form, profile, new(profile) { IsShort = true }, seed), .. Candidates(form, profile, support, seed)])
        {
            if (candidate is not null) chooser.Consider(candidate);
        }

        foreach (var candidate in ChainCases.Of(form, support))
        {
            if (candidate is not null) chooser.Consider(candidate, isChain: true);
        }

        return (chooser.Choose(), chooser.Alive);
    }

    private static IEnumerable<Candidate?> Candidates(Form form, Profile profile, SupportCode support, int seed) => form.Operation switch
    {
        AluOperation or WideLoad => AluCases.Of(form, support, seed),
        JumpOperation => [.. JumpCases.Of(form, support, seed), .. BudgetCases.Of(form, profile, support)],
        MemoryOperation or AtomicOperation => MemoryCases.Of(form, support, seed),
        _ => ProgramCases.Of(form, support),
    };
}

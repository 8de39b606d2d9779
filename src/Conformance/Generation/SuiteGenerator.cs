using RbpfSpec.Conformance.Faults;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Mutations;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Makes suites from the semantics.</summary>
/// <remarks>Of candidates at the edges of every rule it keeps those that show a new class of values, or find a mistake.</remarks>
public static class SuiteGenerator
{
    /// <summary>How many vectors a suite may have.</summary>
    public const int Most = 6000;

    /// <summary>The suite of a profile; the same for the same seed, on any machine.</summary>
    /// <param name="profile">The machine variant; only encodings of its groups are used.</param>
    /// <param name="seed">What the further operands come from.</param>
    public static Suite Generate(Profile profile, int seed)
    {
        var palette = new Palette(profile);
        var forms = MutationCatalogue.Forms(profile);
        var rules = new (Sequence<Vector> Chosen, Sequence<Mutation> Alive)[forms.Count];
        Parallel.For(0, forms.Count, index => rules[index] = Rule(forms[index], profile, palette, seed));
        return new(
            profile,
            seed,
            Few([.. rules.SelectMany(rule => rule.Chosen), .. ProgramCases.Vectors(profile), .. PreflightCases.Vectors(profile)]),
            [.. rules.SelectMany(rule => rule.Alive)]);
    }

    // Where there are too many, those go first that are there for the fewest faults, and for nothing else.
    private static Sequence<Vector> Few(List<Vector> all)
    {
        var dropped = all.Where(vector => vector is { Weight: > 0, IsSpare: true })
            .OrderBy(vector => vector.Weight).Take(Math.Max(0, all.Count - Most)).Select(vector => vector.Name).ToHashSet();
        return [.. all.Where(vector => !dropped.Contains(vector.Name))];
    }

    private static (Sequence<Vector> Chosen, Sequence<Mutation> Alive) Rule(Form form, Profile profile, Palette palette, int seed)
    {
        var chooser = new Chooser(form.Id, profile, MutationCatalogue.Of(form, profile), FaultCatalogue.Of(form));
        foreach (var candidate in (IEnumerable<Candidate?>)[.. Candidates(form, profile, new(profile) { IsShort = true }, seed), .. Candidates(form, profile, palette, seed)])
        {
            if (candidate is not null) chooser.Consider(candidate);
        }

        return (chooser.Choose(), chooser.Alive);
    }

    private static IEnumerable<Candidate?> Candidates(Form form, Profile profile, Palette palette, int seed) => form.Operation switch
    {
        AluOperation or WideLoad => AluCases.Of(form, palette, seed),
        JumpOperation => [.. JumpCases.Of(form, palette, seed), .. BudgetCases.Of(form, profile, palette)],
        MemoryOperation or AtomicOperation => MemoryCases.Of(form, palette, seed),
        _ => ProgramCases.Of(form, palette),
    };
}

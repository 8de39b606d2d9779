using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation.Programs;

/// <summary>Vectors of programs that are written out.</summary>
internal static class ProgramCases
{
    /// <summary>The candidates of an encoding, of those that are written out.</summary>
    public static IEnumerable<Candidate> Of(Form form, SupportCode support) =>
        from scenario in WrittenPrograms.All where scenario.Rule == form.Id select scenario.ToCandidate(support.IsWide);

    /// <summary>The vectors of whole programs.</summary>
    public static IEnumerable<ChosenVector> Vectors(Profile profile) => [.. Written(profile), .. FarCases.Vectors(profile)];

    private static IEnumerable<ChosenVector> Written(Profile profile) =>
        from scenario in WrittenPrograms.All
        where scenario.Rule.StartsWith("program/", StringComparison.Ordinal)
        group scenario by scenario.Rule into programs
        from vector in Chosen(programs.Key, profile, programs)
        select vector;

    private static Sequence<ChosenVector> Chosen(string rule, Profile profile, IEnumerable<Scenario> scenarios)
    {
        var chooser = new Chooser(rule, profile, []);
        var isWide = new SupportCode(profile).IsWide;
        foreach (var scenario in scenarios) chooser.Consider(scenario.ToCandidate(isWide));
        return chooser.Choose();
    }
}

using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Vectors of programs that are written out.</summary>
internal static class ProgramCases
{
    /// <summary>The candidates of an encoding, of those that are written out.</summary>
    public static IEnumerable<Candidate> Of(Form form, Palette palette) =>
        from scenario in All where scenario.Rule == form.Id select scenario.ToCandidate(palette.IsWide);

    /// <summary>The vectors of whole programs.</summary>
    public static IEnumerable<Vector> Vectors(Profile profile) => [.. Written(profile), .. FarCases.Vectors(profile)];

    private static IEnumerable<Vector> Written(Profile profile) =>
        from rule in All
        where rule.Rule.StartsWith("program/", StringComparison.Ordinal)
        group rule by rule.Rule into programs
        from vector in Chosen(programs.Key, profile, programs)
        select vector;

    private static IEnumerable<Scenario> All => [.. CallScenarios.All, .. HostScenarios.All, .. PrintScenarios.All, .. WholePrograms.All, .. MachineScenarios.All];

    private static Sequence<Vector> Chosen(string rule, Profile profile, IEnumerable<Scenario> scenarios)
    {
        var chooser = new Chooser(rule, profile, []);
        var isWide = new Palette(profile).IsWide;
        foreach (var scenario in scenarios) chooser.Consider(scenario.ToCandidate(isWide));
        return chooser.Choose();
    }
}

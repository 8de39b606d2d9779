using RbpfSpec.Semantics;
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
    public static IEnumerable<Vector> Vectors(Profile profile) => [.. Written(profile), .. Far(profile)];

    // A jump and a call over more slots than 16 bits count; what lies between is never reached.
    private static Sequence<Vector> Far(Profile profile)
    {
        const int Slots = 1 << 15;
        var palette = new Palette(profile);
        Sequence<Instruction> program =
        [
            palette.Alu("mov", 0, 1),
            Instruction.Of(Palette.Form("jmp/ja32"), immediate: Slots),
            palette.Alu("add", 0, 0x100),
            .. Enumerable.Repeat(Palette.Exit, Slots - 1),
            Instruction.Of(Palette.Form("jmp/call-local"), immediate: -Slots - 1),
            palette.Alu("add", 0, 0x10),
            Palette.Exit,
        ];
        var chooser = new Chooser("program/far", profile, []);
        chooser.Consider(new(program, [], Setting.Plain, [Class.Wanted("a jump leads farther forward, and a call farther back, than 16 bits can say")]));
        return chooser.Choose();
    }

    private static IEnumerable<Vector> Written(Profile profile) =>
        from rule in All
        where rule.Rule.StartsWith("program/", StringComparison.Ordinal)
        group rule by rule.Rule into programs
        from vector in Chosen(programs.Key, profile, programs)
        select vector;

    private static IEnumerable<Scenario> All => [.. CallScenarios.All, .. WholePrograms.All, .. MachineScenarios.All];

    private static Sequence<Vector> Chosen(string rule, Profile profile, IEnumerable<Scenario> scenarios)
    {
        var chooser = new Chooser(rule, profile, []);
        var isWide = new Palette(profile).IsWide;
        foreach (var scenario in scenarios) chooser.Consider(scenario.ToCandidate(isWide));
        return chooser.Choose();
    }
}

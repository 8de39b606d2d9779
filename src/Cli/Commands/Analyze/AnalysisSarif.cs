using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>The sites of a program that are not proved, as results for SARIF.</summary>
public static class AnalysisSarif
{
    /// <summary>The results: errors where a context was found or every run traps, warnings where nothing is known.</summary>
    /// <param name="name">The name of the program's file.</param>
    /// <param name="image">What the program was read from.</param>
    /// <param name="program">The program.</param>
    /// <param name="report">What was found out.</param>
    /// <param name="traps">The contexts that trap.</param>
    public static IEnumerable<SarifResult> Of(string name, Image image, CheckedProgram program, RangeReport report, TrapSearch traps)
    {
        var machine = new ReferenceMachine(program);
        foreach (var problem in report.Problems)
            yield return new("analysis/undecided", "The analysis comes to its end.", false, problem, new(name, 1, 0), name);
        foreach (var site in report.Sites)
        {
            if (site.Verdict is SiteVerdict.Proved) continue;
            var found = traps.Found.FirstOrDefault(one => one.Slot == site.Slot && one.Trap == site.Trap);
            string[] parts =
            [
                $"{site.Trap} at slot {site.Slot}: {InstructionText.At(machine, Word.Of((ulong)site.Slot))}",
                found is null ? "" : $"with a context of {Counted.Of(found.Input.Context.Count, "byte")}: "
                    + Convert.ToHexStringLower(found.Input.Context.AsSpan()),
                site.Lack,
                site.Missing == "" ? "" : $"enough would be: {site.Missing}",
            ];
            yield return new(
                $"trap/{site.Trap}",
                TrapTable.Of(site.Trap).Summary,
                found is not null || site.Verdict is SiteVerdict.AlwaysTraps,
                string.Join('\n', parts.Where(static part => part != "")),
                SarifFile.PlaceOf(name, image, site.Slot),
                $"{name}, slot {site.Slot}");
        }
    }
}

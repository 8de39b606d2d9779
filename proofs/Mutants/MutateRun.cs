using System.Diagnostics;
using System.Text;
using RbpfSpec.FileSystem;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Runs;
using RbpfSpec.Reports;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>
/// A run of <c>prove --mutate</c>: every systematic mutant of the rules and of the compiled code, and the claim that kills it.
/// </summary>
/// <param name="proving">The claims that mutants are put to, and the solvers.</param>
/// <param name="report">Where the report goes.</param>
/// <param name="complain">Told, a line each, what went wrong.</param>
public sealed class MutateRun(ProveContext proving, ITextReport report, Action<string> complain)
{
    private const string UsualFile = "mutants.json";

    /// <summary>Does what a plan says.</summary>
    /// <exception cref="FileException">The file of the report cannot be written.</exception>
    public RunEnd Do(ProvePlan plan, CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var rules = MutatedRule.Of(proving.Rules());
        var code = proving.Code().ToList();
        var selection = plan.Selection.From(
            [.. rules.SelectMany(rule => rule.Claims).Select(claim => claim.ToClaim()), .. code.Select(claim => claim.ToClaim())]);
        if (selection is Selected.Nothing(var problem))
            return new RunEnd.Refused($"{problem} (only claims about rules and about compiled code are put to mutants)");
        var meant = ((Selected.Claims)selection).All.Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal);
        Sequence<IMutated> selected =
        [
            .. rules.Where(rule => rule.Claims.Any(claim => meant.Contains(claim.Id))),
            .. MutatedInstruction.Of(code.Where(claim => meant.Contains(claim.Id)), plan.Jobs),
        ];
        if (plan.List)
        {
            report.Table(["of", "mutant"], selected.SelectMany(one => one.Changes.Select(change => (string[])[one.Id, change])));
            return new RunEnd.Ended(RunVerdict.Holds);
        }

        if (plan.Report is not null) OutputFiles.Prepare(plan.Output ?? UsualFile);
        var campaign = new MutantCampaign { Open = () => proving.Open(plan.Solver), Jobs = plan.Jobs, Limit = plan.Limit };
        switch (campaign.Run(selected, new MutateProgress(selected.Count, report), interruption))
        {
            case MutantCampaigned.Unavailable(var reason):
                return new RunEnd.Refused(reason);
            case MutantCampaigned.Interrupted(var mutants):
                var tallies = MutantTally.Of(mutants);
                complain($"interrupted: {(tallies.Count == 0 ? "nothing tried" : string.Join("; ", tallies))}");
                return new RunEnd.Ended(tallies.Any(tally => tally.Gaps > 0) ? RunVerdict.Fails : RunVerdict.Undecided);
            case MutantCampaigned.Finished(var mutants, var solver):
                return Finish(plan, mutants, solver, watch.Elapsed);
            default:
                throw new UnreachableException();
        }
    }

    private RunEnd.Ended Finish(ProvePlan plan, Sequence<TriedMutant> mutants, string solver, TimeSpan time)
    {
        new MutantReport(report).Print(mutants, solver, time);
        if (plan.Report is not null)
        {
            var file = plan.Output ?? UsualFile;
            Files.Write(file, Encoding.UTF8.GetBytes(MutantReport.Json(mutants, solver)));
            report.Line($"report: {file}");
        }

        return new(Verdict(MutantTally.Of(mutants)));
    }

    // A gap outweighs what is undecided.
    private static RunVerdict Verdict(IReadOnlyList<MutantTally> tallies) =>
        tallies.Any(tally => tally.Gaps > 0) ? RunVerdict.Fails
        : tallies.Any(tally => tally.Undecided > 0) ? RunVerdict.Undecided
        : RunVerdict.Holds;
}

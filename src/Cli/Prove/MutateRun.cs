using System.Diagnostics;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove;

/// <summary>
/// A run of <c>prove --mutate</c>: every systematic mutant of the rules and of the compiled code, and the claim that kills it.
/// </summary>
public static class MutateRun
{
    private const string UsualFile = "mutants.json";

    /// <summary>Does what a plan says.</summary>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static int Do(ProvePlan plan, ProveContext proving, CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var rules = MutatedRule.Of(proving.Rules());
        var code = proving.Code().ToList();
        var meant = plan.Selection.From(
            [.. rules.SelectMany(rule => rule.Claims).Select(claim => claim.ToClaim()), .. code.Select(claim => claim.ToClaim())]) switch
        {
            Selected.Claims(var chosen) => chosen.Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal),
            Selected.Nothing(var problem) =>
                throw new UsageException($"{problem} (only claims about rules and about compiled code are put to mutants)"),
        };
        Sequence<IMutated> selected =
        [
            .. rules.Where(rule => rule.Claims.Any(claim => meant.Contains(claim.Id))),
            .. MutatedInstruction.Of(code.Where(claim => meant.Contains(claim.Id)), plan.Jobs),
        ];
        if (plan.List)
        {
            Report.Table(["of", "mutant"], selected.SelectMany(one => one.Changes.Select(change => (string[])[one.Id, change])));
            return CommandLine.Holds;
        }

        if (plan.Report is { } format) ReportFile.Prepare(format, plan.Output ?? UsualFile);
        var campaign = new MutantCampaign { Open = () => proving.Open(plan.Solver), Jobs = plan.Jobs, Limit = plan.Limit };
        switch (campaign.Run(selected, new MutateProgress(selected.Count), interruption))
        {
            case MutantCampaigned.Unavailable(var reason):
                throw new UsageException(reason);
            case MutantCampaigned.Interrupted(var mutants):
                var tallies = MutantTally.Of(mutants);
                Console.Error.WriteLine($"rbpf: interrupted: {(tallies.Count == 0 ? "nothing tried" : string.Join("; ", tallies))}");
                return tallies.Any(tally => tally.Gaps > 0) ? CommandLine.Fails : CommandLine.Undecided;
            case MutantCampaigned.Finished(var mutants, var solver):
                return Finish(plan, mutants, solver, watch.Elapsed);
            default:
                throw new UnreachableException();
        }
    }

    private static int Finish(ProvePlan plan, Sequence<TriedMutant> mutants, string solver, TimeSpan time)
    {
        new MutantReport(Report.Terminal).Print(mutants, solver, time);
        if (plan.Report is not null)
        {
            var file = plan.Output ?? UsualFile;
            Files.Write(file, Encoding.UTF8.GetBytes(MutantReport.Json(mutants, solver)));
            Report.Line($"report: {file}");
        }

        return ExitCode(MutantTally.Of(mutants));
    }

    // A gap outweighs what is undecided.
    private static int ExitCode(IReadOnlyList<MutantTally> tallies) =>
        tallies.Any(tally => tally.Gaps > 0) ? CommandLine.Fails
        : tallies.Any(tally => tally.Undecided > 0) ? CommandLine.Undecided
        : CommandLine.Holds;
}

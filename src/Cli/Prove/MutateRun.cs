using System.Diagnostics;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run of <c>prove --mutate</c>: every systematic mutant of the rules, and the claim that kills it.</summary>
public static class MutateRun
{
    private const string UsualFile = "mutants.json";

    /// <summary>Does what a plan says.</summary>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static int Do(ProvePlan plan, Proving proving, CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var rules = MutatedRule.Of(proving.Rules());
        var meant = plan.Selection.From([.. rules.SelectMany(rule => rule.Claims).Select(claim => claim.ToClaim())]) switch
        {
            Selected.Claims(var chosen) => chosen.Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal),
            Selected.Nothing(var problem) => throw new UsageException($"{problem} (only claims about rules have mutants of rules)"),
        };
        var selected = rules.Where(rule => rule.Claims.Any(claim => meant.Contains(claim.Id))).ToSequence();
        if (plan.List)
        {
            Report.Table(["rule", "mutant"], selected.SelectMany(rule => rule.Mutants.Select(mutant => (string[])[rule.Scene.Id, mutant.Name])));
            return CommandLine.Holds;
        }

        if (plan.Report is { } format) ReportFile.Prepare(format, plan.Output ?? UsualFile);
        var campaign = new MutantCampaign { Open = () => proving.Open(plan.Solver), Jobs = plan.Jobs, Limit = plan.Limit };
        switch (campaign.Run(selected, new MutateProgress(selected.Count), interruption))
        {
            case MutantCampaigned.Unavailable(var reason):
                throw new UsageException(reason);
            case MutantCampaigned.Interrupted(var mutants):
                var tally = MutantTally.Of(mutants);
                Console.Error.WriteLine($"rbpf: interrupted: {tally}");
                return tally.Gaps > 0 ? CommandLine.Fails : CommandLine.Undecided;
            case MutantCampaigned.Finished(var mutants, var solver):
                return Finish(plan, mutants, solver, watch.Elapsed);
            default:
                throw new UnreachableException();
        }
    }

    private static int Finish(ProvePlan plan, Sequence<RuleMutant> mutants, string solver, TimeSpan time)
    {
        if (plan.Report is not null)
        {
            var file = plan.Output ?? UsualFile;
            Files.Write(file, Encoding.UTF8.GetBytes(MutateReport.Json(mutants, solver)));
            Report.Line($"report: {file}");
        }

        MutateReport.Print(mutants, solver, time);
        return MutantTally.Of(mutants).ExitCode;
    }
}

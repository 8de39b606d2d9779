using System.Diagnostics;
using System.Runtime.InteropServices;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs;
using RbpfSpec.Proofs.Bugs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run of <c>prove</c>, from its plan to its exit code.</summary>
public static class ProveRun
{
    /// <summary>Does what a plan says.</summary>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static int Do(ProvePlan plan, ProveContext proving)
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(proving.Cancellation);
        using var interrupt = OnSignal(PosixSignal.SIGINT, interruption);
        using var terminate = OnSignal(PosixSignal.SIGTERM, interruption);
        return plan.Mutate ? MutateRun.Do(plan, proving, interruption.Token) : Prove(plan, proving, interruption.Token);
    }

    private static int Prove(ProvePlan plan, ProveContext proving, CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var all = proving.Claims();
        var claims = plan.Selection.From(all) switch
        {
            Selected.Claims(var chosen) => chosen,
            Selected.Nothing(var problem) => throw new UsageException(problem),
        };
        if (plan.Replay) return Replay(plan, proving, claims, interruption);
        if (plan.List)
        {
            Report.Table(["claim", "sentence"], claims.Select(claim => (string[])[claim.Id, claim.Sentence]));
            return CommandLine.Holds;
        }

        if (plan.Changed && plan.Files.Ledger is null)
            throw new UsageException("--changed needs a ledger, and the working folder is in no project; expected --ledger too");

        // A run of everything replaces the ledger whole, whatever state it is in.
        var before = IsWhole(plan) && !plan.CheckCommitted ? Ledger.Empty : plan.Files.Read();
        if (!plan.CheckCommitted)
        {
            var kept = plan.Files.Prepare(out var reason);
            if (reason is not null) Report.Line($"the verdicts of this run are printed, and not kept: {reason}");
            plan = plan with { Kept = kept };
        }

        if (plan.Export is { } folder) Exported.Prepare(folder);
        if (plan.Report is { } wanted) ReportFile.Prepare(wanted, plan.Output);
        if (plan.Export is { } target && !Export(claims, target, plan.Jobs, interruption)) return Stopped(Tally.Of([]));

        var isUnchanged = plan.Changed && ProofInputs.Wrote(proving.Inputs(), plan.Files.Ledger);
        var campaign = new Campaign
        {
            Open = () => proving.Open(plan.Solver),
            CrossCheck = plan.CrossCheck is { } second ? () => proving.Open(second) : null,
            Jobs = plan.Jobs,
            Limit = plan.Limit,
            Known = plan.Changed ? before.Proved() : _ => null,
            Unchanged = isUnchanged ? before.Proved() : _ => null,
        };
        switch (Try(campaign, claims, interruption))
        {
            case Campaigned.Unavailable(var reason):
                throw new UsageException(reason);
            case Campaigned.Interrupted(var results):
                new Summary(Report.Terminal).NotProved(results, proving.Findings);
                return Stopped(Tally.Of(results));
            case Campaigned.Finished(var results, var solver, var check):
                return Finish(plan, proving, before, [.. all.Select(claim => claim.Id)], new(results, solver, check, watch.Elapsed)
                {
                    Findings = proving.Findings,
                    Assumptions = TrustedBase.Assumptions,
                });
            default:
                throw new UnreachableException();
        }
    }

    // What shows that claims do not hold, found again; nothing is written.
    private static int Replay(ProvePlan plan, ProveContext proving, Sequence<Claim> claims, CancellationToken interruption)
    {
        var campaign = new Campaign { Open = () => proving.Open(plan.Solver), Jobs = plan.Jobs, Limit = plan.Limit };
        switch (campaign.Run(claims, null, interruption))
        {
            case Campaigned.Unavailable(var reason):
                throw new UsageException(reason);
            case Campaigned.Interrupted(var results):
                new Summary(Report.Terminal).NotProved(results, proving.Findings);
                return Stopped(Tally.Of(results));
            case Campaigned.Finished(var results, _, _):
                foreach (var result in results)
                {
                    Report.Line($"{result.Verdict.Word}: {result.Claim.Id}");
                    foreach (var line in proving.Findings.Of(result).Lines) Report.Line($"  {line}");
                }

                return ExitCode(Tally.Of(results));
            default:
                throw new UnreachableException();
        }
    }

    private static Campaigned Try(Campaign campaign, Sequence<Claim> claims, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected) return campaign.Run(claims, new PlainProgress(claims.Count), cancellation);
        var progress = new LiveProgress(claims);
        return progress.While(() => campaign.Run(claims, progress, cancellation));
    }

    // First what the run came to, then the files: what cannot be kept is told all the same.
    private static int Finish(ProvePlan plan, ProveContext proving, Ledger before, HashSet<string> ids, RunResult run)
    {
        new Summary(Report.Terminal).Print(run);

        // What was known already was not tried again, and the page about it stands.
        var found = proving.Bugs(run.Results) is { } bugs ? FoundPage.Text(bugs, KnownBugs.Others) : null;
        var outdated = plan.CheckCommitted ? plan.Files.Differences(before.After(run.Results, run.Solver, ids), found).ToList() : [];
        var isKept = Save(() => plan.Kept.Update(
                current => current.With(before.Entries, run.Results).After(run.Results, run.Solver, ids), IsWhole(plan), Note))
            & Save(() => CommittedFiles.Write(plan.Selection.IsEverything && found is not null ? plan.Kept.Found : null, found ?? ""))
            & Save(() =>
            {
                if (plan.Report is { } format) ReportFile.Write(format, plan.Output, run);
            });
        foreach (var difference in outdated) Report.Bad($"out of date: {difference}; './rbpf prove' writes it");
        var code = ExitCode(Tally.Of(run.Results));
        return outdated.Count > 0 ? CommandLine.Fails : code == CommandLine.Holds && !isKept ? CommandLine.Usage : code;

        // Others may have written what this program has not stated.
        void Note(Ledger ledger, string file)
        {
            var scripts = ledger.Entries.ToDictionary(entry => entry.Id, entry => entry.Script, StringComparer.Ordinal);
            if (plan.Selection.IsEverything && run.Results.All(result => scripts.GetValueOrDefault(result.Claim.Id) == result.ScriptHash))
                ProofInputs.Keep(proving.Inputs(), file);
        }
    }

    private static bool IsWhole(ProvePlan plan) => plan.Selection.IsEverything && !plan.Changed;

    private static bool Save(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (FileException exception)
        {
            CommandLine.Complain(exception.Message);
            return false;
        }
    }

    private static bool Export(IReadOnlyList<Claim> claims, string folder, int jobs, CancellationToken cancellation)
    {
        try
        {
            Report.Line($"{Exported.Write(claims, folder, jobs, cancellation)} scripts written to {folder}");
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A refutation outweighs what is undecided.
    private static int ExitCode(Tally tally) =>
        tally.Refuted > 0 ? CommandLine.Fails : tally.Undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;

    private static int Stopped(Tally tally)
    {
        Console.Error.WriteLine($"rbpf: interrupted: {tally}; the ledger is as it was");
        return tally.Refuted > 0 ? CommandLine.Fails : CommandLine.Undecided;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interruption.Cancel();
        });
}

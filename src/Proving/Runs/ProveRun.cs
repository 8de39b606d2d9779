using System.Diagnostics;
using RbpfSpec.Certifying;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Runs;

/// <summary>A run of <c>prove</c>, from its plan to its end: what it is about, and who is told.</summary>
public sealed record ProveRun
{
    /// <summary>All claims that there are.</summary>
    public required Func<IReadOnlyList<Claim>> Claims { get; init; }

    /// <summary>The bugs of other machines that a run found again; null if it did not try all claims about them.</summary>
    public required Func<IEnumerable<Result>, IReadOnlyList<KnownBug>?> Bugs { get; init; }

    /// <summary>The bugs that no claim is about, with the reason.</summary>
    public Sequence<NotExpressed> Others { get; init; } = [];

    /// <summary>The assumptions of all proofs.</summary>
    public Sequence<Assumption> Assumptions { get; init; } = [];

    /// <summary>The fates of claims, and where to look.</summary>
    public required Findings Findings { get; init; }

    /// <summary>A hash of all that the claims depend on; null if that is not known.</summary>
    public required Func<string?> Inputs { get; init; }

    /// <summary>Opens a session with a solver of some name.</summary>
    public required Func<string, SolverSession> Open { get; init; }

    /// <summary>Tries claims, and shows meanwhile how far it is.</summary>
    public required Func<Campaign, Sequence<Claim>, CancellationToken, Campaigned> Try { get; init; }

    /// <summary>Where the report goes.</summary>
    public required ITextReport Report { get; init; }

    /// <summary>Told, a line each, what went wrong.</summary>
    public required Action<string> Complain { get; init; }

    /// <summary>Does what a plan says.</summary>
    /// <exception cref="FileSystem.FileException">A file that the plan names cannot be read or written.</exception>
    public RunEnd Do(ProvePlan plan, CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var all = Claims();
        return plan.Selection.From(all) switch
        {
            Selected.Claims(var claims) when plan.Replay => Replay(plan, claims, interruption),
            Selected.Claims(var claims) when plan.List => List(claims),
            Selected.Claims(var claims) => Prove(plan, all, claims, watch, interruption),
            Selected.Nothing(var problem) => new RunEnd.Refused(problem),
        };
    }

    private RunEnd.Ended List(Sequence<Claim> claims)
    {
        Report.Table(["claim", "sentence"], claims.Select(claim => (string[])[claim.Id, claim.Sentence]));
        return new(RunVerdict.Holds);
    }

    private RunEnd Prove(
        ProvePlan plan, IReadOnlyList<Claim> all, Sequence<Claim> claims, Stopwatch watch, CancellationToken interruption)
    {
        if (plan.Changed && plan.Files.Ledger is null)
            return new RunEnd.Refused("--changed needs a ledger, and the working folder is in no project; expected --ledger too");

        if (plan.Certify && Certifier.Missing is { } missing) return new RunEnd.Refused(missing);

        // A run of everything replaces the ledger whole, whatever state it is in.
        var before = IsWhole(plan) && !plan.CheckCommitted ? Ledger.Empty : plan.Files.Read();
        if (!plan.CheckCommitted)
        {
            var kept = plan.Files.Prepare(out var reason);
            if (reason is not null) Report.Line($"the verdicts of this run are printed, and not kept: {reason}");
            plan = plan with { Kept = kept };
        }

        if (plan.Export is { } folder) Exported.Prepare(folder, claims);
        if (plan.Report is { } wanted) ReportFile.Prepare(wanted, plan.Output);
        if (plan.Export is { } target && !Export(claims, target, plan.Jobs, interruption)) return Stopped(Tally.Of([]));

        var isUnchanged = plan.Changed && ProofInputs.Wrote(Inputs(), plan.Files.Ledger);
        var campaign = new Campaign
        {
            Open = () => Open(plan.Solver),
            CrossCheck = plan.CrossCheck is { } second ? () => Open(second) : null,
            Certify = plan.Certify ? new Certifier(plan.Limit) : null,
            Jobs = plan.Jobs,
            Limit = plan.Limit,
            Known = plan.Changed ? before.Proved() : _ => null,
            Unchanged = isUnchanged ? before.Proved() : _ => null,
        };
        switch (Try(campaign, claims, interruption))
        {
            case Campaigned.Unavailable(var reason):
                return new RunEnd.Refused(reason);
            case Campaigned.Interrupted(var results):
                new Summary(Report).NotProved(results, Findings);
                return Stopped(Tally.Of(results));
            case Campaigned.Finished(var results, var solver, var check):
                return Finish(plan, before, [.. all.Select(claim => claim.Id)], new(results, solver, check, watch.Elapsed)
                {
                    Findings = Findings,
                    Assumptions = Assumptions,
                });
            default:
                throw new UnreachableException();
        }
    }

    // What shows that claims do not hold, found again; nothing is written.
    private RunEnd Replay(ProvePlan plan, Sequence<Claim> claims, CancellationToken interruption)
    {
        var campaign = new Campaign { Open = () => Open(plan.Solver), Jobs = plan.Jobs, Limit = plan.Limit };
        switch (campaign.Run(claims, null, interruption))
        {
            case Campaigned.Unavailable(var reason):
                return new RunEnd.Refused(reason);
            case Campaigned.Interrupted(var results):
                new Summary(Report).NotProved(results, Findings);
                return Stopped(Tally.Of(results));
            case Campaigned.Finished(var results, _, _):
                foreach (var result in results)
                {
                    Report.Line($"{result.Verdict.Word}: {result.Claim.Id}");
                    foreach (var line in Findings.Of(result).Lines) Report.Line($"  {line}");
                }

                return new RunEnd.Ended(Verdict(Tally.Of(results)));
            default:
                throw new UnreachableException();
        }
    }

    // First what the run came to, then the files: what cannot be kept is told all the same.
    private RunEnd Finish(ProvePlan plan, Ledger before, HashSet<string> ids, RunResult run)
    {
        new Summary(Report).Print(run);

        // What was known already was not tried again, and the page about it stands.
        var found = Bugs(run.Results) is { } bugs ? FoundPage.Text(bugs, Others) : null;
        var outdated = plan.CheckCommitted ? plan.Files.Differences(before.After(run.Results, run.Solver, ids), found).ToList() : [];
        var isKept = Save(() => plan.Kept.Update(
                current => current.With(before.Entries, run.Results).After(run.Results, run.Solver, ids), IsWhole(plan), Note))
            & Save(() => CommittedFiles.Write(plan.Selection.IsEverything && found is not null ? plan.Kept.Found : null, found ?? ""))
            & Save(() =>
            {
                if (plan.Report is { } format) Report.Line($"report: {ReportFile.Write(format, plan.Output, run)}");
            });
        foreach (var difference in outdated) Report.Bad($"out of date: {difference}; './rbpf prove' writes it");
        var verdict = outdated.Count > 0 ? RunVerdict.Fails : Verdict(Tally.Of(run.Results));
        return verdict is RunVerdict.Holds && !isKept ? new RunEnd.NotKept() : new RunEnd.Ended(verdict);

        // Others may have written what this program has not stated.
        void Note(Ledger ledger, string file)
        {
            var scripts = ledger.Entries.ToDictionary(entry => entry.Id, entry => entry.Script, StringComparer.Ordinal);
            if (plan.Selection.IsEverything && run.Results.All(result => scripts.GetValueOrDefault(result.Claim.Id) == result.ScriptHash))
                ProofInputs.Keep(Inputs(), file);
        }
    }

    private static bool IsWhole(ProvePlan plan) => plan.Selection.IsEverything && !plan.Changed;

    private bool Save(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (FileSystem.FileException exception)
        {
            Complain(exception.Message);
            return false;
        }
    }

    private bool Export(IReadOnlyList<Claim> claims, string folder, int jobs, CancellationToken cancellation)
    {
        try
        {
            Report.Line($"{Counted.Of(Exported.Write(claims, folder, jobs, cancellation), "script")} written to {folder}");
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A refutation outweighs what is undecided.
    private static RunVerdict Verdict(Tally tally) =>
        tally.Refuted > 0 ? RunVerdict.Fails : tally.Undecided > 0 ? RunVerdict.Undecided : RunVerdict.Holds;

    private RunEnd.Ended Stopped(Tally tally)
    {
        Complain($"interrupted: {tally}; the ledger is as it was");
        return new(tally.Refuted > 0 ? RunVerdict.Fails : RunVerdict.Undecided);
    }
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Prove;
using RbpfSpec.Proofs;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Proving.Runs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf prove</c>: every claim of the project, decided by a solver.</summary>
public static class ProveCommand
{
    // How many problems with ledgers that do not go together are told.
    private const int MostProblems = 5;

    /// <summary>The command.</summary>
    public static Command Create(ProveContext proving)
    {
        var input = new ProveInput();
        var command = new ExampleCommand(
            "prove",
            "Proves the claims; exit code 0 if all are proved, 1 if one is refuted, 3 if one is undecided.",
            "./rbpf prove --only 'rfc/alu/add*'",
            "./rbpf prove --list --only rfc/alu/div32-x@*")
        {
            Merge(proving),
        };
        input.AddTo(command);
        command.SetAction(parsed => Run(input.Read(parsed), proving));
        return command;
    }

    private static int Run(ProvePlan plan, ProveContext proving)
    {
        using var interruption = new Interruption(proving.Cancellation);
        var end = plan.Mutate
            ? new MutateRun(proving, Report.Terminal, Complain).Do(plan, interruption.Token)
            : proving.Run(Report.Terminal, Complain, Try).Do(plan, interruption.Token);
        return Code(end);

        static void Complain(string problem) => CommandLine.Complain(problem);
    }

    /// <summary>The exit code of a run that ended.</summary>
    /// <exception cref="UsageException">It could not begin.</exception>
    internal static int Code(RunEnd end) => end switch
    {
        RunEnd.Ended(RunVerdict.Holds) => CommandLine.Holds,
        RunEnd.Ended(RunVerdict.Undecided) => CommandLine.Undecided,
        RunEnd.Ended => CommandLine.Fails,
        RunEnd.NotKept => CommandLine.Usage,
        RunEnd.Refused(var problem) => throw new UsageException(problem),
    };

    private static Campaigned Try(Campaign campaign, Sequence<Claim> claims, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected) return campaign.Run(claims, new PlainProgress(claims.Count, Report.Terminal), cancellation);
        var progress = new LiveProgress(claims);
        return progress.While(() => campaign.Run(claims, progress, cancellation));
    }

    private static ExampleCommand Merge(ProveContext proving)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Ledgers, or reports in JSON, of the parts of a run.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new TextOption("--output", "file", "A file for the merged ledger; otherwise only its totals are printed.", "-o");
        var command = new ExampleCommand(
            "merge",
            "Puts the ledgers of parts of a run together; each claim must be in one, and none may contradict another.",
            "./rbpf prove merge proofs/ledger.json")
        {
            files, output,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(output) is { } file) OutputFiles.Prepare(file);
            var parts = parsed.GetRequiredValue(files).Select(name => (name, CommittedFiles.Read(name))).ToList();
            switch (Ledger.Merge(parts, [.. proving.Claims().Select(claim => claim.Id)]))
            {
                case Merged.Contradiction(var problems):
                    var more = problems.Count > MostProblems ? $"; and {problems.Count - MostProblems} more like these" : "";
                    throw new UsageException(string.Join("; ", problems.Take(MostProblems)) + more);
                case Merged.Whole(var ledger):
                    var code = Print(ledger);
                    if (parsed.GetValue(output) is { } target) CommittedFiles.Write(target, LedgerText.Of(ledger));
                    return code;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }

    private static int Print(Ledger ledger)
    {
        foreach (var entry in ledger.Entries.Where(entry => entry.Verdict != "proved")) Report.Bad($"{entry.Verdict}: {entry.Id}");
        var (refuted, undecided) = (Count("refuted"), Count("undecided"));
        Report.Line($"{Count("proved")} proved, {refuted} refuted, {undecided} undecided by "
            + $"{string.Join(", ", (IEnumerable<string>)ledger.Solvers)}");
        return refuted > 0 ? CommandLine.Fails : undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;

        int Count(string verdict) => ledger.Entries.Count(entry => entry.Verdict == verdict);
    }
}

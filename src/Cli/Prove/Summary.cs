using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Prove.Findings;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove;

/// <summary>What a run came to.</summary>
/// <param name="Results">The results, in the order of the claims.</param>
/// <param name="Solver">The solver's name and version.</param>
/// <param name="CrossCheck">What a second solver said, if one was asked.</param>
/// <param name="Time">How long it took.</param>
public sealed record RunResult(Sequence<Result> Results, string Solver, CrossCheckTally? CrossCheck, TimeSpan Time);

/// <summary>The report on a run for people: first what is not proved.</summary>
public static class Summary
{
    private const int SlowestShown = 10;

    /// <summary>Prints it.</summary>
    public static void Print(RunResult run)
    {
        Report.Heading("Assumed");
        foreach (var assumption in TrustedBase.Assumptions) Report.Line($"  {assumption.What} {assumption.Why}");
        NotProved(run.Results);
        Families(run.Results);
        Slowest(run.Results);
        if (run.CrossCheck is { } check) Print(check);
        var tally = Tally.Of(run.Results);
        var total = $"{tally} in {Seconds(run.Time)} by {run.Solver}{(tally.Known > 0 ? $"; {tally.Known} known from the ledger" : "")}";
        if (tally.ExitCode == CommandLine.Holds) Report.Good(total);
        else Report.Bad(total);
    }

    /// <summary>A time in seconds.</summary>
    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s";

    /// <summary>Prints what is not proved.</summary>
    public static void NotProved(Sequence<Result> results)
    {
        Listed("Refuted", [.. Finding.Refuted(results)]);
        Listed("Undecided", [.. Finding.Undecided(results)]);

        static void Listed(string title, Sequence<string> lines)
        {
            Report.Heading(lines.IsEmpty ? $"{title}: none" : title);
            foreach (var line in lines) Report.Bad($"  {line}");
        }
    }

    private static void Families(Sequence<Result> results) => Report.Table(
        ["family", "claims", "proved", "refuted", "undecided", "mutants found"],
        results.GroupBy(result => result.Claim.Family).Select(family =>
        {
            var tally = Tally.Of(family);
            var mutants = family.Sum(result => result.Claim.Mutants.Count);
            var found = family.Sum(result => result.WasKnown
                ? result.Claim.Mutants.Count
                : result.Mutants.Count(mutant => mutant.Verdict is Verdict.Refuted));
            return (string[])
            [
                family.Key, $"{tally.Total}", $"{tally.Proved}", $"{tally.Refuted}", $"{tally.Undecided}", $"{found} of {mutants}",
            ];
        }));

    private static void Slowest(Sequence<Result> results)
    {
        var slowest = results.Where(result => !result.WasKnown).OrderByDescending(result => result.Time).Take(SlowestShown).ToList();
        if (slowest.Count == 0) return;
        Report.Table(["slowest", "time"], slowest.Select(result => (string[])[result.Claim.Id, Seconds(result.Time)]));
    }

    private static void Print(CrossCheckTally check)
    {
        var share = check.Asked == 0 ? 100 : 100.0 * check.Decided / check.Asked;
        var line = $"cross-check by {check.Solver}: it decides {check.Decided} of {check.Asked} questions "
            + $"({share.ToString("0.0", CultureInfo.InvariantCulture)} %) and contradicts {check.Contradicted}";
        if (check.Contradicted == 0) Report.Line(line);
        else Report.Bad(line);
    }
}

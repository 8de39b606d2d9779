using System.Globalization;
using RbpfSpec.Certifying;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>The report on a run for people: first what is not proved.</summary>
/// <param name="report">Where it goes.</param>
public sealed class Summary(ITextReport report)
{
    private const int SlowestShown = 10;

    /// <summary>Prints it.</summary>
    public void Print(RunResult run)
    {
        report.Heading("Assumed");
        foreach (var assumption in run.Assumptions) report.Line($"  {assumption.What} {assumption.Why}");
        NotProved(run.Results, run.Findings);
        Families(run.Results);
        Slowest(run.Results);
        if (run.CrossCheck is { } check) Print(check, run.Results);
        Certified(run.Results);
        var tally = Tally.Of(run.Results);
        var total = $"{tally} in {Seconds(run.Time)} by {run.Solver}{(tally.Known > 0 ? $"; {tally.Known} known from the ledger" : "")}";
        if (tally.IsAllProved) report.Good(total);
        else report.Bad(total);
    }

    /// <summary>A time in seconds.</summary>
    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s";

    /// <summary>Prints what is not proved.</summary>
    public void NotProved(Sequence<Result> results, Findings findings)
    {
        Listed("Refuted", [.. findings.Refuted(results)]);
        Listed("Undecided", [.. Findings.Undecided(results)]);

        void Listed(string title, Sequence<string> lines)
        {
            report.Heading(lines.IsEmpty ? $"{title}: none" : title);
            foreach (var line in lines) report.Bad($"  {line}");
        }
    }

    private void Families(Sequence<Result> results) => report.Table(
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

    private void Certified(Sequence<Result> results)
    {
        var certified = results.Where(result => result.Certification is not null).ToList();
        if (certified.Count == 0) return;
        report.Table(
            ["family", "proved", "proof checked", "by simplification", "not certified"],
            certified.GroupBy(result => result.Claim.Family).Select(family =>
            {
                var tally = CertificationTally.Of(family.Select(result => result.Certification!));
                return (string[])[family.Key, $"{tally.Total}", $"{tally.Checked}", $"{tally.Simplified}", tally.Reasons];
            }));
        var total = CertificationTally.Of(certified.Select(result => result.Certification!));
        var count = $"{total.Checked + total.Simplified} of {total.Total}";
        report.Line($"{count} claims certified by {Certifier.Solver} and the checker of proofs");
    }

    private void Slowest(Sequence<Result> results)
    {
        var slowest = results.Where(result => !result.WasKnown).OrderByDescending(result => result.Time).Take(SlowestShown).ToList();
        if (slowest.Count == 0) return;
        report.Table(["slowest", "time"], slowest.Select(result => (string[])[result.Claim.Id, Seconds(result.Time)]));
    }

    private void Print(CrossCheckTally check, Sequence<Result> results)
    {
        var checks = results.Where(result => result.CrossCheck is { Asked: > 0 }).ToList();
        report.Table(
            ["family", "claims asked of the second solver", "decided", "contradicted", "left open", "questions", "decided"],
            checks.GroupBy(result => result.Claim.Family).Select(family =>
            {
                var (contradicted, leftOpen) = (family.Count(IsContradicted), family.Count(IsOpen));
                return (string[])
                [
                    family.Key, $"{family.Count()}", $"{family.Count() - contradicted - leftOpen}", $"{contradicted}", $"{leftOpen}",
                    $"{family.Sum(result => result.CrossCheck!.Asked)}", $"{family.Sum(result => result.CrossCheck!.Decided)}",
                ];
            }));
        var open = checks.Where(IsOpen).Select(result => result.Claim.Id).ToList();
        report.Heading(open.Count == 0 ? "Left open by the second solver: none" : "Left open by the second solver");
        foreach (var id in open) report.Line($"  {id}");
        var share = check.Asked == 0 ? 100 : 100.0 * check.Decided / check.Asked;
        var line = $"cross-check by {check.Solver}: it decides {check.Decided} of {check.Asked} questions "
            + $"({share.ToString("0.0", CultureInfo.InvariantCulture)} %) and contradicts {check.Contradicted}";
        if (check.Contradicted == 0) report.Line(line);
        else report.Bad(line);
    }

    private static bool IsContradicted(Result result) => result.CrossCheck is { Contradicted: > 0 };

    private static bool IsOpen(Result result) =>
        result.CrossCheck is { Contradicted: 0 } check && check.Decided < check.Asked;
}

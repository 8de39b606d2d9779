using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>Progress as lines: each claim that is not proved at once, and now and then how far the run is.</summary>
/// <param name="total">The number of claims.</param>
/// <param name="report">Where the lines go.</param>
public sealed class PlainProgress(int total, ITextReport report) : IProgress<CampaignStep>
{
    private const int Parts = 10;

    // A shorter run needs no lines between its start and its report.
    private const int Many = 100;

    private readonly Tally tally = new();

    public void Report(CampaignStep value)
    {
        switch (value)
        {
            case CampaignStep.Started:
                break;
            case CampaignStep.Ended(var result):
                if (ResultLines.IfNotProved(result) is { } line) report.Bad(line);
                tally.Add(result);
                if (total >= Many && tally.Total < total && tally.Total * Parts / total > (tally.Total - 1) * Parts / total)
                    report.Line($"{tally.Total} of {total}: {tally}");
                break;
        }
    }
}

/// <summary>Prints results as lines.</summary>
public static class ResultLines
{
    /// <summary>
    /// Of a claim that is not proved, its verdict and its id: what shows it, the report says, where it is told what claims have
    /// in common.
    /// </summary>
    public static string? IfNotProved(Result result) =>
        result.Verdict is Verdict.Proved ? null : $"{result.Verdict.Word}: {result.Claim.Id}";
}

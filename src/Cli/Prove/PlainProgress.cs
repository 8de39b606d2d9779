using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove;

/// <summary>Progress as lines: each claim that is not proved at once, and now and then how far the run is.</summary>
/// <param name="total">The number of claims.</param>
public sealed class PlainProgress(int total) : IProgress<CampaignStep>
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
                if (ResultLines.IfNotProved(result) is { } line) Outputs.Report.Bad(line);
                tally.Add(result);
                if (total >= Many && tally.Total < total && tally.Total * Parts / total > (tally.Total - 1) * Parts / total)
                    Outputs.Report.Line($"{tally.Total} of {total}: {tally}");
                break;
        }
    }
}

/// <summary>What results say, as lines.</summary>
public static class ResultLines
{
    /// <summary>Of a claim that is not proved, its verdict and its id: what shows it, the report says, where it is told what claims have in common.</summary>
    public static string? IfNotProved(Result result) => result.Verdict is Verdict.Proved ? null : $"{result.Verdict.Word}: {result.Claim.Id}";
}

/// <summary>Results counted by verdict.</summary>
public sealed class Tally
{
    /// <summary>How many are proved, those that the ledger knew included.</summary>
    public int Proved { get; private set; }

    /// <summary>How many are refuted.</summary>
    public int Refuted { get; private set; }

    /// <summary>How many are undecided.</summary>
    public int Undecided { get; private set; }

    /// <summary>How many of the proved ones the ledger knew.</summary>
    public int Known { get; private set; }

    /// <summary>How many there are.</summary>
    public int Total => Proved + Refuted + Undecided;

    /// <summary>The exit code that says it all: a refutation outweighs what is undecided.</summary>
    public int ExitCode => Refuted > 0 ? CommandLine.Fails : Undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;

    /// <summary>The tally of some results.</summary>
    public static Tally Of(IEnumerable<Result> results)
    {
        var tally = new Tally();
        foreach (var result in results) tally.Add(result);
        return tally;
    }

    /// <summary>Counts a result.</summary>
    public void Add(Result result)
    {
        switch (result.Verdict)
        {
            case Verdict.Proved:
                Proved++;
                break;
            case Verdict.Refuted:
                Refuted++;
                break;
            case Verdict.Undecided:
                Undecided++;
                break;
        }

        if (result.WasKnown) Known++;
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Proved} proved, {Refuted} refuted, {Undecided} undecided";
}

using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Outputs;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary>A campaign from its plan to its report.</summary>
internal static class CampaignRun
{
    private const int Parts = 10;

    // A shorter campaign needs no lines between its start and its report.
    private const int Many = 2 * Parts;

    /// <summary>Does what a plan says, and tells how far it is.</summary>
    /// <param name="input">The computers that work at it.</param>
    /// <param name="kinds">The kinds of work that are known here.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="isQuiet">Whether only the report is to be printed.</param>
    /// <param name="finished">Told of each result as it comes; the answer is the first piece that is not wanted any more, if any.</param>
    /// <param name="report">Reports on the results, of pieces that are not wanted none, and yields the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Do(
        ClusterInput input,
        IReadOnlyList<IWorkKind> kinds,
        CampaignPlan plan,
        bool isQuiet,
        Func<int, string, int?> finished,
        Func<IReadOnlyList<string?>, int> report)
    {
        using var interruption = new Interruption();
        var (done, wanted) = (0, plan.Pieces.Count);
        Action<string> tell = isQuiet ? line => CommandLine.Complain(line) : Report.Bad;
        using var session = CampaignSession.Start(input, kinds, tell, plan);
        var end = session.Run(plan, Finished, tell, interruption.Token);
        if (end.IsInterrupted || end.GivenUp.Keys.Any(piece => piece < wanted))
        {
            var known = end.Results.Count(result => result is not null);
            CommandLine.Complain(
                $"{(end.IsInterrupted ? "interrupted" : "incomplete")}: {known} of {plan.Pieces.Count} pieces have a result, "
                + "which is kept; the same command goes on with them");
            return CommandLine.Undecided;
        }

        var code = report(end.Results);
        session.Forget(plan);
        return code;

        int? Finished(int piece, string result)
        {
            done++;
            var unwanted = finished(piece, result);
            if (unwanted < wanted) wanted = unwanted.Value;
            if (!isQuiet && wanted >= Many && done < wanted && done * Parts / wanted > (done - 1) * Parts / wanted)
                Report.Line($"{done} of {wanted} pieces");
            return unwanted;
        }
    }
}

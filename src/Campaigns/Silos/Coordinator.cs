using RbpfSpec.Campaigns.Grains;
using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>Begins a campaign, and follows it to its end.</summary>
/// <param name="grains">The grains of the cluster.</param>
public sealed class Coordinator(IGrainFactory grains)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    // As many as there may be while a lost silo is found out: then something else is wrong.
    private const int MostFailures = 240;

    /// <summary>Told of each result as it comes; the answer is the first piece that is not wanted any more, if any.</summary>
    public Func<int, string, int?> Finished { get; init; } = (_, _) => null;

    /// <summary>Told, a line each, what people should know.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>
    /// Follows a campaign until nothing more will happen, or until it is interrupted: then it is kept, and nobody works for it.
    /// </summary>
    public async Task<CampaignEnd> Run(CampaignPlan plan, CancellationToken cancellation = default)
    {
        var campaign = grains.GetGrain<ICampaignGrain>(plan.Id);
        var (mark, results, givenUp) = (Mark.Nothing, new string?[plan.Pieces.Count], new SortedDictionary<int, string>());
        var (isBegun, failures) = (false, 0);
        var isOver = plan.Pieces.Count == 0;
        while (!isOver && !cancellation.IsCancellationRequested)
        {
            try
            {
                if (!isBegun) await campaign.Begin(plan);
                isBegun = true;
                var news = await campaign.Since(mark);
                failures = 0;
                mark = news.Mark;
                isOver = news.IsOver;
                foreach (var happened in news.Happened)
                {
                    if (Hear(happened) is { } unwanted) await campaign.Drop(unwanted);
                }
            }
            catch (Exception exception) when (++failures < MostFailures
                && exception is OrleansException or TimeoutException or StackExchange.Redis.RedisException)
            {
                // The silo that had it may be lost: begun again, it is where it was.
                isBegun = false;
                await Threads.Wait(Again, CancellationToken.None);
            }
        }

        if (isBegun && !isOver) await campaign.Pause();
        return new(plan.Id, [.. results], givenUp, !isOver);

        int? Hear(Event happened)
        {
            switch (happened)
            {
                case Event.Finished(var piece, var result):
                    if (results[piece] is not null) return null;
                    results[piece] = result;
                    givenUp.Remove(piece);
                    return Finished(piece, result);
                case Event.GivenUp(var piece, var reason):
                    if (!givenUp.TryAdd(piece, reason)) return null;
                    Tell($"piece {piece + 1} of {plan.Pieces.Count} is given up: {reason}");
                    return null;
                case Event.Refused(var worker, var reason):
                    Tell($"the worker {worker} leaves it alone: {reason}");
                    return null;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    /// <summary>Forgets a campaign of which all is known, and its result written.</summary>
    public async Task Forget(CampaignPlan plan)
    {
        if (plan.Pieces.Count > 0) await grains.GetGrain<ICampaignGrain>(plan.Id).End();
    }
}

/// <summary>The end of a campaign.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Results">The results, in the order of the pieces; null where there is none.</param>
/// <param name="GivenUp">The pieces that were given up, with the last reason.</param>
/// <param name="IsInterrupted">Whether it was interrupted before its end.</param>
public sealed record CampaignEnd(
    string Id, IReadOnlyList<string?> Results, IReadOnlyDictionary<int, string> GivenUp, bool IsInterrupted);

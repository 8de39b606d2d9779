using System.Collections.Concurrent;
using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Stores;

/// <summary>Keeps campaigns in memory: silos of one process share it, and its end is theirs.</summary>
public sealed class MemoryStore : ICampaignStore
{
    private readonly ConcurrentDictionary<string, (CampaignPlan Plan, ConcurrentDictionary<int, string> Results)> kept = [];
    private readonly ConcurrentDictionary<string, bool> active = [];

    public ValueTask<StoredCampaign?> Load(string id) => ValueTask.FromResult(
        kept.TryGetValue(id, out var found) ? new StoredCampaign(found.Plan, new Dictionary<int, string>(found.Results)) : null);

    public ValueTask Begin(CampaignPlan plan)
    {
        kept.TryAdd(plan.Id, (plan, []));
        active[plan.Id] = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask Keep(string id, int piece, string result)
    {
        if (kept.TryGetValue(id, out var found)) found.Results[piece] = result;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> Active() => ValueTask.FromResult<IReadOnlyList<string>>([.. active.Keys]);

    public ValueTask Pause(string id)
    {
        active.TryRemove(id, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask End(string id)
    {
        kept.TryRemove(id, out _);
        return Pause(id);
    }
}

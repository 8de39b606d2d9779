using System.Globalization;
using RbpfSpec.Campaigns.Plans;
using StackExchange.Redis;

namespace RbpfSpec.Campaigns.Stores;

/// <summary>Keeps campaigns in Redis, where every process of a cluster finds them.</summary>
/// <param name="redis">The connection.</param>
public sealed class RedisStore(IConnectionMultiplexer redis) : ICampaignStore
{
    // A campaign that nobody goes on with is forgotten.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const string ActiveKey = "rbpf/campaigns";

    private IDatabase Database => redis.GetDatabase();

    public async ValueTask<StoredCampaign?> Load(string id)
    {
        var fields = (await Database.HashGetAllAsync(PlanKey(id))).ToDictionary(field => $"{field.Name}", field => $"{field.Value}");
        if (fields.Count == 0) return null;
        var pieces = await Database.ListRangeAsync(PiecesKey(id));
        var results = await Database.HashGetAllAsync(ResultsKey(id));
        return new(
            new()
            {
                Kind = fields["kind"],
                Program = fields["program"],
                Settings = fields["settings"],
                Pieces = [.. pieces.Select(piece => $"{piece}")],
            },
            results.ToDictionary(result => int.Parse($"{result.Name}", CultureInfo.InvariantCulture), result => $"{result.Value}"));
    }

    public async ValueTask Begin(CampaignPlan plan)
    {
        var id = plan.Id;

        // All of the plan or nothing: a killed process leaves no half of one.
        var all = Database.CreateTransaction();
        _ = all.HashSetAsync(PlanKey(id), [new("kind", plan.Kind), new("program", plan.Program), new("settings", plan.Settings)]);
        _ = all.KeyDeleteAsync(PiecesKey(id));
        _ = all.ListRightPushAsync(PiecesKey(id), [.. plan.Pieces.Select(piece => (RedisValue)piece)]);
        foreach (var key in Keys(id)) _ = all.KeyExpireAsync(key, Kept);
        _ = all.SetAddAsync(ActiveKey, id);
        await all.ExecuteAsync();
    }

    public async ValueTask Keep(string id, int piece, string result)
    {
        await Database.HashSetAsync(ResultsKey(id), $"{piece}", result);
        await Database.KeyExpireAsync(ResultsKey(id), Kept);
    }

    public async ValueTask<IReadOnlyList<string>> Active() => [.. (await Database.SetMembersAsync(ActiveKey)).Select(id => $"{id}")];

    public async ValueTask Pause(string id) => await Database.SetRemoveAsync(ActiveKey, id);

    public async ValueTask End(string id)
    {
        await Pause(id);
        await Database.KeyDeleteAsync([.. Keys(id)]);
    }

    private static IEnumerable<RedisKey> Keys(string id) => [PlanKey(id), PiecesKey(id), ResultsKey(id)];

    private static RedisKey PlanKey(string id) => $"rbpf/{id}/plan";

    private static RedisKey PiecesKey(string id) => $"rbpf/{id}/pieces";

    private static RedisKey ResultsKey(string id) => $"rbpf/{id}/results";
}

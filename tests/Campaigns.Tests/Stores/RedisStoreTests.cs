using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Stores;
using StackExchange.Redis;

namespace RbpfSpec.Campaigns.Tests.Stores;

[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed class RedisStoreTests : Scratch
{
    private static readonly CampaignPlan Plan = new() { Kind = "square", Program = "p", Settings = "s\n", Pieces = ["1", "2", "3"] };

    [Fact]
    public async Task What_one_process_kept_another_one_finds_until_it_ends()
    {
        using RedisServer redis = new(Folder);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Address.Host}:{redis.Address.Port}");
        await using var other = await ConnectionMultiplexer.ConnectAsync($"{redis.Address.Host}:{redis.Address.Port}");
        RedisStore store = new(connection);
        RedisStore another = new(other);
        (await another.Load(Plan.Id)).ShouldBeNull();

        await store.Begin(Plan);
        await store.Keep(Plan.Id, 2, "three\n");
        await store.Keep(Plan.Id, 0, "one");
        await another.Begin(Plan);
        var found = (await another.Load(Plan.Id)).ShouldNotBeNull();

        found.Plan.Id.ShouldBe(Plan.Id);
        found.Plan.Pieces.ShouldBe(["1", "2", "3"]);
        found.Results.ShouldBe(new Dictionary<int, string> { [0] = "one", [2] = "three\n" }, ignoreOrder: true);
        (await another.Active()).ShouldBe([Plan.Id]);

        await store.Pause(Plan.Id);
        (await another.Active()).ShouldBeEmpty();
        (await another.Load(Plan.Id)).ShouldNotBeNull();

        await store.End(Plan.Id);
        (await another.Load(Plan.Id)).ShouldBeNull();
        connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: "rbpf/*").ShouldBeEmpty();
    }
}

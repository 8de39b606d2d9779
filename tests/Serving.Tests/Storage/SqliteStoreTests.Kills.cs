using System.Globalization;
using RbpfSpec.Serving.Tests.Kills;
using Xunit.Abstractions;

namespace RbpfSpec.Serving.Tests.Storage;

public sealed partial class SqliteStoreTests(ITestOutputHelper output)
{
    private const int Kills = 30;

    [Fact]
    [Trait("Needs", "time")]
    public void A_server_that_is_killed_has_torn_nothing_and_lost_nothing_that_it_acknowledged()
    {
        // RBPFSPEC_KILLS=1000 kills as often, in some minutes; a failure prints its seed, which RBPFSPEC_KILL_SEED takes again.
        var kills = Number("RBPFSPEC_KILLS") ?? Kills;
        var seed = (ulong)(Number("RBPFSPEC_KILL_SEED") ?? 1);

        var count = new KillRun("sqlite", Path, seed).Run(kills);

        output.WriteLine($"{kills} kills, seed {seed}: {count}");
        count.ShouldSatisfyAllConditions(
            $"seed {seed}: {count}",
            () => count.Torn.ShouldBe(0),
            () => count.Lost.ShouldBe(0),
            () => count.Uploads.ShouldBeGreaterThan(kills / 2));
    }

    // Were the test too gentle, it would not find what this one does.
    [Fact]
    [Trait("Needs", "time")]
    public void A_store_that_writes_in_place_tears()
    {
        var count = new KillRun(InPlaceStore.Kind, Path, seed: 1).Run(Kills);

        output.WriteLine($"{Kills} kills, in place: {count}");
        count.Torn.ShouldBeGreaterThan(0, count.ToString());
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}

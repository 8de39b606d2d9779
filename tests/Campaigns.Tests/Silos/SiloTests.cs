using System.Diagnostics;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Campaigns.Tests.Silos;

/// <summary>Silos that find each other by Redis.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class SiloTests : Scratch
{
    private const int Count = 20;

    [Fact]
    public async Task A_campaign_whose_silo_is_killed_goes_on_in_another_and_who_begins_it_again_misses_nothing()
    {
        const int Before = 5;
        using RedisServer redis = new(Folder);
        using ManualResetEventSlim released = new();
        Squares kind = new(piece =>
        {
            if (piece == $"{Before}") released.Wait();
        });
        await using Together silos = new(store: null, cluster: redis.Address);
        var killed = await silos.Join(kind, jobs: 0);
        await silos.Join(kind);
        TaskCompletionSource reached = new();
        var first = new Coordinator(killed.Grains)
        {
            Finished = (piece, _) =>
            {
                if (piece == Before - 1) reached.TrySetResult();
                return null;
            },
        }.Run(Squares.Plan(Count));
        await reached.Task;

        await killed.Kill();
        var later = await silos.Join(kind, jobs: 0);
        var second = new Coordinator(later.Grains).Run(Squares.Plan(Count));
        released.Set();
        var end = await second;

        end.Results.ShouldBe(Squares.Results(Count));
        kind.Done.Count.ShouldBe(Count);
        first.IsCompletedSuccessfully.ShouldBeFalse();
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_is_told_in_one_line()
    {
        ClusterAddress nowhere;
        using (RedisServer redis = new(Folder)) nowhere = redis.Address;

        var problem = await Should.ThrowAsync<FileException>(() => Silo.Start(new() { Cluster = nowhere }));

        problem.Message.ShouldBe($"there is no Redis at {nowhere}; expected one that answers");
    }

    [Fact]
    public void A_worker_that_is_killed_changes_nothing_in_the_ledger()
    {
        const string Only = "frame/alu/*";
        using RedisServer redis = new(Folder);
        External.Run("dotnet", Rbpf, "prove", "--only", Only, "--ledger", At("one.json")).ExitCode.ShouldBe(0);
        using var killed = Worker(redis);
        using var other = Worker(redis);

        using var campaign = External.Begin(
            "dotnet", Rbpf, "campaign", "prove", "--only", Only, "--ledger", At("many.json"), "--cluster", $"{redis.Address}",
            "--jobs", "0");

        // The first line tells that a tenth is done.
        campaign.StandardOutput.ReadLine().ShouldNotBeNull().ShouldContain(" of 164: ");
        killed.Kill();
        var printed = campaign.StandardOutput.ReadToEnd();
        campaign.WaitForExit();
        other.Kill();

        campaign.ExitCode.ShouldBe(0, printed);
        printed.ShouldContain("164 proved, 0 refuted, 0 undecided in ");
        File.ReadAllBytes(At("many.json")).ShouldBe(File.ReadAllBytes(At("one.json")));
    }

    private static string Rbpf => Path.Combine(AppContext.BaseDirectory, "rbpf.dll");

    private static Process Worker(RedisServer redis)
    {
        var worker = External.Begin("dotnet", Rbpf, "worker", "--cluster", $"{redis.Address}", "--jobs", "1");
        worker.StandardOutput.ReadLine().ShouldNotBeNull().ShouldStartWith("worker ");
        return worker;
    }
}

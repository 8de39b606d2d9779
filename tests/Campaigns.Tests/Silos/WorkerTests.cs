using System.Collections.Concurrent;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Tests.Silos;

[Trait("Needs", "time")]
public sealed class WorkerTests
{
    private const int Count = 5;

    [Fact]
    public async Task A_piece_that_fails_three_times_is_given_up_and_the_others_are_done()
    {
        var tries = 0;
        Squares kind = new(piece =>
        {
            if (piece != "2") return;
            Interlocked.Increment(ref tries);
            throw new InvalidOperationException("two is odd");
        });
        ConcurrentQueue<string> told = [];
        await using Together silos = new(new MemoryStore());
        await silos.Join(kind, jobs: 2);

        var end = await new Coordinator(silos.First.Grains) { Tell = told.Enqueue }.Run(Squares.Plan(Count));

        tries.ShouldBe(3);
        end.GivenUp.ShouldBe(new Dictionary<int, string> { [2] = "InvalidOperationException: two is odd" });
        end.Results.Select(result => result is null).ShouldBe([false, false, true, false, false]);
        told.ShouldBe(["piece 3 of 5 is given up: InvalidOperationException: two is odd"]);
    }

    [Theory]
    [InlineData("2.0", "square", "numbers", "it was planned by another version of the program")]
    [InlineData("1.0", "cube", "numbers", "it is of a kind that is not known here, 'cube'")]
    [InlineData("1.0", "square", "refused", "a ruler is missing")]
    public async Task A_campaign_that_is_not_for_it_a_worker_leaves_alone_and_says_so(
        string program, string kind, string settings, string reason)
    {
        Squares other = new();
        await using Together silos = new(new MemoryStore());
        await silos.Join(other);
        var plan = Squares.Plan(Count) with { Program = program, Kind = kind, Settings = settings };
        using CancellationTokenSource heard = new();
        ConcurrentQueue<string> told = [];

        var end = await new Coordinator(silos.First.Grains)
        {
            Tell = line =>
            {
                told.Enqueue(line);
                heard.Cancel();
            },
        }.Run(plan, heard.Token);

        told.ShouldBe([$"the worker 0 leaves it alone: {reason}"]);
        silos.Told.ShouldBe([$"campaign {plan.Id}: {reason}; this worker leaves it alone"]);
        end.IsInterrupted.ShouldBeTrue();
        other.Done.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_it_prepared_for_a_campaign_it_clears_away()
    {
        Squares kind = new();
        await using (Together silos = new(new MemoryStore()))
        {
            await silos.Join(kind, jobs: 3);
            await new Coordinator(silos.First.Grains).Run(Squares.Plan(Count));
        }

        kind.Done.Count.ShouldBe(Count);
        kind.Open.ShouldBe(0);
    }
}

using System.Collections.Concurrent;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Tests.Silos;

[Trait("Needs", "time")]
public sealed class CoordinatorTests : Scratch
{
    private const int Count = 30;

    [Fact]
    public async Task Three_silos_have_the_results_of_one_in_the_same_order()
    {
        Squares kind = new();
        await using Together silos = new(new MemoryStore());
        for (var silo = 0; silo < 3; silo++) await silos.Join(kind);
        ConcurrentQueue<int> came = [];

        var end = await new Coordinator(silos.First.Grains)
        {
            Finished = (piece, _) =>
            {
                came.Enqueue(piece);
                return null;
            },
        }.Run(Squares.Plan(Count));

        end.Results.ShouldBe(Squares.Results(Count));
        end.IsInterrupted.ShouldBeFalse();
        came.ShouldBe(Enumerable.Range(0, Count), ignoreOrder: true);
        kind.Done.Count.ShouldBe(Count);
    }

    [Fact]
    public async Task What_a_killed_silo_had_another_one_does_when_its_lease_is_over()
    {
        Clock clock = new();
        TaskCompletionSource<string> held = new();
        using ManualResetEventSlim released = new();
        Squares kind = new();
        Squares slow = new(piece =>
        {
            held.TrySetResult(piece);
            released.Wait();
        });
        await using Together silos = new(new MemoryStore(), clock);
        await silos.Join(kind, jobs: 0);
        var killed = await silos.Join(slow);
        TaskCompletionSource others = new();
        var run = new Coordinator(silos.First.Grains) { Finished = (_, _) => Counted(Count - 1, others) }.Run(Squares.Plan(Count));
        var lost = await held.Task;
        await silos.Join(kind);
        await killed.Kill();
        await others.Task;

        clock.Advance(LeaseRules.Default.Time);
        var end = await run;
        released.Set();

        end.Results.ShouldBe(Squares.Results(Count));
        kind.Done.ShouldContain(lost);
        kind.Done.Count.ShouldBe(Count);
    }

    [Fact]
    public async Task A_killed_coordinator_begun_again_goes_on_with_what_was_kept()
    {
        const int Before = 7;
        TaskCompletionSource reached = new();
        using ManualResetEventSlim released = new();
        Squares first = new(piece =>
        {
            if (piece == $"{Before}") released.Wait();
        });
        using (JournalStore store = new(Folder))
        {
            await using Together silos = new(store);
            var silo = await silos.Join(first);
            var run = new Coordinator(silo.Grains) { Finished = (_, _) => Counted(Before, reached) }.Run(Squares.Plan(Count));
            await reached.Task;
            await silo.Kill();
            store.Dispose();
            released.Set();
            run.IsCompleted.ShouldBeFalse();
        }

        Squares second = new();
        using JournalStore again = new(Folder);
        await using Together later = new(again);
        await later.Join(second);
        var end = await new Coordinator(later.First.Grains).Run(Squares.Plan(Count));

        end.Results.ShouldBe(Squares.Results(Count));
        second.Done.ShouldBe(Enumerable.Range(Before, Count - Before).Select(number => $"{number}"), ignoreOrder: true);
        await new Coordinator(later.First.Grains).Forget(Squares.Plan(Count));
        Directory.EnumerateFileSystemEntries(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interrupted_campaign_is_kept_and_nobody_works_for_it_until_it_is_begun_again()
    {
        using CancellationTokenSource interruption = new();
        Squares kind = new();
        MemoryStore store = new();
        await using Together silos = new(store);
        await silos.Join(kind);

        var first = await new Coordinator(silos.First.Grains)
        {
            Finished = (piece, _) =>
            {
                interruption.Cancel();
                return null;
            },
        }.Run(Squares.Plan(Count), interruption.Token);

        first.IsInterrupted.ShouldBeTrue();
        first.Results.ShouldContain(result => result != null);
        (await store.Active()).ShouldBeEmpty();
        (await store.Load(first.Id)).ShouldNotBeNull();

        var second = await new Coordinator(silos.First.Grains).Run(Squares.Plan(Count));
        second.Results.ShouldBe(Squares.Results(Count));
        kind.Done.Count.ShouldBe(Count);
    }

    [Fact]
    public async Task What_is_forgotten_is_done_anew()
    {
        Squares kind = new();
        await using Together silos = new(new MemoryStore());
        await silos.Join(kind);
        Coordinator coordinator = new(silos.First.Grains);
        await coordinator.Run(Squares.Plan(Count));

        await coordinator.Forget(Squares.Plan(Count));
        var end = await coordinator.Run(Squares.Plan(Count));

        end.Results.ShouldBe(Squares.Results(Count));
        kind.Done.Count.ShouldBe(2 * Count);
    }

    [Fact]
    public async Task Pieces_that_a_result_makes_needless_are_not_waited_for()
    {
        using ManualResetEventSlim released = new();
        Squares kind = new(piece =>
        {
            if (piece is not ("0" or "1")) released.Wait();
        });
        await using Together silos = new(new MemoryStore());
        await silos.Join(kind);

        var end = await new Coordinator(silos.First.Grains) { Finished = (piece, _) => piece == 1 ? 2 : null }.Run(Squares.Plan(Count));
        released.Set();

        end.Results.Take(3).ShouldBe(["numbers: 0", "numbers: 1", null]);
        end.IsInterrupted.ShouldBeFalse();
        end.GivenUp.ShouldBeEmpty();
    }

    private readonly StrongCount counted = new();

    private int? Counted(int wanted, TaskCompletionSource reached)
    {
        if (Interlocked.Increment(ref counted.Value) == wanted) reached.TrySetResult();
        return null;
    }

    private sealed class StrongCount
    {
        public int Value;
    }
}

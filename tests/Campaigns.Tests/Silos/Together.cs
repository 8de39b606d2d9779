using System.Collections.Concurrent;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Tests.Silos;

/// <summary>Work that tests look at: the result of a piece is its square.</summary>
/// <param name="before">Told of each piece before it is done.</param>
internal sealed class Squares(Action<string>? before = null) : IWorkKind
{
    /// <summary>The pieces that were done, in their order.</summary>
    public ConcurrentQueue<string> Done { get; } = [];

    /// <summary>How many workshops and benches are open.</summary>
    public int Open => open;

    private int open;

    public string Name => "square";

    /// <summary>A plan of the first numbers.</summary>
    public static CampaignPlan Plan(int count) => new()
    {
        Kind = "square",
        Program = "1.0",
        Settings = "numbers",
        Pieces = [.. Enumerable.Range(0, count).Select(number => $"{number}")],
    };

    /// <summary>The results of such a plan.</summary>
    public static IEnumerable<string> Results(int count) => Enumerable.Range(0, count).Select(number => $"numbers: {number * number}");

    IWorkshop IWorkKind.Open(string settings)
    {
        if (settings == "refused") throw new WorkRefusedException("a ruler is missing");
        return new Shop(this, settings);
    }

    private void Before(string piece) => before?.Invoke(piece);

    private abstract class Counted : IDisposable
    {
        protected Counted(Squares kind)
        {
            Kind = kind;
            Interlocked.Increment(ref kind.open);
        }

        protected Squares Kind { get; }

        public void Dispose() => Interlocked.Decrement(ref Kind.open);
    }

    private sealed class Shop(Squares squares, string settings) : Counted(squares), IWorkshop
    {
        public IWorkbench Bench() => new Table(Kind, settings);
    }

    private sealed class Table(Squares squares, string settings) : Counted(squares), IWorkbench
    {
        public string Do(string piece, CancellationToken cancellation)
        {
            Kind.Before(piece);
            cancellation.ThrowIfCancellationRequested();
            Kind.Done.Enqueue(piece);
            var number = int.Parse(piece, System.Globalization.CultureInfo.InvariantCulture);
            return $"{settings}: {number * number}";
        }
    }
}

/// <summary>Silos of one process, each with a worker.</summary>
/// <param name="store">Where campaigns are kept; null for the Redis of the cluster.</param>
/// <param name="time">The clock of leases; that of the computer if nothing is said.</param>
/// <param name="cluster">The cluster; null for one without Redis.</param>
internal sealed class Together(ICampaignStore? store, TimeProvider? time = null, ClusterAddress? cluster = null) : IAsyncDisposable
{
    private readonly List<(Silo Silo, Worker Worker, CancellationTokenSource Stop, Task Working)> all = [];

    /// <summary>The first silo.</summary>
    public Silo First => all[0].Silo;

    /// <summary>The lines that workers told.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    /// <summary>Starts one more.</summary>
    public async Task<Silo> Join(IWorkKind kind, string program = "1.0", int jobs = 1)
    {
        var silo = await Silo.Start(new()
        {
            Store = store,
            Time = time ?? TimeProvider.System,
            Cluster = cluster,
            First = all.Count == 0 ? null : First.Address,
            Look = TimeSpan.FromSeconds(1),
        });
        Worker worker = new(silo.Grains, new($"{all.Count}", program, jobs) { Kinds = [kind], Tell = Told.Enqueue });
        CancellationTokenSource stop = new();
        all.Add((silo, worker, stop, Task.Run(() => worker.Run(stop.Token))));
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, stop, _) in all) await stop.CancelAsync();
        foreach (var (_, worker, stop, working) in all)
        {
            await working;
            worker.Dispose();
            stop.Dispose();
        }

        for (var index = all.Count - 1; index >= 0; index--) await all[index].Silo.DisposeAsync();
    }
}

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class Clock : TimeProvider
{
    private long ticks = DateTimeOffset.UnixEpoch.Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Lets time go by.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}

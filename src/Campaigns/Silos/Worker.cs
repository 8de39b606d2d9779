using System.Collections.Concurrent;
using RbpfSpec.Campaigns.Grains;
using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>The settings of a worker.</summary>
/// <param name="Name">The name that the campaign knows it by; no other worker has it.</param>
/// <param name="Program">A hash of what this program says.</param>
/// <param name="Jobs">How many pieces it works at at a time.</param>
public sealed record WorkerSettings(string Name, string Program, int Jobs)
{
    /// <summary>The kinds of work that it can do.</summary>
    public required IReadOnlyList<IWorkKind> Kinds { get; init; }

    /// <summary>Told, a line each, what people should know.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>How often it says that it still works at what it has.</summary>
    public TimeSpan Renewal { get; init; } = LeaseRules.Default.Time / 3;
}

/// <summary>Works at pieces of whatever campaigns there are, on threads of its own.</summary>
/// <param name="grains">The grains of the cluster.</param>
/// <param name="settings">Its settings.</param>
public sealed class Worker(IGrainFactory grains, WorkerSettings settings) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private const int Deliveries = 20;

    private readonly ConcurrentDictionary<string, Lazy<Task<Place>>> places = [];

    /// <summary>Works until it is told to stop; then what it has is left to others.</summary>
    public async Task Run(CancellationToken stop)
    {
        using CancellationTokenSource ended = new();
        var renewing = Renew(ended.Token);
        await Task.WhenAll(Enumerable.Range(0, settings.Jobs).Select(_ => Lane(stop)));
        await ended.CancelAsync();
        await renewing;
        foreach (var id in places.Keys) await Tried(() => Campaign(id).Leave(settings.Name));
    }

    /// <summary>Closes what it worked at.</summary>
    public void Dispose()
    {
        foreach (var id in places.Keys) Close(id);
    }

    private ICampaignGrain Campaign(string id) => grains.GetGrain<ICampaignGrain>(id);

    // A worker outlives whatever happens to the others, so what goes wrong with them is tried again.
    private async Task Lane(CancellationToken stop)
    {
        using DeepThread thread = new();
        while (!stop.IsCancellationRequested)
        {
            var worked = false;
            if (await Tried(async () => worked = await Round(thread, stop)))
            {
                if (!worked) await Threads.Wait(Idle, stop);
            }
            else
            {
                await Threads.Wait(Again, stop);
            }
        }
    }

    // A piece of each campaign; whether there was one.
    private async Task<bool> Round(DeepThread thread, CancellationToken stop)
    {
        var worked = false;
        var campaigns = await grains.GetGrain<IBoardGrain>(IBoardGrain.Key).Campaigns();
        foreach (var gone in places.Keys.Except(campaigns)) Close(gone);
        foreach (var id in campaigns)
        {
            if (stop.IsCancellationRequested) break;
            if (await places.GetOrAdd(id, _ => new(() => Open(id, thread))).Value is not Place.Opened place) continue;
            if (await Campaign(id).Take(settings.Name) is not Taken.Piece(var number)) continue;
            worked = true;
            await Work(id, place, number, thread, stop);
        }

        return worked;
    }

    private async Task<Place> Open(string id, DeepThread thread)
    {
        try
        {
            if (await Campaign(id).Plan() is not { } plan) return new Place.None();
            if (plan.Program != settings.Program) return await Refuse("it was planned by another version of the program");
            return settings.Kinds.FirstOrDefault(kind => kind.Name == plan.Kind) is { } kind
                ? new Place.Opened(plan, await thread.Do(() => kind.Open(plan.Settings)))
                : await Refuse($"it is of a kind that is not known here, '{plan.Kind}'");
        }
        catch (WorkRefusedException exception)
        {
            return await Refuse(exception.Message);
        }
        catch (Exception)
        {
            // Nothing is known of it yet, so it is looked at again.
            places.TryRemove(id, out _);
            throw;
        }

        async Task<Place> Refuse(string reason)
        {
            settings.Tell($"campaign {id}: {reason}; this worker leaves it alone");
            await Campaign(id).Refuse(settings.Name, reason);
            return new Place.None();
        }
    }

    private async Task Work(string id, Place.Opened place, int number, DeepThread thread, CancellationToken stop)
    {
        string result;
        try
        {
            result = await thread.Do(() => place.Do(number, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            await Tried(() => Campaign(id).Fail(number, settings.Name, $"{exception.GetType().Name}: {exception.Message}"));
            return;
        }

        // The silo that has the campaign may be lost just now: another one will have it soon.
        for (var delivery = 0; delivery < Deliveries; delivery++)
        {
            if (await Tried(() => Campaign(id).Finish(number, result))) return;
            await Threads.Wait(Again, stop);
        }

        await Tried(() => Campaign(id).Fail(number, settings.Name, "its result could not be kept"));
    }

    private async Task Renew(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Threads.Wait(settings.Renewal, ended);
            foreach (var id in places.Keys) await Tried(() => Campaign(id).Renew(settings.Name));
        }
    }

    private void Close(string id)
    {
        if (places.TryRemove(id, out var place) && place.IsValueCreated && place.Value is { IsCompletedSuccessfully: true } opened)
            (opened.Result as Place.Opened)?.Dispose();
    }

    // Whether it could be done: what goes wrong between silos is no fault of ours, and passes.
    private static async Task<bool> Tried(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException or ObjectDisposedException
            or OperationCanceledException or StackExchange.Redis.RedisException or FileSystem.FileException)
        {
            return false;
        }
    }

    // What it has of a campaign: nothing, or a workshop with its benches.
    private abstract class Place
    {
        public sealed class None : Place;

        public sealed class Opened(CampaignPlan plan, IWorkshop workshop) : Place, IDisposable
        {
            private readonly ConcurrentBag<IWorkbench> benches = [];
            private int users;
            private bool isClosed;

            public string Do(int piece, CancellationToken stop)
            {
                Interlocked.Increment(ref users);
                try
                {
                    var bench = benches.TryTake(out var free) ? free : workshop.Bench();
                    try
                    {
                        return bench.Do(plan.Pieces[piece], stop);
                    }
                    finally
                    {
                        benches.Add(bench);
                    }
                }
                finally
                {
                    if (Interlocked.Decrement(ref users) == 0 && Volatile.Read(ref isClosed)) Clear();
                }
            }

            public void Dispose()
            {
                Volatile.Write(ref isClosed, true);
                if (Volatile.Read(ref users) == 0) Clear();
            }

            private void Clear()
            {
                while (benches.TryTake(out var bench)) bench.Dispose();
                workshop.Dispose();
            }
        }
    }
}

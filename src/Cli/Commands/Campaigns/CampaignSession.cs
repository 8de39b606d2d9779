using System.Globalization;
using System.Net;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Campaigns.Stores;
using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary>A process that takes part in campaigns: a silo, and a worker in it.</summary>
internal sealed class CampaignSession : IDisposable
{
    private readonly JournalStore? journal;
    private readonly Silo silo;
    private readonly Worker worker;
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;

    private CampaignSession(JournalStore? journal, Silo silo, Worker worker, string name)
    {
        (this.journal, this.silo, this.worker, Name) = (journal, silo, worker, name);
        working = Task.Run(() => worker.Run(stop.Token));
    }

    /// <summary>A hash of what this program says: processes with another one do not work together.</summary>
    public static string Program => Known.Value;

    /// <summary>The name of the worker.</summary>
    public string Name { get; }

    // Found out once, when a campaign is planned or joined.
    private static Lazy<string> Known { get; } = new(() =>
        ProgramFingerprint.Of(typeof(CommandLine).Assembly, name => name.StartsWith("RbpfSpec.", StringComparison.Ordinal))
        ?? $"{typeof(CommandLine).Assembly.ManifestModule.ModuleVersionId}");

    /// <summary>Takes part.</summary>
    /// <param name="input">With whom.</param>
    /// <param name="kinds">The kinds of work that are known here.</param>
    /// <param name="tell">Told, a line each, what people should know.</param>
    /// <param name="plan">The campaign that is to be kept here; null for a worker.</param>
    /// <exception cref="FileException">Redis cannot be reached, or nothing can be kept.</exception>
    public static CampaignSession Start(ClusterInput input, IReadOnlyList<IWorkKind> kinds, Action<string> tell, CampaignPlan? plan)
    {
        var store = input.Cluster is null ? new JournalStore(input.Folder) : null;
        try
        {
            // What cannot be kept is told before anything is begun.
            if (plan is not null && store is not null) store.Begin(plan).AsTask().GetAwaiter().GetResult();
            var started = Silo.Start(new()
            {
                Cluster = input.Cluster,
                Address = input.Address ?? new(IPAddress.Loopback, 0),
                Store = store,
            }).GetAwaiter().GetResult();
            var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");
            var settings = new WorkerSettings($"{name}/{Guid.NewGuid():N}", Program, input.Jobs) { Kinds = kinds, Tell = tell };
            return new(store, started, new(started.Grains, settings), name);
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a campaign to its end.</summary>
    public CampaignEnd Run(CampaignPlan plan, Func<int, string, int?> finished, Action<string> tell, CancellationToken cancellation)
    {
        // What is under way here ends with it.
        using var registration = cancellation.Register(stop.Cancel);
        var run = Task.Run(() => new Coordinator(silo.Grains) { Finished = finished, Tell = tell }.Run(plan, cancellation));

        // A fault of the worker's is ours, and ends the run.
        var first = Task.WhenAny(run, working).GetAwaiter().GetResult();
        if (first == working) working.GetAwaiter().GetResult();
        return run.GetAwaiter().GetResult();
    }

    /// <summary>Works for others until it is interrupted.</summary>
    public void Serve(CancellationToken cancellation)
    {
        using var registration = cancellation.Register(stop.Cancel);
        working.GetAwaiter().GetResult();
    }

    /// <summary>Forgets a campaign whose result is written.</summary>
    public void Forget(CampaignPlan plan) => new Coordinator(silo.Grains).Forget(plan).GetAwaiter().GetResult();

    /// <summary>Leaves the others.</summary>
    public void Dispose()
    {
        stop.Cancel();
        try
        {
            working.GetAwaiter().GetResult();
        }
        finally
        {
            worker.Dispose();
            silo.DisposeAsync().AsTask().GetAwaiter().GetResult();
            journal?.Dispose();
            stop.Dispose();
        }
    }
}

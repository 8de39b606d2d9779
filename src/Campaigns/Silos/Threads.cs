using System.Collections.Concurrent;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>Waits that would keep a silo from its own.</summary>
internal static class Threads
{
    /// <summary>Waits a while for others, who do not tell when they are ready; less if it is told to stop.</summary>
    public static async Task Wait(TimeSpan time, CancellationToken stop = default)
    {
        using PeriodicTimer timer = new(time);
        try
        {
            await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // Whoever waits looks for itself whether to go on.
        }
    }
}

/// <summary>A thread for work that takes long, one after the other; it keeps what the work keeps for its thread.</summary>
internal sealed class DeepThread : IDisposable
{
    // Solvers recurse on what they read; the usual stack of a thread is small on some systems.
    private const int StackBytes = 64 << 20;

    private readonly BlockingCollection<Action> waiting = [];

    /// <summary>Starts it.</summary>
    public DeepThread() => new Thread(Work, StackBytes) { IsBackground = true }.Start();

    /// <summary>The result of some work on it.</summary>
    public Task<T> Do<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Ends it after what it has.</summary>
    public void Dispose() => waiting.CompleteAdding();

    private void Work()
    {
        foreach (var next in waiting.GetConsumingEnumerable()) next();
    }
}

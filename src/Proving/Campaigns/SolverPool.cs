using System.Runtime.ExceptionServices;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Campaigns;

/// <summary>Threads that work through a list, each with a solver session of its own.</summary>
public static class SolverPool
{
    // Solvers recurse on what they read; the usual stack of a thread is small on some systems.
    private const int StackBytes = 64 << 20;

    private static readonly TimeSpan InterruptAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Works through a list; items differ in cost, so each thread takes the next one as soon as it is free.</summary>
    /// <param name="items">The list.</param>
    /// <param name="sessions">The sessions, one a thread.</param>
    /// <param name="work">What is done with an item.</param>
    /// <param name="cancellation">Interrupts the sessions; what was not finished by then has no result.</param>
    /// <returns>The results in the order of the items, null for those without.</returns>
    public static IReadOnlyList<TResult?> Run<TItem, TResult>(
        IReadOnlyList<TItem> items, IReadOnlyList<ISolver> sessions, Func<ISolver, TItem, TResult> work, CancellationToken cancellation)
        where TResult : class
    {
        var results = new TResult?[items.Count];
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        var threads = sessions.Select(session => new Thread(() => Work(session), StackBytes) { IsBackground = true }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads)
        {
            // An interrupt between two questions reaches neither; so it is repeated.
            while (!thread.Join(InterruptAgain))
            {
                if (!cancellation.IsCancellationRequested) continue;
                foreach (var session in sessions) session.Interrupt();
            }
        }

        failure?.Throw();
        return results;

        void Work(ISolver session)
        {
            try
            {
                while (Interlocked.Increment(ref next) is var index && index < items.Count && !cancellation.IsCancellationRequested)
                    results[index] = work(session, items[index]);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // What was under way has no result.
            }
            catch (Exception exception)
            {
                // Our bug, not the solver's: the others end, and the caller hears of it on its own thread.
                failure = ExceptionDispatchInfo.Capture(exception);
                Interlocked.Exchange(ref next, items.Count);
            }
        }
    }
}

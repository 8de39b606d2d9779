namespace RbpfSpec.Campaigns.Silos;

/// <summary>Work and waits that would keep a silo from its own.</summary>
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

    /// <summary>The result of some work on a thread of its own.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stackBytes">The size of the thread's stack.</param>
    public static Task<T> Deep<T>(Func<T> work, int stackBytes)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(
            () =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            },
            stackBytes)
        { IsBackground = true }.Start();
        return done.Task;
    }
}

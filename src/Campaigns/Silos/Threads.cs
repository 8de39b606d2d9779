namespace RbpfSpec.Campaigns.Silos;

/// <summary>Threads for work that takes long, and would keep a silo from its own.</summary>
internal static class Threads
{
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

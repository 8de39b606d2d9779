namespace RbpfSpec.Conformance.Running;

/// <summary>A thread that does for another what may block, one thing after the other.</summary>
internal sealed class WorkThread : IDisposable
{
    // Nothing is the end.
    private readonly Queue<Task?> work = new();

    /// <summary>Starts the thread, which does not keep the program from ending.</summary>
    public WorkThread() => new Thread(Work) { IsBackground = true }.Start();

    /// <summary>Has something done; an exception of it is that of the task.</summary>
    /// <param name="what">What to do.</param>
    public Task<T> Do<T>(Func<T> what)
    {
        var task = new Task<T>(what, TaskCreationOptions.RunContinuationsAsynchronously);
        Add(task);
        return task;
    }

    /// <summary>Ends the thread as soon as it has done what it was given, and does not wait for that.</summary>
    public void Dispose() => Add(null);

    private void Add(Task? task)
    {
        lock (work)
        {
            work.Enqueue(task);
            Monitor.Pulse(work);
        }
    }

    private void Work()
    {
        while (Next() is { } task) task.RunSynchronously(TaskScheduler.Default);
    }

    private Task? Next()
    {
        lock (work)
        {
            while (work.Count == 0) Monitor.Wait(work);
            return work.Dequeue();
        }
    }
}

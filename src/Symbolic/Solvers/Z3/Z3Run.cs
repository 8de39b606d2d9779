using RbpfSpec.Symbolic.Native;

namespace RbpfSpec.Symbolic.Solvers.Z3;

/// <summary>One script in a context, and the watchdog that stops it.</summary>
/// <remarks>
/// The library does not forget an interrupt until the context is deleted, so whoever gave a context to a run that was
/// stopped deletes it. An interrupt that comes late finds a finished run, and cannot reach the next script.
/// </remarks>
internal sealed class Z3Run : IDisposable
{
    // An interrupt can fall between two checks for it; it is repeated until the run has finished.
    private static readonly TimeSpan Repetition = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Z3Context context;
    private readonly Timer watchdog;
    private string stopped = "";
    private bool finished;

    /// <summary>Starts the watchdog.</summary>
    /// <param name="context">The context, which no other run has.</param>
    /// <param name="limit">When it stops the run; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    public Z3Run(Z3Context context, TimeSpan limit)
    {
        this.context = context;

        // A short limit could pass before the field is set.
        watchdog = new(_ => Stop($"no verdict in {Limits.Text(limit)}"));
        watchdog.Change(limit, Repetition);
    }

    /// <summary>Why the run was stopped; empty if it was not.</summary>
    public string Stopped
    {
        get
        {
            lock (gate) return stopped;
        }
    }

    /// <summary>Executes commands of SMT-LIB 2.</summary>
    /// <returns>All that they printed, errors included.</returns>
    public string Evaluate(string commands) => context.Evaluate(commands);

    /// <summary>Stops the run, from any thread; nothing if it has finished.</summary>
    public void Stop(string reason)
    {
        lock (gate)
        {
            if (finished) return;
            if (stopped.Length == 0)
            {
                stopped = reason;
                watchdog.Change(Repetition, Repetition);
            }

            context.Interrupt();
        }
    }

    /// <summary>From here on nothing stops the run; the context stays.</summary>
    public void End()
    {
        lock (gate) finished = true;
    }

    public void Dispose()
    {
        End();
        watchdog.Dispose();
    }
}

using RbpfSpec.Symbolic.Native;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>z3 as a library in this process.</summary>
/// <remarks>
/// <para>Some of the library's steps seldom look for an interrupt: a script can take longer than its limit.</para>
/// <para>
/// While it works, the library takes the interrupt key for itself: the script is then undecided, <c>interrupted by a
/// signal</c>, and the process goes on.
/// </para>
/// </remarks>
public sealed class Z3Solver : ISolver
{
    private readonly Lock gate = new();
    private Z3Run? running;

    private Z3Solver(string version) => Version = version;

    public string Name => "libz3";

    public string Version { get; }

    /// <summary>Opens a session, if this process can call libz3.</summary>
    public static Opening Open() => Z3Library.Presence switch
    {
        Z3Presence.Present(var version) => new Opening.Opened(new Z3Solver(version)),
        Z3Presence.Absent(var reason) => new Opening.Unavailable(reason),
    };

    public Reply Solve(Script script, TimeSpan limit)
    {
        if (ScriptShape.Problem(script) is { Length: > 0 } problem) return new Reply.Failed(problem);
        using var run = new Z3Run(Limits.Clamp(limit));
        lock (gate) running = run;
        try
        {
            var reply = Solve(script, run);

            // What is said after the interrupt is not relied upon.
            return run.Stopped is { Length: > 0 } reason ? new Reply.Undecided(reason) : reply;
        }
        finally
        {
            lock (gate) running = null;
        }
    }

    public void Interrupt()
    {
        lock (gate) running?.Stop("interrupted");
    }

    public void Dispose() => Interrupt();

    private Reply Solve(Script script, Z3Run run)
    {
        var printed = run.Evaluate(script.Text);
        if (!string.IsNullOrWhiteSpace(printed))
            return new Reply.Failed($"{Name} answered {ReplyText.Quote(printed)} to the assertions");

        var reply = Z3Strategies.Decide(run, Name);
        return reply is Reply.Satisfiable && !script.Wanted.IsEmpty
            ? ReplyText.Model(run.Evaluate(ReplyText.GetValue(script)), script, Name)
            : reply;
    }
}

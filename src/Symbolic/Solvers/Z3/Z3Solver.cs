using RbpfSpec.Symbolic.Native;
using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Solvers.Z3;

/// <summary>z3 as a library in this process.</summary>
/// <remarks>
/// <para>Some of the library's steps seldom look for an interrupt: a script can take longer than its limit.</para>
/// <para>
/// While it works, the library takes the interrupt key for itself: the script is then undecided, <c>interrupted by a
/// signal</c>, and the process goes on.
/// </para>
/// <para>
/// To make a context takes longer than most scripts do. So one is kept for each logic, in which a script has a level of
/// its own that is taken away after it. Of what it says there only a verdict counts, and that only if the script consists of declarations,
/// definitions and assertions. Values come from a new context, as they depend on what a context was asked before.
/// </para>
/// </remarks>
public sealed class Z3Solver : ISolver
{
    // What a context remembers of earlier scripts is little, and this often nothing.
    private const int MostScripts = 500;

    private readonly Lock gate = new();
    private Z3Run? running;
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);

    private Z3Solver(string version) => Version = version;

    public string Name => "libz3";

    public string Version { get; }

    /// <summary>Opens a session, if this process can call libz3.</summary>
    public static SolverSession Open() => Z3Library.Presence switch
    {
        Z3Presence.Present(var version) => new SolverSession.Opened(new Z3Solver(version)),
        Z3Presence.Absent(var reason) => new SolverSession.Unavailable(reason),
    };

    public Reply Solve(Script script, TimeSpan limit)
    {
        if (ScriptShape.Problem(script) is { Length: > 0 } problem) return new Reply.Failed(problem);
        if (!(script.HasLikelyValues && !script.Wanted.IsEmpty) && ScriptShape.Assertions(script.Text) is var (logic, assertions)
            && InKept(logic, assertions, limit) is { } reply
            && (reply is not Reply.Satisfiable || script.Wanted.IsEmpty))
        {
            return reply;
        }

        using var context = Z3Context.Create();
        return Run(context, limit, run => Solve(script, run)).Reply;
    }

    public void Interrupt()
    {
        lock (gate) running?.Stop("interrupted");
    }

    public void Dispose()
    {
        lock (gate)
        {
            // Who works with contexts deletes the one at work, and the others go with the session.
            running?.Stop("interrupted");
            if (running is not null) return;
            foreach (var logic in kept.Keys.ToList()) Forget(logic);
        }
    }

    // The verdict on a script in the context that is kept for its logic; null if there is none that counts, and it was not stopped.
    private Reply? InKept(string logic, string assertions, TimeSpan limit)
    {
        if (kept.TryGetValue(logic, out var at) && at.Scripts >= MostScripts) Forget(logic);
        if (!kept.ContainsKey(logic)) kept[logic] = new(Z3Context.Create(), 0);
        var (context, scripts) = kept[logic];
        kept[logic] = new(context, scripts + 1);
        var (reply, isStopped) = Run(context, limit, run => InLevel(scripts == 0 ? logic : "", assertions, run));
        var isVerdict = !isStopped && reply is Reply.Unsatisfiable or Reply.Satisfiable;
        if (!isVerdict) Forget(logic);
        return isStopped || isVerdict ? reply : null;
    }

    private Reply InLevel(string logic, string assertions, Z3Run run)
    {
        var printed = run.Evaluate($"{logic}(push 1)\n{assertions}");
        if (!string.IsNullOrWhiteSpace(printed)) return new Reply.Failed(printed);
        var reply = Z3Strategies.Decide(run, Name);
        return string.IsNullOrWhiteSpace(run.Evaluate("(pop 1)")) ? reply : new Reply.Failed("the context keeps a script");
    }

    private void Forget(string logic)
    {
        if (kept.Remove(logic, out var at)) at.Context.Dispose();
    }

    // What a run comes to, and whether it was stopped: what is said after the interrupt is not relied upon.
    private (Reply Reply, bool IsStopped) Run(Z3Context context, TimeSpan limit, Func<Z3Run, Reply> solve)
    {
        using var run = new Z3Run(context, Limits.Clamp(limit));
        lock (gate) running = run;
        Reply reply;
        try
        {
            reply = solve(run);
        }
        finally
        {
            lock (gate) running = null;
            run.End();
        }

        return run.Stopped is { Length: > 0 } reason ? (new Reply.Undecided(reason), true) : (reply, false);
    }

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

    // A context, and how many scripts it was asked.
    private readonly record struct Kept(Z3Context Context, int Scripts);
}

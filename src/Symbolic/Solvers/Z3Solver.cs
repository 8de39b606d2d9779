using RbpfSpec.Symbolic.Native;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>z3 as a library in this process.</summary>
/// <remarks>
/// The library has no time-out for reading a script, and some of its steps do not look for an interrupt often: a script
/// can take somewhat longer than its limit.
/// </remarks>
public sealed class Z3Solver : ISolver
{
    private readonly Lock gate = new();
    private Z3Run? running;

    private Z3Solver(string version) => Version = version;

    /// <inheritdoc/>
    public string Name => "libz3";

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Opens a session, if this process can call libz3.</summary>
    public static Opening Open() => Z3Library.Presence switch
    {
        Z3Presence.Present(var version) => new Opening.Opened(new Z3Solver(version)),
        Z3Presence.Absent(var reason) => new Opening.Unavailable(reason),
    };

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public void Interrupt()
    {
        lock (gate) running?.Stop("interrupted");
    }

    /// <inheritdoc/>
    public void Dispose() => Interrupt();

    private Reply Solve(Script script, Z3Run run)
    {
        var printed = run.Evaluate(script.Text);
        if (!string.IsNullOrWhiteSpace(printed))
            return new Reply.Failed($"{Name} answered {ReplyText.Quote(printed)} to the assertions");

        var reply = Decide(script, run);
        return reply is Reply.Satisfiable && !script.Wanted.IsEmpty
            ? ReplyText.Model(run.Evaluate(ReplyText.GetValue(script)), script, Name)
            : reply;
    }

    private Reply Decide(Script script, Z3Run run)
    {
        List<string> reasons = [];
        foreach (var strategy in Z3Strategy.For(script))
        {
            var reply = ReplyText.Verdict(run.Evaluate(strategy.Command), Name);
            if (reply is not Reply.Undecided || run.Stopped.Length > 0) return reply;
            reasons.Add(Reason(run.Evaluate("(get-info :reason-unknown)")));
        }

        return new Reply.Undecided($"{Name} gave up: {string.Join(", then ", reasons)}");
    }

    // (:reason-unknown "canceled")
    private static string Reason(string printed) =>
        SExpression.Read(printed) is SExpressions.Complete([{ Items: [_, { Text: { Length: > 0 } reason }] }])
            ? ReplyText.Quote(reason)
            : "without a reason";
}

using System.Collections.Concurrent;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Tests;

/// <summary>A solver that says what the text of a script asks it to.</summary>
/// <param name="Solve">The reply to a script.</param>
internal sealed record FakeSolver(Func<Script, Reply> Solve) : ISolver
{
    private readonly ConcurrentQueue<string> asked = [];

    /// <summary>The scripts that it was asked.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>How often it was interrupted.</summary>
    public int Interrupts { get; private set; }

    /// <summary>Whether its session has ended.</summary>
    public bool IsDisposed { get; private set; }

    public string Name { get; init; } = "fake";

    public string Version => "1";

    /// <summary>A solver that proves what holds, and knows nothing else but that bugs and what breaks do not hold.</summary>
    public static FakeSolver ByName() => new(script =>
        script.Text.Contains("breaks", StringComparison.Ordinal) || script.Text.Contains("/bug", StringComparison.Ordinal)
            ? new Reply.Satisfiable(script.Wanted.Map(_ => new Value(1, 8)))
        : script.Text.Contains("dies", StringComparison.Ordinal) ? new Reply.Failed("fake ended with code 139")
        : script.Text.Contains("holds", StringComparison.Ordinal) || script.Text.Contains("(assert false)", StringComparison.Ordinal)
            ? new Reply.Unsatisfiable()
        : new Reply.Undecided("no verdict in 1 s"));

    Reply ISolver.Solve(Script script, TimeSpan limit)
    {
        asked.Enqueue(script.Text);
        return Solve(script);
    }

    public void Interrupt() => Interrupts++;

    public void Dispose() => IsDisposed = true;
}

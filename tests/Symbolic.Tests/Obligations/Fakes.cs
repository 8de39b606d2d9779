using System.Collections.Concurrent;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Obligations;

/// <summary>Small claims about one byte each, named after what a <see cref="FakeSolver"/> is to say of them.</summary>
internal static class Fakes
{
    /// <summary>A claim with one mutant, whose bug shows on nearly all values.</summary>
    public static Claim Claim(string id, params Mutant[] mutants)
    {
        var value = Make.Variable(id, 8);
        return new()
        {
            Id = id,
            Sentence = $"The byte {id} is zero.",
            Source = Clause.Spec("test"),
            State = () => About(Make.Equal(value, Make.Constant(0, 8))),
            Mutants = mutants.Length > 0
                ? mutants.ToSequence()
                : [new("it is one", () => About(Make.Equal(Make.Variable($"{id}/bug", 8), Make.Constant(1, 8))))],
        };
    }

    /// <summary>Claims whose ids end with numbers from zero.</summary>
    public static Claim[] Claims(string id, int count) => [.. Enumerable.Range(0, count).Select(number => Claim($"{id}-{number}"))];

    /// <summary>A claim that shows every model.</summary>
    public static Obligation About(Term conclusion) => new([], conclusion, _ => new Replay.Shown(["a program", "a state"]));
}

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
        script.Text.Contains("breaks", StringComparison.Ordinal) || script.Text.Contains("/bug", StringComparison.Ordinal) ? new Reply.Satisfiable(script.Wanted.Map(_ => new Value(1, 8)))
        : script.Text.Contains("dies", StringComparison.Ordinal) ? new Reply.Failed("fake ended with code 139")
        : script.Text.Contains("holds", StringComparison.Ordinal) || script.Text.Contains("(assert false)", StringComparison.Ordinal) ? new Reply.Unsatisfiable()
        : new Reply.Undecided("no verdict in 1 s"));

    Reply ISolver.Solve(Script script, TimeSpan limit)
    {
        asked.Enqueue(script.Text);
        return Solve(script);
    }

    public void Interrupt() => Interrupts++;

    public void Dispose() => IsDisposed = true;
}

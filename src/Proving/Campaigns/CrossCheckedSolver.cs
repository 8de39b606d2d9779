using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Campaigns;

/// <summary>A solver whose verdicts count only where a second one does not contradict them.</summary>
/// <param name="first">The solver whose verdicts and models are taken.</param>
/// <param name="second">The solver that is asked the same scripts.</param>
public sealed class CrossCheckedSolver(ISolver first, ISolver second) : ISolver
{
    public string Name => first.Name;

    public string Version => first.Version;

    /// <summary>The second solver's name and version.</summary>
    public string Second => $"{second.Name} {second.Version}";

    /// <summary>How many scripts the first solver decided.</summary>
    public int Asked { get; private set; }

    /// <summary>How many of them the second solver decided too.</summary>
    public int Decided { get; private set; }

    /// <summary>How many of them it decided otherwise.</summary>
    public int Contradicted { get; private set; }

    /// <summary>The counts so far.</summary>
    public CrossCheckTally Tally => new(Second, Asked, Decided, Contradicted);

    /// <summary>The counts since some others.</summary>
    public CrossCheckTally Since(CrossCheckTally before) =>
        new(Second, Asked - before.Asked, Decided - before.Decided, Contradicted - before.Contradicted);

    public Reply Solve(Script script, TimeSpan limit)
    {
        var reply = first.Solve(script, limit);
        if (Answer(reply) is not { } answer) return reply;
        Asked++;

        // The first solver's model is replayed; the second's is not asked for.
        if (Answer(second.Solve(script with { Wanted = [] }, limit)) is not { } other) return reply;
        Decided++;
        if (other == answer) return reply;
        Contradicted++;
        return new Reply.Failed($"the solvers contradict each other: {first.Name} answers {answer}, {second.Name} {other}");
    }

    public void Interrupt()
    {
        first.Interrupt();
        second.Interrupt();
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private static string? Answer(Reply reply) => reply switch
    {
        Reply.Unsatisfiable => "unsat",
        Reply.Satisfiable => "sat",
        Reply.Undecided => null,
        Reply.Failed => null,
    };
}

/// <summary>The answers of a second solver to the scripts that the first one decided, counted.</summary>
/// <param name="Solver">The second solver's name and version.</param>
/// <param name="Asked">How many scripts there were.</param>
/// <param name="Decided">How many it decided.</param>
/// <param name="Contradicted">How many it decided otherwise.</param>
public sealed record CrossCheckTally(string Solver, int Asked, int Decided, int Contradicted)
{
    /// <summary>The sum over sessions; null if there are none.</summary>
    public static CrossCheckTally? Of(IReadOnlyList<CrossCheckedSolver> sessions) => sessions.Count == 0
        ? null
        : new(
            sessions[0].Second,
            sessions.Sum(session => session.Asked),
            sessions.Sum(session => session.Decided),
            sessions.Sum(session => session.Contradicted));
}

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>The result of opening a session with a solver.</summary>
public abstract record SolverSession
{
    private SolverSession()
    {
    }

    /// <summary>The solver is here.</summary>
    /// <param name="Solver">A session with it, to be disposed of by who opened it.</param>
    public sealed record Opened(ISolver Solver) : SolverSession;

    /// <summary>The solver is not here or does not run.</summary>
    /// <param name="Reason">Why, and what to install, one line.</param>
    public sealed record Unavailable(string Reason) : SolverSession;
}

using RbpfSpec.Symbolic.Solvers.Pipe;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>Opens sessions with solvers by name.</summary>
public static class SolverFactory
{
    /// <summary>The name of the solver that is used if no other is asked for: z3 as a library in this process.</summary>
    public const string Default = "libz3";

    /// <summary>Opens a session, and lets it answer the <see cref="Canaries"/>.</summary>
    /// <param name="name">
    /// <see cref="Default"/>, or a program that reads SMT-LIB 2 from its standard input: a path, or a name to look for on
    /// the search path, such as <c>cvc5</c> or <c>z3</c>.
    /// </param>
    public static SolverSession Open(string name) => Tried(name == Default ? Z3Solver.Open() : PipeSolver.Open(name));

    private static SolverSession Tried(SolverSession session)
    {
        if (session is not SolverSession.Opened(var solver) || Canaries.Problem(solver, Random.Shared) is not { } problem) return session;
        solver.Dispose();
        return new SolverSession.Unavailable(problem);
    }
}

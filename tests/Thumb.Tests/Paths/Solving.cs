using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Thumb.Tests.Paths;

/// <summary>A session with libz3.</summary>
internal sealed class Solving : IDisposable
{
    public ISolver Solver { get; } = SolverFactory.Open(SolverFactory.Default) switch
    {
        SolverSession.Opened(var solver) => solver,
        SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };

    public Decider Decider() => new(Solver, TimeSpan.FromSeconds(60));

    public void Dispose() => Solver.Dispose();
}

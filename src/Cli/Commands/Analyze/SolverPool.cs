using System.Collections.Concurrent;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>Sessions with the solver, of which each serves one program after the other.</summary>
/// <remarks>To open one takes longer than most questions.</remarks>
public sealed class SolverPool : IDisposable
{
    private readonly ConcurrentBag<ISolver> idle = [];

    /// <summary>Does something with a session of its own.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="otherwise">What is yielded if there is no solver.</param>
    public T With<T>(Func<ISolver, T> work, T otherwise)
    {
        if (!idle.TryTake(out var solver))
        {
            if (SolverFactory.Open(SolverFactory.Default) is not SolverSession.Opened(var opened)) return otherwise;
            solver = opened;
        }

        try
        {
            return work(solver);
        }
        finally
        {
            idle.Add(solver);
        }
    }

    /// <summary>Ends the sessions.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var solver)) solver.Dispose();
    }
}

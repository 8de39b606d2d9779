using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Machine;

/// <summary>A solver that always says the same.</summary>
internal sealed class FakeSolver(Reply reply) : ISolver
{
    public string Name => "fake";

    public string Version => "0";

    public Reply Solve(Script script, TimeSpan limit) => reply;

    public void Interrupt()
    {
        // Nothing of it takes time.
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}

using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Machine;

/// <summary>A solver that always says the same.</summary>
internal sealed class FakeSolver(Reply reply) : ISolver
{
    /// <inheritdoc/>
    public string Name => "fake";

    /// <inheritdoc/>
    public string Version => "0";

    /// <inheritdoc/>
    public Reply Solve(Script script, TimeSpan limit) => reply;

    /// <inheritdoc/>
    public void Interrupt()
    {
        // Nothing of it takes time.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}

using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Translation.Tests.Validation;

/// <summary>The solver of the tests.</summary>
internal static class Solvers
{
    /// <summary>The time for one question.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    /// <summary>A session.</summary>
    public static ISolver Open() => SolverFactory.Open(SolverFactory.Default).ShouldBeOfType<SolverSession.Opened>().Solver;
}

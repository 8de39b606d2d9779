using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers;

public sealed class SolverFactoryTests
{
    [Fact]
    public void The_default_is_z3_in_this_process()
    {
        using var solver = Sessions.Solver(SolverFactory.Open(SolverFactory.Default));

        solver.ShouldBeOfType<Z3Solver>();
    }

    [Theory]
    [InlineData("no-such-solver")]
    [InlineData("/no/such/solver")]
    [InlineData("")]
    public void A_program_that_is_not_there_is_unavailable(string name) =>
        SolverFactory.Open(name).ShouldBeOfType<Opening.Unavailable>().Reason.ShouldContain(name);
}

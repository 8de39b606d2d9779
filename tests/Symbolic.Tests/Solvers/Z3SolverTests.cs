using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers;

public sealed class Z3SolverTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void Assertions_that_contradict_each_other_are_unsatisfiable()
    {
        using var solver = Open();

        solver.Solve(new("(declare-const a (_ BitVec 8)) (assert (distinct a a))", ["a"]), Long)
            .ShouldBe(new Reply.Unsatisfiable());
    }

    [Fact]
    public void Values_come_in_the_order_in_which_they_are_wanted()
    {
        using var solver = Open();
        const string Text = """
            (set-logic QF_BV)
            (declare-const a (_ BitVec 8))
            (declare-const b (_ BitVec 5))
            (declare-const p Bool)
            (assert (= a #x0f))
            (assert (= b #b10001))
            (assert p)
            """;

        solver.Solve(new(Text, ["p", "b", "(bvadd a #x01)", "(= a #x00)", "a"]), Long)
            .ShouldBe(new Reply.Satisfiable([new(1, 0), new(0b10001, 5), new(0x10, 8), new(0, 0), new(0xf, 8)]));
    }

    private static ISolver Open() => Z3Solver.Open() switch
    {
        Opening.Opened(var solver) => solver,
        Opening.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };
}

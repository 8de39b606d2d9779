using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers;

public sealed class CanariesTests
{
    private const int Seeds = 64;

    [Fact]
    [Trait("Needs", "solver")]
    public void A_solver_of_this_machine_passes()
    {
        using var solver = Sessions.Z3();
        for (var seed = 0; seed < Seeds; seed++) Canaries.Problem(solver, new(seed)).ShouldBeNull($"seed {seed}");
    }

    [Theory]
    [InlineData("unsat", "answers unsat")]
    [InlineData("sat", "answers sat")]
    [InlineData("sat with zero", "gives the solution 0")]
    [InlineData("unknown", "does not decide")]
    [InlineData("nonsense", "fails")]
    [InlineData("alternating", "the solver 'fake'")]
    public void A_solver_that_does_not_calculate_does_not_pass(string answers, string problem)
    {
        // Some guesses are right by chance; in so many drawings nearly all are not.
        var found = Enumerable.Range(0, Seeds).Select(seed => Canaries.Problem(Guessing(answers), new(seed))).OfType<string>().ToList();

        found.Count.ShouldBeGreaterThan(Seeds * 3 / 4);
        found.ShouldContain(text => text.Contains(problem, StringComparison.Ordinal));
        found.ShouldAllBe(text => text.StartsWith("the solver 'fake' cannot be relied upon") && !text.Contains('\n'));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_solver_that_gives_no_values_passes_by_its_verdicts()
    {
        using var solver = Sessions.Z3();
        var withoutValues = new FakeSolver(script => script.Wanted.IsEmpty || solver.Solve(script, Sessions.Long) is Reply.Unsatisfiable
            ? solver.Solve(script, Sessions.Long)
            : new Reply.Failed("no get-value"));

        Canaries.Problem(withoutValues, new(1)).ShouldBeNull();
    }

    private static FakeSolver Guessing(string answers)
    {
        var asked = 0;
        return new(_ => (answers, asked++ % 2) switch
        {
            ("unsat", _) or ("alternating", 0) => new Reply.Unsatisfiable(),
            ("sat", _) or ("alternating", 1) => new Reply.Satisfiable([]),
            ("sat with zero", _) => new Reply.Satisfiable([new(0, 32)]),
            ("unknown", _) => new Reply.Undecided("no verdict in 1 s"),
            _ => new Reply.Failed("fake answered garbage instead of one verdict"),
        });
    }
}

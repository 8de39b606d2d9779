using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Tests.Campaigns;

public sealed class CrossCheckedSolverTests
{
    private static readonly Reply Unsatisfiable = new Reply.Unsatisfiable();
    private static readonly Reply Satisfiable = new Reply.Satisfiable([new(1, 8)]);
    private static readonly Reply Undecided = new Reply.Undecided("no verdict in 1 s");
    private static readonly Reply Failed = new Reply.Failed("died");

    public static TheoryData<Reply, Reply, Reply, int, int> Replies => new()
    {
        { Unsatisfiable, Unsatisfiable, Unsatisfiable, 1, 1 },
        { Satisfiable, Satisfiable, Satisfiable, 1, 1 },
        { Unsatisfiable, Undecided, Unsatisfiable, 1, 0 },
        { Satisfiable, Failed, Satisfiable, 1, 0 },
        { Undecided, Unsatisfiable, Undecided, 0, 0 },
        { Failed, Unsatisfiable, Failed, 0, 0 },
        { Unsatisfiable, Satisfiable, new Reply.Failed("the solvers contradict each other: one answers unsat, two sat"), 1, 1 },
        { Satisfiable, Unsatisfiable, new Reply.Failed("the solvers contradict each other: one answers sat, two unsat"), 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_verdict_counts_unless_it_is_contradicted(Reply first, Reply second, Reply expected, int asked, int decided)
    {
        using var solver = Of(first, second);

        ((ISolver)solver).Solve(new("", ["a"]), TimeSpan.FromSeconds(1)).ShouldBe(expected);

        CrossCheckTally.Of([solver]).ShouldBe(new("two 1", asked, decided, expected is Reply.Failed && asked > 0 ? 1 : 0));
    }

    [Fact]
    public void A_contradicted_claim_is_undecided_and_says_why()
    {
        var campaign = new Campaign
        {
            Open = () => new SolverSession.Opened(new FakeSolver(_ => Unsatisfiable) { Name = "one" }),
            CrossCheck = () => new SolverSession.Opened(new FakeSolver(_ => Satisfiable) { Name = "two" }),
        };

        var finished = campaign.Run([Fakes.Claim("f/holds")]).ShouldBeOfType<Campaigned.Finished>();

        finished.Results[0].Verdict.ShouldBeOfType<Verdict.Undecided>().Reason.ShouldContain("contradict");
        finished.CrossCheck.ShouldBe(new CrossCheckTally("two 1", 1, 1, 1));
    }

    [Fact]
    public void Each_claim_tells_how_much_of_it_the_second_solver_decided()
    {
        var campaign = new Campaign
        {
            Open = () => new SolverSession.Opened(new FakeSolver(Right) { Name = "one" }),
            CrossCheck = () => new SolverSession.Opened(new FakeSolver(
                script => script.Text.Contains("f/open", StringComparison.Ordinal) ? new Reply.Undecided("time") : Right(script))),
        };

        var finished = campaign.Run([Fakes.Claim("f/closed"), Fakes.Claim("f/open")]).ShouldBeOfType<Campaigned.Finished>();

        finished.Results.Select(result => (result.CrossCheck!.Asked, result.CrossCheck.Decided)).ShouldBe([(2, 2), (2, 0)]);

        // Of a mutant there are values.
        static Reply Right(Script script) => script.Text.Contains("/bug", StringComparison.Ordinal) ? Satisfiable : Unsatisfiable;
    }

    [Fact]
    public void Both_sessions_are_interrupted_and_ended()
    {
        FakeSolver[] both = [new(_ => Unsatisfiable), new(_ => Unsatisfiable)];
        var solver = new CrossCheckedSolver(both[0], both[1]);

        solver.Interrupt();
        solver.Dispose();

        both.ShouldAllBe(session => session.Interrupts == 1 && session.IsDisposed);
    }

    private static CrossCheckedSolver Of(Reply first, Reply second) =>
        new(new FakeSolver(_ => first) { Name = "one" }, new FakeSolver(_ => second) { Name = "two" });
}

using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Tests.Campaigns;

public sealed class RememberingSolverTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_verdict_is_asked_for_once_even_by_several_sessions()
    {
        FakeSolver[] sessions = [new(_ => new Reply.Unsatisfiable()), new(_ => new Reply.Unsatisfiable())];
        var both = Of(sessions);

        foreach (var solver in both) solver.Solve(new("a", []), Second).ShouldBeOfType<Reply.Unsatisfiable>();

        sessions.Sum(session => session.Asked.Count).ShouldBe(1);
    }

    [Fact]
    public void Another_script_and_other_wanted_values_are_other_questions()
    {
        var solver = new FakeSolver(script => new Reply.Satisfiable([new((ulong)script.Wanted.Count, 8)]));
        var remembering = Of(solver)[0];

        remembering.Solve(new("a", []), Second).ShouldBe(new Reply.Satisfiable([new(0, 8)]));
        remembering.Solve(new("a", ["x"]), Second).ShouldBe(new Reply.Satisfiable([new(1, 8)]));
        remembering.Solve(new("b", ["x"]), Second).ShouldBe(new Reply.Satisfiable([new(1, 8)]));

        solver.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public void What_is_undecided_is_asked_again()
    {
        var solver = new FakeSolver(_ => new Reply.Undecided("no verdict in 1 s"));
        var remembering = Of(solver)[0];

        remembering.Solve(new("a", []), Second);
        remembering.Solve(new("a", []), Second);

        solver.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public void Interrupts_and_the_end_reach_the_session()
    {
        var solver = new FakeSolver(_ => new Reply.Unsatisfiable());
        var remembering = Of(solver)[0];

        remembering.Interrupt();
        remembering.Dispose();

        solver.Interrupts.ShouldBe(1);
        solver.IsDisposed.ShouldBeTrue();
    }

    private static ISolver[] Of(params FakeSolver[] sessions)
    {
        System.Collections.Concurrent.ConcurrentDictionary<string, Reply> verdicts = [];
        return Array.ConvertAll<FakeSolver, ISolver>(sessions, session => new RememberingSolver(session, verdicts));
    }
}

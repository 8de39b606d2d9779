using System.Collections.Concurrent;
using System.Globalization;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers.Z3;

[Trait("Needs", "solver")]
public sealed class Z3SolverTests : IDisposable
{
    private readonly ISolver solver = Sessions.Z3();

    public void Dispose() => solver.Dispose();

    [Fact]
    public void The_version_has_three_parts()
    {
        solver.Name.ShouldBe("libz3");
        Version.Parse(solver.Version).Build.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Assertions_that_contradict_each_other_are_unsatisfiable() =>
        solver.Solve(Sessions.Contradiction, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());

    [Fact]
    public void Values_come_in_the_order_in_which_they_are_wanted() =>
        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);

    [Fact]
    public void A_term_that_the_script_defines_can_be_wanted()
    {
        const string Text = """
            (declare-fun a () (_ BitVec 8))
            (define-fun next () (_ BitVec 8) (bvadd a #x01))
            (assert (= a #xff))
            """;

        solver.Solve(new(Text, ["next", "(bvnot next)"]), Sessions.Long)
            .ShouldBe(new Reply.Satisfiable([new(0, 8), new(0xff, 8)]));
    }

    [Fact]
    public void A_script_without_wanted_terms_has_no_values() =>
        solver.Solve(Sessions.Definite with { Wanted = [] }, Sessions.Long).ShouldBe(new Reply.Satisfiable([]));

    [Fact]
    public void Terms_that_nothing_constrains_have_values()
    {
        const string Text = """
            (set-logic QF_AUFBV)
            (declare-fun m () (Array (_ BitVec 64) (_ BitVec 8)))
            (declare-fun f ((_ BitVec 8)) (_ BitVec 64))
            (declare-fun a () (_ BitVec 8))
            (declare-fun p () Bool)
            """;

        var reply = solver.Solve(new(Text, ["a", "p", "(f a)", "(select m (f a))"]), Sessions.Long);

        reply.ShouldBeOfType<Reply.Satisfiable>().Values.Map(value => value.Width).ShouldBe([8, 0, 64, 8]);
    }

    [Theory]
    [InlineData("QF_BV", "", "(bvmul x y)", "(bvmul y x)")]
    [InlineData("QF_UFBV", "(declare-fun f ((_ BitVec 64)) (_ BitVec 64))", "(f (bvmul x y))", "(f (bvmul y x))")]
    [InlineData("QF_ABV", "", "(select (store m x (select m y)) x)", "(select m y)")]
    [InlineData("QF_AUFBV", "", "(select (store (store m x #x00) y #x01) y)", "(bvnot #xfe)")]
    [InlineData("ALL", "", "(bvudiv x x)", "(ite (= x (_ bv0 64)) (bvnot x) (_ bv1 64))")]
    public void A_law_holds_whatever_the_logic(string logic, string declaration, string left, string right)
    {
        var text = $"""
            (set-logic {logic})
            (declare-fun x () (_ BitVec 64))
            (declare-fun y () (_ BitVec 64))
            (declare-fun m () (Array (_ BitVec 64) (_ BitVec 8)))
            {declaration}
            (assert (distinct {left} {right}))
            """;

        solver.Solve(new(text, ["x"]), Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Fact]
    public void An_error_before_a_contradiction_is_a_failure() =>
        solver.Solve(new("(assert nothing) (assert false)", []), Sessions.Long)
            .ShouldBeOfType<Reply.Failed>().Reason.ShouldContain("unknown constant nothing");

    [Theory]
    [InlineData("(check-sat)")]
    [InlineData("(assert false) (check-sat)")]
    [InlineData("(echo \"unsat\")")]
    [InlineData("(assert (bvadd true 3))")]
    [InlineData("(declare-fun a () (_ BitVec 8)) (assert (= a #x000))")]
    [InlineData("(nonsense)")]
    [InlineData("(assert false")]
    [InlineData("(assert false))")]
    [InlineData("(assert |false)")]
    [InlineData("(assert false) \0")]
    [InlineData("(pop 7)")]
    [InlineData("(declare-fun |\u00e4| () Bool)")]
    [InlineData("; \uff5c")]
    public void A_script_that_is_not_one_of_assertions_alone_is_a_failure(string text)
    {
        solver.Solve(new(text, []), Sessions.Long).ShouldBeOfType<Reply.Failed>();

        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("m")]
    [InlineData("a a")]
    [InlineData("a))(assert false)((")]
    [InlineData("")]
    public void A_wanted_term_without_a_value_of_bits_is_a_failure(string wanted)
    {
        const string Text = """
            (declare-fun a () (_ BitVec 8))
            (declare-fun m () (Array (_ BitVec 8) (_ BitVec 8)))
            """;

        solver.Solve(new(Text, [wanted]), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Fact]
    public void Parentheses_too_deep_for_a_stack_are_a_failure()
    {
        const int Depth = 1_000_000;
        var text = $"(assert {string.Concat(Enumerable.Repeat("(not ", Depth))}true{new string(')', Depth)})";

        solver.Solve(new(text, []), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Fact]
    public void A_script_sees_nothing_of_the_one_before()
    {
        solver.Solve(new("(set-logic QF_BV) (declare-fun a () Bool) (assert a)", ["a"]), Sessions.Long)
            .ShouldBe(new Reply.Satisfiable([new(1, 0)]));

        solver.Solve(new("(declare-fun a () (_ BitVec 4)) (assert (= a #x3))", ["a"]), Sessions.Long)
            .ShouldBe(new Reply.Satisfiable([new(3, 4)]));
        solver.Solve(new("(assert a)", []), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Theory]
    [InlineData("(pop 1)")]
    [InlineData("(pop 1) (push 1)")]
    [InlineData("(set-logic QF_BV)\n(pop 1)")]
    [InlineData("(set-logic QF_BV)\n( pop 1) (declare-fun a () Bool)")]
    public void A_script_that_takes_levels_away_is_a_failure_whatever_was_asked_before(string text)
    {
        solver.Solve(new("(set-logic QF_BV)\n(declare-fun a () Bool) (assert a)", []), Sessions.Long).ShouldBe(new Reply.Satisfiable([]));
        solver.Solve(new("(declare-fun a () Bool) (assert a)", []), Sessions.Long).ShouldBe(new Reply.Satisfiable([]));

        solver.Solve(new(text, []), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Fact]
    public void Values_do_not_depend_on_what_a_session_was_asked_before()
    {
        const string Open = """
            (set-logic QF_BV)
            (declare-fun a () (_ BitVec 16))
            (declare-fun b () (_ BitVec 16))
            (declare-fun c () (_ BitVec 16))
            (assert (bvult (bvmul a b) (bvadd b c)))
            (assert (distinct a b c))
            """;
        using var other = Sessions.Z3();
        var first = other.Solve(new(Open, ["a", "b", "c"]), Sessions.Long);
        for (var i = 1; i < 30; i++)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"(set-logic QF_BV)\n(declare-fun c () (_ BitVec {i})) (declare-fun a () (_ BitVec {i})) "
                + $"(assert (distinct a (bvmul c c)))");
            solver.Solve(new(text, []), Sessions.Long).ShouldBe(new Reply.Satisfiable([]));
        }

        solver.Solve(new(Open, ["a", "b", "c"]), Sessions.Long).ToString().ShouldBe(first.ToString());
    }

    [Fact]
    public void A_script_sees_nothing_of_hundreds_before_in_its_logic()
    {
        for (var i = 0; i < 600; i++)
        {
            var isContradictory = i % 3 == 0;
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"(set-logic QF_BV)\n(declare-fun a () (_ BitVec 8)) (define-fun b () (_ BitVec 8) (bvadd a (_ bv{i % 256} 8))) "
                + $"(assert (= b a {(isContradictory ? "(bvnot a)" : "b")}))");
            var expected = isContradictory || i % 256 != 0 ? (Reply)new Reply.Unsatisfiable() : new Reply.Satisfiable([]);

            solver.Solve(new(text, []), Sessions.Long).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_script_that_takes_too_long_is_undecided_and_the_session_goes_on()
    {
        for (var i = 0; i < 10; i++)
        {
            solver.Solve(Sessions.Hard, Sessions.Short).ShouldBeOfType<Reply.Undecided>();
            solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);
        }
    }

    [Fact]
    public void A_limit_in_the_past_leaves_no_time() =>
        solver.Solve(Sessions.Hard, TimeSpan.FromSeconds(-5)).ShouldBeOfType<Reply.Undecided>();

    [Fact]
    public void An_interrupt_from_another_thread_ends_a_script_that_has_no_limit()
    {
        using var solved = new ManualResetEventSlim();
        var interrupter = new Thread(() =>
        {
            // The first may come before the script.
            while (!solved.Wait(TimeSpan.FromMilliseconds(1))) solver.Interrupt();
        });
        interrupter.Start();

        var reply = solver.Solve(Sessions.Hard, Timeout.InfiniteTimeSpan);
        solved.Set();
        interrupter.Join();

        reply.ShouldBe(new Reply.Undecided("interrupted"));
        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);
    }

    [Fact]
    public void An_interrupt_between_scripts_does_nothing()
    {
        solver.Interrupt();

        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);
    }

    [Fact]
    public void Sessions_on_several_threads_do_not_disturb_each_other()
    {
        var wrong = new ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() => SolveMany(thread, wrong)))];

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        wrong.ShouldBeEmpty();
    }

    // Every script declares the same name, some fail, and some run out of time, so that what leaks shows.
    private static void SolveMany(int thread, ConcurrentQueue<string> wrong)
    {
        using var session = Sessions.Z3();
        for (var i = 0; i < 200; i++)
        {
            var value = (ulong)((thread * 1_000) + i);
            var text = string.Create(CultureInfo.InvariantCulture, $"""
                (set-logic QF_BV)
                (declare-fun a () (_ BitVec 16))
                (assert (= (bvadd a #x0001) (_ bv{value + 1} 16)))
                """);
            var contradiction = $"{text} (assert (bvugt a (_ bv{value} 16)))";
            Expect(new(text, ["a"]), Sessions.Long, reply => reply == new Reply.Satisfiable([new(value, 16)]));
            Expect(new(contradiction, ["a"]), Sessions.Long, reply => reply is Reply.Unsatisfiable);
            if (i % 50 == 0) Expect(Sessions.Hard, Sessions.Short, reply => reply is Reply.Undecided);
            if (i % 10 == 0) Expect(new("(assert a)", []), Sessions.Long, reply => reply is Reply.Failed);
        }

        void Expect(Script script, TimeSpan limit, Func<Reply, bool> isExpected)
        {
            var reply = session.Solve(script, limit);
            if (!isExpected(reply)) wrong.Enqueue($"{reply} to {script.Text}");
        }
    }
}

using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Pipe;
using RbpfSpec.Symbolic.Terms;
using Xunit.Abstractions;

namespace RbpfSpec.Symbolic.Tests.Solvers.Pipe;

public sealed class PipeSolverTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("solvers");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    [InlineData("boolector")]
    public void A_solver_of_this_machine_tells_what_holds(string name)
    {
        if (Installed(name) is not { } opened) return;
        using var solver = opened;
        output.WriteLine($"{solver.Name} {solver.Version}");

        solver.Name.ShouldBe(name);
        Version.TryParse(solver.Version, out _).ShouldBeTrue();
        solver.Solve(Sessions.Contradiction, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
        solver.Solve(Sessions.Definite with { Wanted = [] }, Sessions.Long).ShouldBe(new Reply.Satisfiable([]));
        solver.Solve(new("(assert nothing) (assert false)", []), Sessions.Long).ShouldBeOfType<Reply.Failed>();
        solver.Solve(Sessions.Contradiction, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    [InlineData("boolector")]
    public void A_solver_of_this_machine_knows_definitions_or_is_given_equations(string name)
    {
        if (Installed(name) is not { } opened) return;
        using var solver = opened;
        var sum = Make.Binary(Operator.Add, Make.Variable("a", 8), Make.Variable("r:1", 8));
        var even = Make.Equal(Make.Extract(sum, 0, 1), Make.Constant(0, 1));
        Term[] assertions = [Make.Binary(Operator.LessUnsigned, sum, Make.Constant(9, 8)), even, Make.Differ(Make.Constant(8, 8), sum)];

        var text = Printer.Script(assertions);
        text.ShouldContain("(define-fun t1 () (_ BitVec 8) ");
        solver.Solve(new(text, []), Sessions.Long).ShouldBe(new Reply.Satisfiable([]));
        solver.Solve(new($"{text}(assert (= t1 #x03))\n", []), Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    public void A_solver_of_this_machine_gives_values(string name)
    {
        if (Installed(name) is not { } opened) return;
        using var solver = opened;

        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBe(Sessions.DefiniteReply);
    }

    [Fact]
    public void A_solver_that_gives_no_values_fails_where_they_are_wanted()
    {
        if (Installed("boolector") is not { Version: ['1', '.', ..] } opened) return;
        using var solver = opened;

        solver.Solve(Sessions.Definite, Sessions.Long).ShouldBeOfType<Reply.Failed>()
            .Reason.ShouldContain("get-value");
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("z3")]
    [InlineData("cvc5")]
    [InlineData("boolector")]
    public void A_script_that_takes_too_long_is_undecided_and_the_session_goes_on(string name)
    {
        if (Installed(name) is not { } opened) return;
        using var solver = opened;

        solver.Solve(Sessions.Hard, Sessions.Short).ShouldBeOfType<Reply.Undecided>();
        solver.Solve(Sessions.Contradiction, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Fact]
    public void An_interrupt_from_another_thread_ends_a_script_that_has_no_limit()
    {
        using var solver = Fake("cat > /dev/null; exec tail -f /dev/null");
        if (solver is null) return;
        using var solved = new ManualResetEventSlim();
        var interrupter = new Thread(() =>
        {
            // The first may come before the script.
            while (!solved.Wait(TimeSpan.FromMilliseconds(1))) solver.Interrupt();
        });
        interrupter.Start();

        var reply = solver.Solve(Sessions.Definite, Timeout.InfiniteTimeSpan);
        solved.Set();
        interrupter.Join();

        reply.ShouldBe(new Reply.Undecided("interrupted"));
    }

    [Theory]
    [InlineData("echo garbage", "garbage")]
    [InlineData("echo sat; echo sat", "sat sat")]
    [InlineData("echo unsat; echo unsat", "unsat unsat")]
    [InlineData("echo unsat sat", "unsat sat")]
    [InlineData("echo '(error \"line 1\")'; echo unsat", "line 1")]
    [InlineData("echo unsat; echo '(error \"line 9\")'", "line 9")]
    [InlineData("exit 3", "code 3")]
    [InlineData("echo unsat; exit 3", "code 3")]
    [InlineData("echo sat; exit 20", "code 20")]
    [InlineData("echo oh no >&2; echo more >&2; exit 1", ": oh no")]
    [InlineData("kill -9 $$", "code 137")]
    [InlineData("echo unsat; kill -9 $$", "code 137")]
    [InlineData("true", "no verdict")]
    [InlineData("yes garbage", "garbage")]
    [InlineData("echo UNSAT", "UNSAT")]
    public void A_reply_that_is_not_one_verdict_is_a_failure(string script, string reason)
    {
        using var solver = Sealed(script);

        solver?.Solve(Sessions.Definite, Sessions.Long).ShouldBeOfType<Reply.Failed>().Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("echo sat")]
    [InlineData("read line; echo sat; echo '((p true))'")]
    [InlineData("if grep -q get-value; then echo unsat; else echo sat; fi")]
    [InlineData("if grep -q get-value; then echo unsat '((p true))'; else echo sat; fi")]
    [InlineData("if grep -q get-value; then echo sat '((p 7))'; else echo sat; fi")]
    [InlineData("if grep -q get-value; then echo sat '((q true))'; else echo sat; fi")]
    [InlineData("if grep -q get-value; then echo sat '((p true))' sat; else echo sat; fi")]
    [InlineData("if grep -q get-value; then echo sat '((p true)'; else echo sat; fi")]
    public void Satisfiable_without_the_wanted_values_is_a_failure(string script)
    {
        using var solver = Sealed(script);

        solver?.Solve(new("(declare-fun p () Bool)", ["p"]), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Theory]
    [InlineData("cat > /dev/null; echo unsat")]
    [InlineData("echo; echo ' unsat '; cat > /dev/null")]
    [InlineData("echo a warning >&2; echo unsat")]
    public void One_verdict_alone_counts(string script)
    {
        using var solver = Sealed(script);

        solver?.Solve(Sessions.Definite, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Fact]
    public void The_seal_counts_in_quotation_marks_and_with_the_exit_code_of_competitions()
    {
        using var solver = Fake("echo unsat; sed -n 's/^(echo \\(.*\\))$/\\1/p'; exit 20");

        solver?.Solve(Sessions.Definite, Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Theory]
    [InlineData("cat > /dev/null; echo unsat")]
    [InlineData("cat > /dev/null; echo unsat; echo read-0123456789abcdef")]
    [InlineData("cat > /dev/null; echo unsat; echo '\"read\"'")]
    [InlineData("echo unsat")]
    [InlineData("exec 0<&-; echo unsat")]
    [InlineData("head -c 20 > /dev/null; echo unsat")]
    public void A_verdict_on_a_question_that_was_not_read_to_its_end_is_a_failure(string script)
    {
        using var solver = Fake(script);
        if (solver is null) return;

        // One script fits into a pipe that nobody reads; the other does not.
        solver.Solve(Sessions.Contradiction, Sessions.Long).ShouldBeOfType<Reply.Failed>().Reason.ShouldContain("read to its end");
        var text = Sessions.Contradiction.Text + string.Concat(Enumerable.Repeat("\n; a line that is only a comment", 20_000));
        solver.Solve(new(text, []), Sessions.Long).ShouldBeOfType<Reply.Failed>().Reason.ShouldContain("read to its end");
    }

    [Theory]
    [InlineData("(exec tail -f /dev/null) & echo $! > $0.pid; echo unsat; sed -n 's/^(echo \\(.*\\))$/\\1/p'")]
    [InlineData("(exec tail -f /dev/null 2>&1 >/dev/null) & echo $! > $0.pid; cat > /dev/null; echo unsat")]
    public void A_program_that_leaves_a_child_with_its_output_is_undecided_within_the_limit_and_can_be_interrupted(string script)
    {
        using var solver = Fake(script);
        if (solver is null) return;
        using var solved = new ManualResetEventSlim();
        var interrupter = new Thread(() =>
        {
            while (!solved.Wait(TimeSpan.FromMilliseconds(1))) solver.Interrupt();
        });

        solver.Solve(Sessions.Contradiction, TimeSpan.FromMilliseconds(500)).ShouldBeOfType<Reply.Undecided>();
        End();
        interrupter.Start();
        solver.Solve(Sessions.Contradiction, Timeout.InfiniteTimeSpan).ShouldBeOfType<Reply.Undecided>();
        solved.Set();
        interrupter.Join();
        End();

        void End()
        {
            var note = Path.Combine(folder.FullName, "fake.pid");
            if (!File.Exists(note) || !int.TryParse(File.ReadAllText(note), out var id)) return;
            using var child = System.Diagnostics.Process.GetProcessById(id);
            child.Kill();
        }
    }

    [Fact]
    public void Unknown_is_undecided()
    {
        using var solver = Sealed("echo unknown");

        solver?.Solve(Sessions.Definite, Sessions.Long).ShouldBeOfType<Reply.Undecided>();
    }

    [Fact]
    public void A_long_script_and_a_long_reply_do_not_wait_for_each_other()
    {
        using var solver = Fake("while read line; do echo \"$line\"; done");
        var text = string.Concat(Enumerable.Repeat("; a line that is only a comment\n", 20_000));

        solver?.Solve(new(text, []), Sessions.Long).ShouldBeOfType<Reply.Failed>();
    }

    [Fact]
    public void A_program_that_goes_away_is_a_failure()
    {
        using var solver = Fake("echo unsat");
        foreach (var file in folder.EnumerateFiles()) file.Delete();

        solver?.Solve(Sessions.Definite, Sessions.Long).ShouldBeOfType<Reply.Failed>().Reason.ShouldContain("fake");
    }

    private ISolver? Installed(string name)
    {
        if (PipeSolver.Open(name) is SolverSession.Opened opened) return opened.Solver;
        output.WriteLine($"no {name} on the search path: nothing was solved");
        return null;
    }

    // A program that reads its question, answers as a shell script says, and echoes what it is told to.
    private ISolver? Sealed(string script) =>
        Fake($"cat > $0.in; exec < $0.in\n{script}\nsed -n 's/^(echo \"\\(.*\\)\")$/\\1/p' $0.in");

    // A program that answers as a shell script says.
    private ISolver? Fake(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            output.WriteLine("no shell on this machine: nothing was solved");
            return null;
        }

        var path = Path.Combine(folder.FullName, "fake");
        File.WriteAllText(path, $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo fake 1.2.3; exit; fi\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var solver = Sessions.Solver(PipeSolver.Open(path));
        solver.Version.ShouldBe("1.2.3");
        return solver;
    }
}

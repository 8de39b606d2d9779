using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Machine;

public class SymbolicMachineTests
{
    private const int Size = 8;

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData(Meeting.Alone, 150, 900)]
    [InlineData(Meeting.SameBudget, 100, 500)]
    [InlineData(Meeting.LeastBudget, 100, 500)]
    public void Every_context_takes_one_path_and_the_path_ends_as_the_concrete_run_does(Meeting meeting, int programs, int enough)
    {
        var followed = 0;
        Law.Holds(20_240_917, programs, dice => (Program: dice.Program(), Contexts: dice.Several(4, each => each.Bytes(Size))), drawn =>
        {
            foreach (var profile in (Profile[])[Profile.Rbpf, Profile.Rfc9669])
            {
                var subject = Solving.SymbolicProgram(drawn.Program, Size, profile);
                var paths = Solving.Paths(subject, Solving.Decider(2), new(40, 40), meeting);
                foreach (var context in drawn.Contexts)
                {
                    followed += Follow(subject, paths, Solving.Input(context), meeting is not Meeting.LeastBudget);
                }
            }
        });

        followed.ShouldBeGreaterThan(enough);
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("ldxb %r0, [%r1]\njeq %r0, 7, +1\nmov %r0, 1\nexit\n", 2)]
    [InlineData("ldxb %r3, [%r1]\nmov %r0, 9\ndiv %r0, %r3\nexit\n", 2)]
    [InlineData("ldxb %r0, [%r1]\nand %r0, 1\njgt %r0, 1, +1\nexit\nmov %r0, 5\nexit\n", 1)]
    [InlineData("ldxb %r0, [%r1]\njeq %r0, 3, +0\nexit\n", 2)]
    [InlineData("call local +2\nadd %r0, 1\nexit\nldxb %r0, [%r1]\njset %r0, 1, +1\nmov %r0, 0\nexit\n", 2)]
    [InlineData("ldxh %r3, [%r1]\nadd %r3, %r1\nldxb %r0, [%r3]\nexit\n", 2)]
    public void A_path_is_there_for_each_way_that_values_lead_along(string program, int paths) =>
        Solving.Paths(Solving.SymbolicProgram(program, Size)).Count.ShouldBe(paths);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_run_without_unknown_conditions_asks_no_solver()
    {
        var decider = Solving.Decider();
        var program = "mov %r3, %r1\nadd %r3, %r2\nldxb %r4, [%r1]\nadd %r0, %r4\nadd %r1, 1\njne %r1, %r3, -4\nexit\n";

        var path = Solving.Paths(Solving.SymbolicProgram(program, 64), decider, new(1_000, 1)).ShouldHaveSingleItem();

        path.End.ShouldBeOfType<SymbolicEnd.Exited>();
        path.Steps.ShouldBe(2 + (64 * 4) + 1);
        decider.Questions.ShouldBe(0);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_loop_over_unknown_counts_has_a_path_for_each_count()
    {
        var program = "ldxb %r3, [%r1]\nand %r3, 7\njeq %r3, 0, +3\nadd %r0, 2\nsub %r3, 1\nja -4\nexit\n";

        var paths = Solving.Paths(Solving.SymbolicProgram(program, 1));

        paths.Select(path => (int)path.End.ShouldBeOfType<SymbolicEnd.Exited>().Result.Term.Value)
            .Order()
            .ShouldBe([0, 2, 4, 6, 8, 10, 12, 14]);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_loop_without_end_is_stopped_at_the_bound_on_steps() =>
        Reason(Solving.Paths(Solving.SymbolicProgram("ja -1\nexit\n", 0, Profile.Rfc9669), limits: new(50, 10)).ShouldHaveSingleItem())
            .ShouldBe("more than 50 steps on one path");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_loop_without_end_ends_with_the_budget_of_branches()
    {
        var path = Solving.Paths(Solving.SymbolicProgram("ja -1\nexit\n", 0), limits: new(1_000, 10)).ShouldHaveSingleItem();

        path.End.ShouldBeOfType<SymbolicEnd.Trapped>().Trap.ShouldBe(Trap.BranchBudget);
        path.Steps.ShouldBe(200);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Branches_are_counted_on_the_paths_that_take_them()
    {
        var program = "ldxb %r3, [%r1]\njset %r3, 1, +0\njset %r3, 2, +0\njset %r3, 4, +0\nexit\n";
        var subject = Solving.SymbolicProgram(program, 1);
        subject = subject with { Start = subject.Start with { BranchLimit = new Allowance<ulong>.Remaining(2) } };

        var paths = Solving.Paths(subject);

        paths.Count.ShouldBe(8);
        var trapped = paths.Single(path => path.End is SymbolicEnd.Trapped);
        trapped.End.State.ProgramCounter.Term.Is(3).ShouldBeTrue();
        (subject.Read(trapped.Condition.Witness).Context[0] & 7).ShouldBe(7);
    }

    // Three ways through each of ten rounds: by one branch or by two; the block that all go on in lies before that of the third way.
    private const string Counting =
        """
        mov %r3, 0
        mov %r4, 129
        mov %r0, 0
        mov %r5, %r1
        add %r5, %r3
        ldxb %r5, [%r5]
        jne %r5, 65, +4
        add %r0, 1
        add %r3, 1
        jgt %r2, %r3, -7
        exit
        jgt %r4, %r5, -4
        add %r0, 2
        ja -6
        """;

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData(Meeting.LeastBudget, 1)]
    [InlineData(Meeting.SameBudget, 11)]
    public void Paths_that_meet_go_on_as_one(Meeting meeting, int paths)
    {
        var subject = Solving.SymbolicProgram(Counting, 10);

        var ends = Solving.Paths(subject, limits: new(1_000, 100), meeting: meeting);

        ends.Count.ShouldBe(paths);
        ends.ShouldAllBe(path => path.End is SymbolicEnd.Exited);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_budget_that_is_not_exact_stops_the_path_that_it_runs_out_on()
    {
        var subject = Solving.SymbolicProgram(Counting, 10);
        subject = subject with { Start = subject.Start with { BranchLimit = new Allowance<ulong>.Remaining(20) } };

        var ends = Solving.Paths(subject, limits: new(1_000, 100), meeting: Meeting.LeastBudget);

        ends.Select(path => path.End).OfType<SymbolicEnd.Stopped>().Select(end => end.Limit).Distinct().ShouldBe([Limit.Merged]);
        Solving.Paths(subject, limits: new(1_000, 100), meeting: Meeting.SameBudget)
            .ShouldContain(path => path.End is SymbolicEnd.Trapped);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_question_about_other_bytes_than_those_of_the_path_is_asked_once()
    {
        var decider = Solving.Decider();
        var program = "ldxb %r3, [%r1]\nldxb %r4, [%r1+1]\njset %r3, 1, +0\njset %r3, 2, +0\njset %r4, 1, +0\njset %r4, 2, +0\nexit\n";

        Solving.Paths(Solving.SymbolicProgram(program, 2), decider).Count.ShouldBe(16);

        decider.Questions.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Too_many_paths_are_stopped_and_none_is_forgotten()
    {
        var program = "ldxb %r3, [%r1]\njset %r3, 1, +0\njset %r3, 2, +0\njset %r3, 4, +0\nexit\n";
        var subject = Solving.SymbolicProgram(program, 1);

        var paths = Solving.Paths(subject, limits: new(200, 3));

        paths.Where(path => path.End is SymbolicEnd.Stopped).Select(Reason).ShouldAllBe(reason => reason == "more than 3 paths");
        for (var value = 0; value < 256; value++)
        {
            var values = Solving.Assignment(Solving.Input((byte)value));
            paths.Count(path => path.IsTaken(values)).ShouldBe(1);
        }
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("mov %r1, %r10\nsub %r1, 8\ncall 1\nexit\n", "the helper printf has no symbolic meaning")]
    [InlineData("ldxb %r3, [%r1]\nmov %r2, %r1\ncall 2\nexit\n", "memcpy of an unknown number of bytes")]
    [InlineData("mov %r3, 5000\nmov %r2, %r1\ncall 2\nexit\n", "memcpy of more than 4096 bytes")]
    public void A_helper_without_symbolic_meaning_stops_the_path(string program, string reason) =>
        Reason(Solving.Paths(Solving.SymbolicProgram(program, Size)).ShouldHaveSingleItem()).ShouldBe(reason);

    [Fact]
    [Trait("Needs", "solver")]
    public void Memcpy_of_a_known_length_copies()
    {
        var program =
            "mov %r2, %r1\nmov %r1, %r10\nsub %r1, 8\nmov %r3, 8\ncall 2\nldxdw %r0, [%r10-8]\nldxdw %r3, [%r2]\nsub %r0, %r3\nexit\n";

        Solving.Paths(Solving.SymbolicProgram(program, Size)).ShouldHaveSingleItem()
            .End.ShouldBeOfType<SymbolicEnd.Exited>().Result.Term.Is(0).ShouldBeTrue();
    }

    [Fact]
    public void A_solver_that_gives_up_leaves_a_stopped_path()
    {
        using FakeSolver solver = new(_ => new Reply.Undecided("tired"));
        var subject = Solving.SymbolicProgram("ldxb %r0, [%r1]\njeq %r0, 7, +1\nmov %r0, 1\nexit\n", 1);

        var paths = Solving.Paths(subject, new(solver, TimeSpan.FromSeconds(1)));

        paths.Count.ShouldBe(2);
        paths.Where(path => path.End is SymbolicEnd.Stopped).Select(Reason).ShouldBe(["the solver: tired"]);
    }

    [Fact]
    public void A_solver_that_says_yes_with_wrong_values_is_not_believed()
    {
        using FakeSolver solver = new(_ => new Reply.Satisfiable([new(3, 8)]));
        var subject = Solving.SymbolicProgram("ldxb %r0, [%r1]\njeq %r0, 7, +1\nmov %r0, 1\nexit\n", 1);

        var paths = Solving.Paths(subject, new(solver, TimeSpan.FromSeconds(1)));

        paths.Where(path => path.End is SymbolicEnd.Stopped).Select(Reason)
            .ShouldBe(["the solver's values do not make the condition hold"]);
    }

    private static string Reason(SymbolicPath path) => path.End.ShouldBeOfType<SymbolicEnd.Stopped>().Reason;

    // How many contexts led to an end that could be compared: 1 or, of a stopped path, 0.
    private static int Follow(SymbolicProgram subject, List<SymbolicPath> paths, Input input, bool isBudgetExact)
    {
        var values = Solving.Assignment(input);
        var taken = paths.Where(path => path.IsTaken(values)).ToList();
        var ended = taken.Where(path => path.End is not SymbolicEnd.Stopped).ToList();
        taken.ShouldNotBeEmpty();
        ended.Count.ShouldBeLessThanOrEqualTo(1);
        if (ended.Count == 0) return 0;

        var path = ended[0];
        var end = subject.Run(input, 1_000).ShouldNotBeNull();
        switch (path.End)
        {
            case SymbolicEnd.Trapped trapped:
                end.ShouldBeOfType<Outcome<Word>.Trapped>().Trap.ShouldBe(trapped.Trap);
                break;
            case SymbolicEnd.Exited:
                end.ShouldBeOfType<Outcome<Word>.Exited>();
                break;
        }

        var state = Concretise.State(path.End.State, values, subject.Start.Host);
        state.Registers.ShouldBe(end.State.Registers);
        state.ProgramCounter.ShouldBe(end.State.ProgramCounter);
        state.Frames.ShouldBe(end.State.Frames);
        if (isBudgetExact) state.Budget.ShouldBe(end.State.Budget);
        state.Host.Local.ShouldBe(end.State.Host.Local);
        state.Host.Global.ShouldBe(end.State.Host.Global);
        subject.Context(state).ShouldBe(subject.Context(end.State));
        Stack(state).ShouldBe(Stack(end.State));
        return 1;
    }

    // The last bytes of the first frame: programs write nowhere else on the stack but by way of unknown addresses.
    private static List<Word> Stack(State<Word> state) =>
        [.. Enumerable.Range(55, 9).Select(word => state.Memory.Regions[0].Bytes.Read(Word.Of((ulong)word * 8), Width.Bits64))];
}

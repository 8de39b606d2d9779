using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Tests.Machine;

namespace RbpfSpec.Symbolic.Tests.Programs;

public class SearchTests
{
    private const string Byte = "ldxb %r0, [%r1]\nexit\n";

    [Fact]
    public void A_trap_is_found_with_a_context_that_shows_it()
    {
        var subject = Solving.Subject("ldxb %r3, [%r1+1]\nmov %r0, 100\nsub %r3, 42\nmod %r0, %r3\nexit\n", 2);

        var found = Ask().Trap(subject, null).ShouldBeOfType<Answer.Found>();

        found.Input.Context[1].ShouldBe((byte)42);
        found.Ends.ShouldHaveSingleItem().ShouldBeOfType<Outcome<Word, Bit>.Trapped>().Trap.ShouldBe(Trap.DivisionByZero);
    }

    [Fact]
    public void That_no_context_traps_is_proved_with_the_paths_counted()
    {
        var subject = Solving.Subject("ldxb %r3, [%r1]\nmov %r0, 100\nor %r3, 1\nmod %r0, %r3\njgt %r0, 50, +1\nexit\nexit\n", 1);

        Ask().Trap(subject, null).ShouldBe(new Answer.None(2, 6));
    }

    [Fact]
    public void The_same_division_traps_under_one_profile_only()
    {
        const string program = "ldxb %r3, [%r1]\nmov %r0, 1\ndiv %r0, %r3\nexit\n";

        Ask().Trap(Solving.Subject(program, 1), null).ShouldBeOfType<Answer.Found>();
        Ask().Trap(Solving.Subject(program, 1, Profile.Rfc9669), null).ShouldBeOfType<Answer.None>();
    }

    [Fact]
    public void Other_traps_than_the_one_looked_for_do_not_count()
    {
        var subject = Solving.Subject("ldxb %r3, [%r1]\nmov %r0, 1\ndiv %r0, %r3\nexit\n", 1);

        Ask().Trap(subject, Trap.MemoryAccess).ShouldBeOfType<Answer.None>();
        Ask().Trap(subject, Trap.DivisionByZero).ShouldBeOfType<Answer.Found>();
    }

    [Fact]
    public void A_solver_that_finds_neither_way_of_a_branch_possible_proves_nothing()
    {
        var subject = Solving.Subject("ldxb %r3, [%r1]\nmov %r0, 1\njgt %r3, 5, +1\nexit\nexit\n", 1);
        var search = new Search(new(new FakeSolver(new Reply.Unsatisfiable()), TimeSpan.FromSeconds(1)), Solving.Limits);

        search.Trap(subject, null).ShouldBeOfType<Answer.Undecided>().Reason.ShouldContain("contradicts itself");
    }

    [Fact]
    public void A_path_that_was_not_followed_leaves_it_undecided() =>
        Ask(new(5, 10)).Trap(Solving.Subject("ja -1\nexit\n", 0, Profile.Rfc9669), null)
            .ShouldBe(new Answer.Undecided("more than 5 steps on one path"));

    [Fact]
    public void A_trap_is_found_although_another_path_was_not_followed()
    {
        var subject = Solving.Subject("ldxb %r3, [%r1]\njeq %r3, 0, +2\nldxb %r0, [%r1+1]\nexit\nja -1\n", 1, Profile.Rfc9669);

        Ask(new(20, 10)).Trap(subject, null).ShouldBeOfType<Answer.Found>().Input.Context[0].ShouldNotBe((byte)0);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_result_is_reached_or_proved_out_of_reach(ulong result, bool isReached) =>
        (Ask().Result(Solving.Subject(Byte, 1), result) is Answer.Found).ShouldBe(isReached);

    [Fact]
    public void A_result_is_reached_through_a_store_that_helpers_keep()
    {
        var subject = Solving.Subject(
            "ldxw %r2, [%r1]\nmov %r1, 3\ncall 0x10\nmov %r1, 3\nmov %r2, %r10\nsub %r2, 4\ncall 0x12\nldxw %r0, [%r10-4]\nadd %r0, 1\nexit\n", 4);

        Ask().Result(subject, 0x0100_0001).ShouldBeOfType<Answer.Found>().Input.Context.ShouldBe([0, 0, 0, 1]);
    }

    [Fact]
    public void The_time_is_part_of_the_input()
    {
        var subject = Solving.Subject("call 0x20\nmul %r0, 3\nexit\n", 0);

        var input = Ask().Result(subject, 300).ShouldBeOfType<Answer.Found>().Input;

        ((uint)input.Milliseconds).ShouldBe(100u);
    }

    [Fact]
    public void Different_ways_to_the_same_result_are_equal()
    {
        var branches = Solving.Subject("ldxb %r3, [%r1]\nmov %r0, 1\njgt %r3, 99, +1\nmov %r0, 0\nexit\n", 1);
        var arithmetic = Solving.Subject("ldxb %r3, [%r1]\nmov %r0, 99\nsub %r0, %r3\nrsh %r0, 63\nexit\n", 1);

        Ask().Difference(branches, arithmetic).ShouldBe(new Answer.None(2, 5));
    }

    [Theory]
    [InlineData("ldxb %r0, [%r1]\njeq %r0, 200, +1\nexit\nmov %r0, 0\nexit\n", "result")]
    [InlineData("ldxb %r0, [%r1]\njne %r0, 200, +1\nldxb %r0, [%r1+1]\nexit\n", "result")]
    [InlineData("ldxb %r0, [%r1]\njne %r0, 200, +1\nstb [%r1], 3\nexit\n", "context")]
    [InlineData("ldxb %r6, [%r1]\njne %r6, 200, +3\nmov %r1, 1\nmov %r2, 0\ncall 0x10\nmov %r0, %r6\nexit\n", "local store")]
    [InlineData("ldxb %r6, [%r1]\njne %r6, 200, +3\nmov %r1, 1\nmov %r2, 0\ncall 0x11\nmov %r0, %r6\nexit\n", "global store")]
    public void A_difference_is_found_where_it_is(string other, string difference)
    {
        var (left, right) = (Solving.Subject(Byte, 1), Solving.Subject(other, 1));

        var found = Ask().Difference(left, right).ShouldBeOfType<Answer.Found>();

        found.Input.Context.ShouldBe([200]);
        Comparison.Differences(left, found.Ends[0], right, found.Ends[1]).ShouldBe([difference]);
    }

    [Fact]
    public void Stores_with_the_same_pairs_in_other_places_are_equal()
    {
        const string first = "mov %r1, 1\nmov %r2, 5\ncall 0x10\n";
        const string second = "mov %r1, 2\nmov %r2, 6\ncall 0x10\n";

        Ask().Difference(
            Solving.Subject($"{first}{second}mov %r0, 0\nexit\n", 0), Solving.Subject($"{second}{first}mov %r0, 0\nexit\n", 0))
            .ShouldBeOfType<Answer.None>();
    }

    [Fact]
    public void The_same_trap_in_other_places_is_no_difference() =>
        Ask().Difference(
            Solving.Subject("ldxb %r0, [%r1+1]\nexit\n", 1), Solving.Subject("mov %r0, 1\nstb [%r1+1], 0\nexit\n", 1))
            .ShouldBeOfType<Answer.None>();

    private static Search Ask(Symbolic.Machine.SymbolicLimits? limits = null) => new(Solving.Decider(), limits ?? Solving.Limits);
}

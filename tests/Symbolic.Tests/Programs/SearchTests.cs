using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Tests.Machine;

namespace RbpfSpec.Symbolic.Tests.Programs;

public class SearchTests
{
    private const string Byte = "ldxb %r0, [%r1]\nexit\n";

    [Fact]
    [Trait("Needs", "solver")]
    public void A_trap_is_found_with_a_context_that_shows_it()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1+1]\nmov %r0, 100\nsub %r3, 42\nmod %r0, %r3\nexit\n", 2);

        var found = Ask().Trap(subject, null).ShouldBeOfType<SearchResult.Found>();

        found.Witnesses[0].Input.Context[1].ShouldBe((byte)42);
        found.Witnesses[0].Ends.ShouldHaveSingleItem().ShouldBeOfType<Outcome<Word>.Trapped>().Trap.ShouldBe(Trap.DivisionByZero);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void That_no_context_traps_is_proved_with_the_paths_counted()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 100\nor %r3, 1\nmod %r0, %r3\njgt %r0, 50, +1\nexit\nexit\n", 1);

        Ask().Trap(subject, null).ShouldBe(new SearchResult.None(2, 6));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_same_division_traps_under_one_profile_only()
    {
        const string program = "ldxb %r3, [%r1]\nmov %r0, 1\ndiv %r0, %r3\nexit\n";

        Ask().Trap(Solving.SymbolicProgram(program, 1), null).ShouldBeOfType<SearchResult.Found>();
        Ask().Trap(Solving.SymbolicProgram(program, 1, Profile.Rfc9669), null).ShouldBeOfType<SearchResult.None>();
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Other_traps_than_the_one_looked_for_do_not_count()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 1\ndiv %r0, %r3\nexit\n", 1);

        Ask().Trap(subject, Trap.MemoryAccess).ShouldBeOfType<SearchResult.None>();
        Ask().Trap(subject, Trap.DivisionByZero).ShouldBeOfType<SearchResult.Found>();
    }

    [Fact]
    public void A_solver_that_finds_neither_way_of_a_branch_possible_proves_nothing()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 1\njgt %r3, 5, +1\nexit\nexit\n", 1);
        var search = new Search(new(new FakeSolver(_ => new Reply.Unsatisfiable()), TimeSpan.FromSeconds(1)), Solving.Limits);

        search.Trap(subject, null).ShouldBeOfType<SearchResult.Undecided>().Reason.ShouldContain("contradicts itself");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_path_that_was_not_followed_leaves_it_undecided() =>
        Ask(new(5, 10)).Trap(Solving.SymbolicProgram("ja -1\nexit\n", 0, Profile.Rfc9669), null)
            .ShouldBe(new SearchResult.Undecided("more than 5 steps on one path", Limit.Steps));

    [Fact]
    [Trait("Needs", "solver")]
    public void A_trap_is_found_although_another_path_was_not_followed()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\njeq %r3, 0, +2\nldxb %r0, [%r1+1]\nexit\nja -1\n", 1, Profile.Rfc9669);

        Ask(new(20, 10)).Trap(subject, null).ShouldBeOfType<SearchResult.Found>().Witnesses[0].Input.Context[0].ShouldNotBe((byte)0);
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_result_is_reached_or_proved_out_of_reach(ulong result, bool isReached) =>
        (Ask().Result(Solving.SymbolicProgram(Byte, 1), result) is SearchResult.Found).ShouldBe(isReached);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_result_is_reached_through_a_store_that_helpers_keep()
    {
        var subject = Solving.SymbolicProgram(
            "ldxw %r2, [%r1]\nmov %r1, 3\ncall 0x10\nmov %r1, 3\nmov %r2, %r10\nsub %r2, 4\ncall 0x12\nldxw %r0, [%r10-4]\nadd %r0, 1\n"
            + "exit\n", 4);

        Ask().Result(subject, 0x0100_0001).ShouldBeOfType<SearchResult.Found>().Witnesses[0].Input.Context.ShouldBe([0, 0, 0, 1]);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_time_is_part_of_the_input()
    {
        var subject = Solving.SymbolicProgram("call 0x20\nmul %r0, 3\nexit\n", 0);

        var input = Ask().Result(subject, 300).ShouldBeOfType<SearchResult.Found>().Witnesses[0].Input;

        ((uint)input.Milliseconds).ShouldBe(100u);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Different_ways_to_the_same_result_are_equal()
    {
        var branches = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 1\njgt %r3, 99, +1\nmov %r0, 0\nexit\n", 1);
        var arithmetic = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 99\nsub %r0, %r3\nrsh %r0, 63\nexit\n", 1);

        Ask().Difference(branches, arithmetic).ShouldBe(new SearchResult.None(2, 5));
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("ldxb %r0, [%r1]\njeq %r0, 200, +1\nexit\nmov %r0, 0\nexit\n", "result")]
    [InlineData("ldxb %r0, [%r1]\njne %r0, 200, +1\nldxb %r0, [%r1+1]\nexit\n", "result")]
    [InlineData("ldxb %r0, [%r1]\njne %r0, 200, +1\nstb [%r1], 3\nexit\n", "context")]
    [InlineData("ldxb %r6, [%r1]\njne %r6, 200, +3\nmov %r1, 1\nmov %r2, 0\ncall 0x10\nmov %r0, %r6\nexit\n", "local store")]
    [InlineData("ldxb %r6, [%r1]\njne %r6, 200, +3\nmov %r1, 1\nmov %r2, 0\ncall 0x11\nmov %r0, %r6\nexit\n", "global store")]
    public void A_difference_is_found_where_it_is(string other, string difference)
    {
        var (left, right) = (Solving.SymbolicProgram(Byte, 1), Solving.SymbolicProgram(other, 1));

        var found = Ask().Difference(left, right).ShouldBeOfType<SearchResult.Found>();

        var witness = found.Witnesses.ShouldHaveSingleItem();
        witness.Input.Context.ShouldBe([200]);
        Comparison.Differences(left, witness.Ends[0], right, witness.Ends[1]).ShouldBe([difference]);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Stores_with_the_same_pairs_in_other_places_are_equal()
    {
        const string first = "mov %r1, 1\nmov %r2, 5\ncall 0x10\n";
        const string second = "mov %r1, 2\nmov %r2, 6\ncall 0x10\n";

        Ask().Difference(
            Solving.SymbolicProgram(
                $"{first}{second}mov %r0, 0\nexit\n", 0), Solving.SymbolicProgram($"{second}{first}mov %r0, 0\nexit\n", 0))
            .ShouldBeOfType<SearchResult.None>();
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_same_trap_in_other_places_is_no_difference() =>
        Ask().Difference(
            Solving.SymbolicProgram("ldxb %r0, [%r1+1]\nexit\n", 1), Solving.SymbolicProgram("mov %r0, 1\nstb [%r1+1], 0\nexit\n", 1))
            .ShouldBeOfType<SearchResult.None>();

    [Fact]
    [Trait("Needs", "solver")]
    public void All_contexts_with_a_result_are_found_and_no_other_is()
    {
        var program = "ldxb %r0, [%r1]\njset %r0, 1, +2\nand %r0, 15\nexit\nand %r0, 7\nexit\n";
        var search = new Search(Solving.Decider(), Solving.Limits) { Wanted = 100 };

        var found = search.Result(Solving.SymbolicProgram(program, 1), 3).ShouldBeOfType<SearchResult.Found>();

        found.AreAll.ShouldBeTrue();
        found.Witnesses.Select(witness => (int)witness.Input.Context[0]).Order()
            .ShouldBe(Enumerable.Range(0, 256).Where(value => ((value & 1) == 0 ? value & 15 : value & 7) == 3));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void As_many_contexts_are_found_as_are_wanted_each_of_another_path_first()
    {
        var program = "ldxb %r0, [%r1]\njset %r0, 1, +2\nmov %r0, 5\nexit\nmov %r0, 5\nexit\n";
        var search = new Search(Solving.Decider(), Solving.Limits) { Wanted = 2 };

        var found = search.Result(Solving.SymbolicProgram(program, 1), 5).ShouldBeOfType<SearchResult.Found>();

        found.AreAll.ShouldBeFalse();
        found.Witnesses.Select(witness => witness.Input.Context[0] & 1).Order().ShouldBe([0, 1]);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_search_ends_at_the_context_that_is_the_last_asked_for_and_takes_one_of_each_path()
    {
        var subject = Solving.SymbolicProgram("ldxb %r0, [%r1]\njset %r0, 1, +2\nldxb %r0, [%r1+1]\nexit\nldxb %r0, [%r1+2]\nexit\n", 1);

        Slots(_ => false).Order().ShouldBe([2UL, 4UL]);
        Slots(_ => true).Count.ShouldBe(1);

        List<ulong> Slots(Func<Witness, bool> isLast)
        {
            var search = new Search(Solving.Decider(), Solving.Limits) { Wanted = 100, IsLast = isLast };
            var found = search.Trap(subject, null).ShouldBeOfType<SearchResult.Found>();
            found.AreAll.ShouldBeFalse();
            return [.. found.Witnesses.Select(witness => ((Outcome<Word>.Trapped)witness.Ends[0]).State.ProgramCounter.Value)];
        }
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void What_is_assumed_restricts_the_contexts()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\nmov %r0, 1\ndiv %r0, %r3\nexit\n", 1);
        var search = Ask();

        search.Assume(SymbolicProgram.Byte(0).DiffersFrom(0)).ShouldBeOfType<Possibility.Possible>();

        search.Trap(subject, null).ShouldBeOfType<SearchResult.None>();
        search.Assume(SymbolicProgram.Byte(0).EqualTo(0)).ShouldBeOfType<Possibility.Impossible>();
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_slot_is_reached_by_the_contexts_that_lead_there()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\njne %r3, 77, +1\nmov %r0, 1\nexit\n", 1);

        Ask().Slot(subject, 2).ShouldBeOfType<SearchResult.Found>().Witnesses[0].Input.Context[0].ShouldBe((byte)77);
        Ask().Slot(Solving.SymbolicProgram("ja +1\nmov %r0, 1\nexit\n", 1), 1).ShouldBeOfType<SearchResult.None>();
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_instructions_that_no_context_reaches_are_listed()
    {
        var subject = Solving.SymbolicProgram("ldxb %r3, [%r1]\nand %r3, 7\njgt %r3, 7, +1\nexit\nlddw %r0, 1\nexit\n", 1);

        var coverage = Ask().Unreached(subject);

        coverage.Unreached.ShouldBe([4, 6]);
        coverage.Doubt.ShouldBeNull();
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void More_paths_than_are_followed_alone_are_merged_and_answered()
    {
        var rounds = string.Concat(Enumerable.Range(0, 12).Select(index => $"ldxb %r3, [%r1+{index}]\njle %r3, 128, +1\nadd %r0, 2\n"));
        var subject = Solving.SymbolicProgram($"{rounds}exit\n", 12);
        var limits = new SymbolicLimits(1_000, 250);

        Ask(limits).Result(subject, 24).ShouldBeOfType<SearchResult.Found>().Witnesses[0].Input.Context.ShouldAllBe(value => value > 128);
        Ask(limits).Result(subject, 25).ShouldBeOfType<SearchResult.None>();
        Ask(limits).Trap(subject, null).ShouldBeOfType<SearchResult.None>();
    }

    private static Search Ask(SymbolicLimits? limits = null) => new(Solving.Decider(), limits ?? Solving.Limits);
}

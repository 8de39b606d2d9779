using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Running;

public sealed class ReferenceMachineTests
{
    // mov r6, 0 | add r6, 1 | ja -2
    private const string EndlessLoop = "b706000000000000 0706000001000000 0500feff00000000";

    [Fact]
    public void A_step_never_throws_whatever_program_and_state_and_a_trap_changes_nothing()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 40, 2500, dice => (Bytes: dice.ProgramBytes(), State: AnyState(dice, profile)), drawn =>
            {
                var machine = new ReferenceMachine(Program.Of(drawn.Bytes), profile);

                var outcome = machine.Step(drawn.State);

                if (outcome is Outcome<Word>.Trapped) outcome.State.ShouldBeSameAs(drawn.State);
            });
        }
    }

    [Fact]
    public void A_run_with_a_limit_of_instructions_never_throws_and_ends_within_it()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 41, 1000, dice => (Program: dice.MildProgram(), State: AnyState(dice, profile)), drawn =>
            {
                var budget = drawn.State.Budget with { Instructions = new Allowance<Word>.Remaining(Word.Of(50)) };
                var machine = new ReferenceMachine(drawn.Program, profile);

                var outcomes = machine.Trace(drawn.State with { Budget = budget }).ToList();

                outcomes.Count.ShouldBeLessThanOrEqualTo(51);
                (outcomes[^1] is Outcome<Word>.Next).ShouldBeFalse();
                outcomes.SkipLast(1).ShouldAllBe(outcome => outcome is Outcome<Word>.Next);
            });
        }
    }

    [Fact]
    public void A_run_ends_as_its_trace_does() =>
        Law.Holds(seed: 42, 500, dice => dice.MildProgram(), program =>
        {
            var start = new Start(Profile.Rbpf) { InstructionLimit = new Allowance<ulong>.Remaining(100) }.State();
            var machine = new ReferenceMachine(program, Profile.Rbpf);

            var last = machine.Trace(start).Last();

            machine.Run(start).ShouldBe(last);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0x8000_0000)]
    [InlineData(0x1_0000_0000)]
    [InlineData(ulong.MaxValue)]
    public void A_program_counter_outside_the_program_traps(ulong index)
    {
        var state = Samples.StateOf(Profile.Rbpf) with { ProgramCounter = Word.Of(index) };

        new ReferenceMachine(Samples.ProgramOf("9500000000000000"), Profile.Rbpf).Step(state).Trap()
            .ShouldBe(Trap.ProgramCounterOutside);
    }

    [Theory]
    [InlineData("ff00000000000000")]
    [InlineData("b70a000001000000")]
    [InlineData("b70b000001000000")]
    [InlineData("2000000000000000")]
    [InlineData("1810000000000000 0000000000000000")]
    [InlineData("8520000007000000")]
    [InlineData("9500000001000000")]
    [InlineData("1800000000000000")]
    public void What_is_no_instruction_of_the_profile_traps_when_it_is_reached_and_not_before(string hex)
    {
        var program = Samples.ProgramOf("b700000005000000" + hex);
        var machine = new ReferenceMachine(program, Profile.Rbpf);

        var first = machine.Step(Samples.StateOf(Profile.Rbpf)).Next();

        first.Registers[0].Value.ShouldBe(5UL);
        machine.At(1).ShouldBeOfType<Decoded.Malformed>();
        machine.Step(first).Trap().ShouldBe(Trap.IllegalInstruction);
    }

    [Fact]
    public void The_second_slot_of_a_wide_instruction_is_no_instruction()
    {
        var machine = new ReferenceMachine(Samples.ProgramOf("1800000001000000 0000000002000000"), Profile.Rfc9669);

        machine.Step(Samples.StateOf(Profile.Rfc9669) with { ProgramCounter = Word.Of(1) }).Trap()
            .ShouldBe(Trap.IllegalInstruction);
    }

    [Fact]
    public void Reserved_fields_are_ignored_where_the_profile_ignores_them()
    {
        var state = Samples.StateOf(Samples.Contrary, (1, 0UL));

        // mov r1, 9 with src_reg 15 and offset 0x1234.
        var machine = new ReferenceMachine(Samples.ProgramOf("b7f1341209000000"), Samples.Contrary);

        machine.Step(state).Next().Registers[1].Value.ShouldBe(9UL);
    }

    [Fact]
    public void Two_hundred_branches_pass_and_the_next_one_traps()
    {
        var machine = new ReferenceMachine(Samples.ProgramOf(EndlessLoop), Profile.Rbpf);

        var outcome = machine.Run(new Start(Profile.Rbpf).State());

        outcome.Trap().ShouldBe(Trap.BranchBudget);
        outcome.State.ProgramCounter.Value.ShouldBe(2UL);
        outcome.State.Registers[6].Value.ShouldBe(201UL);
    }

    [Theory]
    [InlineData("b700000000000000 1500000000000000 9500000000000000", 1)]
    [InlineData("b700000000000000 5500000000000000 9500000000000000", 0)]
    [InlineData("8510000000000000 9500000000000000", 1)]
    [InlineData("8500000007000000 9500000000000000", 0)]
    public void Taken_branches_and_local_calls_are_paid_for_and_nothing_else(string hex, ulong spent)
    {
        var state = new Start(Profile.Rbpf) { Host = Samples.Host }.State();

        var end = new ReferenceMachine(Samples.ProgramOf(hex), Profile.Rbpf).Run(state);

        end.ShouldBeOfType<Outcome<Word>.Exited>();
        end.State.Budget.Branches.ShouldBe(new Allowance<Word>.Remaining(Word.Of(200 - spent)));
    }

    [Fact]
    public void Without_a_branch_limit_a_loop_runs_until_its_instructions_are_spent()
    {
        var start = new Start(Profile.Rfc9669) { InstructionLimit = new Allowance<ulong>.Remaining(5000) };

        var outcome = new ReferenceMachine(Samples.ProgramOf(EndlessLoop), Profile.Rfc9669).Run(start.State());

        outcome.Trap().ShouldBe(Trap.InstructionBudget);
        outcome.State.Budget.Instructions.ShouldBe(new Allowance<Word>.Remaining(Word.Of(0)));
        outcome.State.Registers[6].Value.ShouldBe(2500UL);
    }

    [Fact]
    public void A_wide_instruction_counts_once()
    {
        var program = Samples.ProgramOf("1800000001000000 0000000002000000 9500000000000000");
        var start = new Start(Profile.Rbpf) { InstructionLimit = new Allowance<ulong>.Remaining(2) };

        new ReferenceMachine(program, Profile.Rbpf).Run(start.State()).Result().ShouldBe(0x2_0000_0001UL);
    }

    [Fact]
    public void An_instruction_that_traps_is_not_paid_for()
    {
        var start = new Start(Profile.Rbpf) { InstructionLimit = new Allowance<ulong>.Remaining(10) }.State();

        // div r0, 0
        var outcome = new ReferenceMachine(Samples.ProgramOf("3700000000000000"), Profile.Rbpf).Step(start);

        outcome.Trap().ShouldBe(Trap.DivisionByZero);
        outcome.State.ShouldBe(start);
    }

    [Fact]
    public void A_step_is_a_function()
    {
        Law.Holds(seed: 43, 1000, dice => (Program: dice.AnyProgram(), State: AnyState(dice, Profile.Rbpf)), drawn =>
        {
            var first = new ReferenceMachine(drawn.Program, Profile.Rbpf).Step(drawn.State);
            var second = new ReferenceMachine(drawn.Program, Profile.Rbpf).Step(drawn.State);

            second.ShouldBe(first);
        });
    }

    [Fact]
    public void A_step_is_the_same_however_long_the_machine_has_run()
    {
        // add r6, 1 | mov32 r7, r6 | stxdw [r10-8], r6 | ldxdw r8, [r10-8] | jne r6, 900, -5 | exit
        var program = Samples.ProgramOf(
            "0706000001000000 bc67000000000000 7b6af8ff00000000 79a8f8ff00000000 5506fbff84030000 9500000000000000");
        var start = new Start(Profile.Rfc9669).State();
        var machine = new ReferenceMachine(program, Profile.Rfc9669);
        var state = start;
        foreach (var outcome in machine.Trace(start))
        {
            new ReferenceMachine(program, Profile.Rfc9669).Step(state).ShouldBe(outcome);
            state = outcome.State;
        }

        state.Registers[8].Value.ShouldBe(900UL);
        machine.Run(start).State.ShouldBe(state);
    }

    // Any program counter, and every default helper; all else is what Generators draw.
    internal static State<Word> AnyState(Dice dice, Profile profile)
    {
        var state = dice.StateOf(profile);
        var host = state.Host with { Helpers = [.. state.Host.Helpers, .. DefaultHost.Functions] };
        return state with
        {
            Host = host,
            ProgramCounter = Word.Of(dice.OnceIn(3) ? dice.Value() : (ulong)dice.Between(0, 12)),
        };
    }
}

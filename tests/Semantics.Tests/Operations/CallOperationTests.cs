using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §4.3.1 and §4.3.2, and the frames of local calls.</summary>
public sealed class CallOperationTests
{
    private const ulong StackEnd = AddressSpace.Stack + 512;

    // call +1 | exit | function: stxdw [r10-8], r6 | mov r6, 5 | mov r1, 6 | mov r0, r10 | exit
    private const string Call =
        "8510000001000000 9500000000000000 7b6af8ff00000000 b706000005000000 b701000006000000 bfa0000000000000 9500000000000000";

    [Fact]
    public void A_local_call_begins_a_zeroed_frame_below_and_keeps_r6_to_r10_for_the_caller()
    {
        var machine = new ReferenceMachine(Samples.ProgramOf(Call), Profile.Rbpf);
        var state = Samples.StateOf(Profile.Rbpf, (6, 66), (7, 77), (8, 88), (9, 99));

        var steps = machine.Trace(state).ToList();

        var entered = steps[0].State;
        entered.ProgramCounter.Value.ShouldBe(2UL);
        entered.Registers.ShouldBe(state.Registers.With(10, Word.Of(AddressSpace.Stack)));
        entered.Bytes("stack frame").ShouldBe(new byte[512]);
        entered.Memory.Regions[^1].Start.Value.ShouldBe(AddressSpace.Stack - 512);

        var end = steps[^1].ShouldBeOfType<Outcome<Word>.Exited>();
        end.Result.Value.ShouldBe(AddressSpace.Stack);
        end.State.Registers.ShouldBe(
            state.Registers.With(0, Word.Of(AddressSpace.Stack)).With(1, Word.Of(6)));
        end.State.Memory.ShouldBe(state.Memory);
        end.State.Frames.ShouldBeEmpty();
        end.State.ProgramCounter.Value.ShouldBe(1UL);
    }

    [Fact]
    public void A_frame_is_zeroed_again_at_the_next_call()
    {
        // call f | call f | exit | f: ldxdw r0, [r10-8] | stdw [r10-8], 7 | exit
        var program = Samples.ProgramOf(
            "8510000002000000 8510000001000000 9500000000000000 79a0f8ff00000000 7a0af8ff07000000 9500000000000000");

        new ReferenceMachine(program, Profile.Rbpf).Run(Samples.StateOf(Profile.Rbpf)).Result().ShouldBe(0UL);
    }

    [Fact]
    public void A_callee_can_use_its_callers_frame_through_a_pointer()
    {
        // mov r1, r10 | call f | ldxdw r0, [r10-8] | exit | f: stdw [r1-8], 7 | exit
        var program = Samples.ProgramOf(
            "bfa1000000000000 8510000002000000 79a0f8ff00000000 9500000000000000 7a01f8ff07000000 9500000000000000");

        new ReferenceMachine(program, Profile.Rbpf).Run(Samples.StateOf(Profile.Rbpf)).Result().ShouldBe(7UL);
    }

    [Fact]
    public void A_pointer_into_a_frame_is_of_no_use_after_the_return()
    {
        // call f | ldxdw r0, [r0-8] | exit | f: mov r0, r10 | exit
        var program = Samples.ProgramOf(
            "8510000002000000 7900f8ff00000000 9500000000000000 bfa0000000000000 9500000000000000");

        var outcome = new ReferenceMachine(program, Profile.Rbpf).Run(Samples.StateOf(Profile.Rbpf));

        outcome.Trap().ShouldBe(Trap.MemoryAccess);
        outcome.State.ProgramCounter.Value.ShouldBe(1UL);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void As_many_frames_are_granted_as_the_profile_says_the_entry_included(int limit)
    {
        var profile = Profile.Rfc9669 with { FrameLimit = limit };

        // add r6, 1 would be lost: count in r0. add r0, 1 | call -2
        var program = Samples.ProgramOf("0700000001000000 85100000feffffff");
        var outcome = new ReferenceMachine(program, profile).Run(new Start(profile).State());

        outcome.Trap().ShouldBe(Trap.CallDepth);
        outcome.State.Registers[0].Value.ShouldBe((ulong)limit);
        outcome.State.Frames.Count.ShouldBe(limit - 1);
    }

    [Fact]
    public void A_call_without_branch_budget_traps()
    {
        var start = new Start(Profile.Rbpf) { BranchLimit = new Allowance<ulong>.Remaining(0) }.State();

        var outcome = new ReferenceMachine(Samples.ProgramOf(Call), Profile.Rbpf).Step(start);

        outcome.Trap().ShouldBe(Trap.BranchBudget);
        outcome.State.ShouldBe(start);
    }

    [Fact]
    public void EXIT_outside_a_local_call_ends_the_program_and_changes_nothing()
    {
        var state = Samples.StateOf(Profile.Rbpf, (0, 42));

        var outcome = Samples.Step(Samples.InstructionOf("jmp/exit"), state, Profile.Rbpf);

        outcome.Result().ShouldBe(42UL);
        outcome.State.ShouldBe(state);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(6)]
    public void EXIT_restores_r6_to_r10_from_what_a_frame_holds_of_them(int saved)
    {
        var frame = new Frame<Word>(Word.Of(7), Sequence.Generate(saved, index => Word.Of((ulong)index + 100)));
        var state = Samples.StateOf(Profile.Rbpf, (6, 1)) with { Frames = [frame] };

        var returned = Samples.Step(Samples.InstructionOf("jmp/exit"), state, Profile.Rbpf).Next();

        returned.ProgramCounter.ShouldBe(Word.Of(7));
        returned.Frames.ShouldBeEmpty();
        for (var number = 0; number <= 10; number++)
        {
            returned.Registers[number].ShouldBe(
                number >= 6 && number - 6 < saved ? Word.Of((ulong)(number - 6) + 100) : state.Registers[number]);
        }
    }

    [Fact]
    public void A_return_costs_no_branch()
    {
        var end = new ReferenceMachine(Samples.ProgramOf(Call), Profile.Rbpf).Run(Samples.StateOf(Profile.Rbpf));

        end.State.Budget.Branches.ShouldBe(new Allowance<Word>.Remaining(Word.Of(199)));
        end.State.Registers[10].Value.ShouldBe(StackEnd);
    }
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Running;

public sealed class StartTests
{
    [Fact]
    public void Registers_hold_context_length_and_end_of_stack()
    {
        var state = new Start(Profile.Rbpf) { Context = [1, 2, 3] }.State();

        for (var number = 0; number <= 10; number++)
        {
            state.Registers[number].Value.ShouldBe(number switch
            {
                1 => AddressSpace.Context,
                2 => 3UL,
                10 => AddressSpace.Stack + 512,
                _ => 0UL,
            });
        }
    }

    [Fact]
    public void The_length_is_left_out_where_the_profile_says_so()
    {
        var state = new Start(Samples.Contrary) { Context = [1, 2, 3] }.State();

        state.Registers[1].Value.ShouldBe(AddressSpace.Context);
        state.Registers[2].Value.ShouldBe(0UL);
        state.Registers[10].Value.ShouldBe(AddressSpace.Stack + 64);
    }

    [Fact]
    public void Without_a_context_there_is_no_region_and_no_address()
    {
        var state = new Start(Profile.Rbpf).State();

        state.Registers[1].Value.ShouldBe(0UL);
        state.Registers[2].Value.ShouldBe(0UL);
        state.Memory.Regions.Select(region => region.Name).ShouldBe(["stack"]);
    }

    [Fact]
    public void The_stack_is_zeroed_and_the_context_is_as_given()
    {
        var state = new Start(Profile.Rbpf) { Context = [9, 8, 7], Entry = 4 }.State();

        state.Bytes("stack").ShouldBe(new byte[512]);
        state.Bytes("context").ShouldBe([9, 8, 7]);
        state.Memory.Regions.ShouldAllBe(region => region.Readable == Truth<Word>.Of(true) && region.Writable == Truth<Word>.Of(true));
        state.ProgramCounter.ShouldBe(Word.Of(4));
        state.Frames.ShouldBeEmpty();
    }

    [Fact]
    public void The_profile_gives_the_budget_unless_the_caller_does()
    {
        var fromProfile = new Start(Profile.Rbpf).State().Budget;
        var own = new Start(Profile.Rbpf) { BranchLimit = new Allowance<ulong>.Remaining(3) }.State().Budget;

        fromProfile.Branches.ShouldBe(new Allowance<Word>.Remaining(Word.Of(200)));
        fromProfile.Instructions.ShouldBe(new Allowance<Word>.Unlimited());
        own.Branches.ShouldBe(new Allowance<Word>.Remaining(Word.Of(3)));
    }

    [Fact]
    public void Another_profile_brings_its_own_budget()
    {
        var start = new Start(Profile.Rbpf) { InstructionLimit = new Allowance<ulong>.Remaining(7) };

        var budget = (start with { Profile = Profile.Rfc9669 }).State().Budget;

        budget.Branches.ShouldBe(new Allowance<Word>.Unlimited());
        budget.Instructions.ShouldBe(new Allowance<Word>.Remaining(Word.Of(7)));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1)]
    public void The_entry_has_its_frame_whatever_the_limit(int limit)
    {
        var start = new Start(Profile.Rbpf with { FrameLimit = limit })
        {
            Regions = [Region.Of("added", AddressSpace.Stack - 1, [42], Permission.Read)],
        };

        start.Problems().ShouldBeEmpty();
        start.State().Bytes("stack").ShouldBe(new byte[512]);
    }

    [Fact]
    public void Frames_that_do_not_fit_below_the_stack_are_a_problem() =>
        new Start(Profile.Rbpf with { FrameLimit = int.MaxValue }).Problems().ShouldNotBeEmpty();

    [Theory]
    [InlineData(AddressSpace.Stack, 1)]
    [InlineData(AddressSpace.Stack + 511, 1)]
    [InlineData(AddressSpace.Stack - 1, 1)]
    [InlineData(AddressSpace.Stack - (7 * 512), 1)]
    [InlineData(AddressSpace.Context + 2, 1)]
    [InlineData(ulong.MaxValue, 2)]
    public void A_region_in_the_way_of_stack_frames_or_context_is_refused(ulong address, int length)
    {
        var start = new Start(Profile.Rbpf)
        {
            Context = [1, 2, 3],
            Regions = [Region.Of("added", address, new byte[length], Permission.Read)],
        };

        start.Problems().ShouldNotBeEmpty();
        Should.Throw<InvalidOperationException>(() => start.State());
    }

    [Theory]
    [InlineData(AddressSpace.Stack + 512)]
    [InlineData(AddressSpace.Stack - (7 * 512) - 1)]
    [InlineData(AddressSpace.Added)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0)]
    public void A_region_beside_them_is_welcome(ulong address)
    {
        var start = new Start(Profile.Rbpf)
        {
            Context = [1, 2, 3],
            Regions = [Region.Of("added", address, [42], Permission.Read)],
        };

        start.Problems().ShouldBeEmpty();
        start.State().Bytes("added").ShouldBe([42]);
    }

    [Theory]
    [InlineData(-1, 8)]
    [InlineData(int.MinValue, 8)]
    [InlineData(512, 8_388_608)]
    [InlineData(1_048_576, 4_096)]
    [InlineData(65_536, 65_536)]
    [InlineData(512, 524_289)]
    [InlineData(0, int.MaxValue)]
    [InlineData(int.MaxValue, 1)]
    public void Frames_that_no_stack_has_are_a_problem(int bytes, int limit)
    {
        var start = new Start(Profile.Rbpf with { FrameBytes = bytes, FrameLimit = limit });

        start.Problems().ShouldNotBeEmpty();
        Should.Throw<InvalidOperationException>(() => start.State());
    }

    [Fact]
    public void A_region_with_another_length_than_its_bytes_is_refused()
    {
        var region = Region.Of("r", AddressSpace.Added, new byte[8], Permission.ReadWrite) with { Length = Word.Of(9) };

        Should.Throw<InvalidOperationException>(
            () => new Start(Profile.Rbpf) { Regions = [region] }.State()).Message.ShouldContain("length 9");
    }

}

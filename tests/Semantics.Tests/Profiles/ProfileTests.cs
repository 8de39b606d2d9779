using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Profiles;

/// <summary>The table of the design: what the two profiles do at each decision point.</summary>
public sealed class ProfileTests
{

    [Theory]
    [InlineData(512, 524_288)]
    [InlineData(256, 1 << 20)]
    [InlineData(0, 1 << 20)]
    [InlineData(1 << 28, 1)]
    [InlineData(512, 0)]
    [InlineData(512, -5)]
    public void Frames_take_what_the_stack_has_room_for(int bytes, int limit)
    {
        (Profile.Rbpf with { FrameBytes = bytes, FrameLimit = limit }).Problems().ShouldBeEmpty();
        (Profile.Rbpf with { FrameBytes = Math.Max(bytes, 1), FrameLimit = Math.Max(limit, 1) + (1 << 20) }).Problems().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_decision_is_one_of_those_there_are()
    {
        Profile[] wrong =
        [
            Profile.Rbpf with { ZeroDivisor = (ZeroDivisor)9 },
            Profile.Rbpf with { LargeShift = (LargeShift)9 },
            Profile.Rbpf with { SignedOverflow = (SignedOverflow)9 },
            Profile.Rbpf with { Memory = (MemoryRule)9 },
            Profile.Rbpf with { Alignment = (Alignment)9 },
            Profile.Rbpf with { FramePointer = (FramePointer)9 },
            Profile.Rbpf with { ReservedFields = (ReservedFields)9 },
            Profile.Rbpf with { JumpTarget = (JumpTarget)9 },
            Profile.Rbpf with { LastInstruction = (LastInstruction)9 },
            Profile.Rbpf with { HelperAccess = (HelperAccess)9 },
            Profile.Rbpf with { InitialRegisters = (InitialRegisters)9 },
            Profile.Rbpf with { Groups = [(ConformanceGroup)99] },
            Profile.Rbpf with { PlatformEncodings = [(PlatformEncoding)9] },
            Profile.Rbpf with { BranchLimit = null! },
            Profile.Rbpf with { InstructionLimit = null! },
        ];

        foreach (var profile in wrong) profile.Problems().ShouldHaveSingleItem().ShouldContain("'rbpf'");
        foreach (var profile in (Profile[])[.. Profile.All, Samples.Contrary]) profile.Problems().ShouldBeEmpty();
    }

    private static readonly Sequence<ConformanceGroup> AllButPacket =
        [.. Enum.GetValues<ConformanceGroup>().Where(group => group is not ConformanceGroup.Packet)];

    [Fact]
    public void The_normative_machine_traps_on_zero_divisors_and_ends_after_200_branches()
    {
        var profile = Profile.Rbpf;

        profile.Name.ShouldBe("rbpf");
        profile.ZeroDivisor.ShouldBe(ZeroDivisor.Traps);
        profile.BranchLimit.ShouldBe(new Allowance<ulong>.Remaining(200));
        profile.InstructionLimit.ShouldBe(new Allowance<ulong>.Unlimited());
        profile.HelperAccess.ShouldBe(HelperAccess.Granted);
    }

    [Fact]
    public void The_RFC_machine_yields_zero_and_has_no_budget()
    {
        var profile = Profile.Rfc9669;

        profile.Name.ShouldBe("rfc9669");
        profile.ZeroDivisor.ShouldBe(ZeroDivisor.Yields);
        profile.BranchLimit.ShouldBe(new Allowance<ulong>.Unlimited());
        profile.InstructionLimit.ShouldBe(new Allowance<ulong>.Unlimited());
        profile.HelperAccess.ShouldBe(HelperAccess.Declared);
    }

    [Fact]
    public void At_all_other_points_they_agree()
    {
        foreach (var profile in Profile.All)
        {
            profile.Groups.ShouldBe(AllButPacket);
            profile.PlatformEncodings.ShouldBeEmpty();
            profile.LargeShift.ShouldBe(LargeShift.Masked);
            profile.SignedOverflow.ShouldBe(SignedOverflow.Wraps);
            profile.Memory.ShouldBe(MemoryRule.WithinOneRegion);
            profile.Alignment.ShouldBe(Alignment.Any);
            profile.FramePointer.ShouldBe(FramePointer.ReadOnly);
            profile.ReservedFields.ShouldBe(ReservedFields.MustBeZero);
            profile.JumpTarget.ShouldBe(JumpTarget.Instruction);
            profile.LastInstruction.ShouldBe(LastInstruction.ExitOrJump);
            profile.FrameLimit.ShouldBe(8);
            profile.FrameBytes.ShouldBe(512);
            profile.InitialRegisters.ShouldBe(InitialRegisters.ContextAndLength);
        }
    }

    [Fact]
    public void A_program_may_call_what_is_declared_or_what_of_it_is_granted()
    {
        Profile.Rfc9669.Callable([1, 2, 16], [2]).ShouldBe([1, 2, 16]);
        Profile.Rbpf.Callable([1, 2, 16], [16, 2]).ShouldBe([2, 16]);
        Profile.Rbpf.Callable([1, 2], [3]).ShouldBeEmpty();
        Profile.Rbpf.Callable([1, 2], []).ShouldBeEmpty();
    }

    [Fact]
    public void The_default_profile_comes_first() => Profile.All.ShouldBe([Profile.Rbpf, Profile.Rfc9669]);

    [Fact]
    public void Profiles_are_values()
    {
        (Profile.Rbpf with { Groups = [.. Profile.Rbpf.Groups] }).ShouldBe(Profile.Rbpf);
        (Profile.Rbpf with { FrameLimit = 9 }).ShouldNotBe(Profile.Rbpf);
    }
}

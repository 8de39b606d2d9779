using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §4.1 on shifts: amounts are masked to 5 or 6 bits.</summary>
public sealed class AluOperationShiftsTests
{
    [Theory]
    [InlineData("alu/lsh64-x", 1, 64, 1)]
    [InlineData("alu/lsh64-x", 1, 0x1_0000_0003, 8)]
    [InlineData("alu/lsh32-x", 1, 32, 1)]
    [InlineData("alu/lsh32-x", 0xffff_ffff, 4, 0xffff_fff0)]
    [InlineData("alu/rsh32-x", 0x1_0000_0000, 1, 0)]
    [InlineData("alu/rsh64-x", 0x8000_0000_0000_0000, 63, 1)]
    [InlineData("alu/arsh32-x", 0x8000_0000, 4, 0xf800_0000)]
    [InlineData("alu/arsh32-x", 0x8000_0000_0000_0000, 4, 0)]
    [InlineData("alu/arsh64-x", 0x8000_0000_0000_0000, 4, 0xf800_0000_0000_0000)]
    [InlineData("alu/arsh64-x", 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff)]
    public void The_low_bits_of_the_amount_count(string id, ulong value, ulong amount, ulong result)
    {
        var state = Samples.StateOf(Profile.Rbpf, (1, value), (2, amount));

        Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Next().Registers[1].Value.ShouldBe(result);
    }

    [Theory]
    [InlineData("alu/lsh64-x", 63, false)]
    [InlineData("alu/lsh64-x", 64, true)]
    [InlineData("alu/rsh32-x", 31, false)]
    [InlineData("alu/rsh32-x", 32, true)]
    [InlineData("alu/arsh32-x", 0x1_0000_0000, false)]
    [InlineData("alu/arsh64-x", 0xffff_ffff_ffff_ffff, true)]
    public void A_large_amount_traps_where_the_profile_says_so(string id, ulong amount, bool traps)
    {
        var profile = Profile.Rbpf with { LargeShift = LargeShift.Traps };

        var outcome = Samples.Step(
            Samples.InstructionOf(id, 1, 2), Samples.StateOf(profile, (1, 1), (2, amount)), profile);

        if (traps) outcome.Trap().ShouldBe(Trap.ShiftAmount);
        else outcome.Next();
    }
}

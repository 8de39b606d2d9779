namespace RbpfSpec.Images.Tests;

public class ProgramSlotsTests
{
    private static readonly byte[] Program = Convert.FromHexString(
        "8510000001000000" + "1832000078563412" + "00000000ffffffff" + "9500000000000000");

    [Fact]
    public void Fields_are_read_by_slot()
    {
        ProgramSlots.Opcode(Program, 1).ShouldBe((byte)0x18);
        ProgramSlots.SourceRegister(Program, 0).ShouldBe((byte)1);
        ProgramSlots.SourceRegister(Program, 1).ShouldBe((byte)3);
        ProgramSlots.Immediate(Program, 1).ShouldBe(0x12345678);
        ProgramSlots.Immediate(Program, 2).ShouldBe(-1);
        ProgramSlots.Describe(Program, 0).ShouldBe("8510000001000000");
    }

    [Fact]
    public void An_address_fills_both_immediates_and_nothing_else()
    {
        byte[] program = [.. Program];

        ProgramSlots.PutAddress(program, 1, 0x1122_3344_5566_7788);

        Convert.ToHexStringLower(program)
            .ShouldBe("8510000001000000" + "1832000088776655" + "0000000044332211" + "9500000000000000");
    }

    [Fact]
    public void A_wide_instruction_has_one_start() =>
        ProgramSlots.Starts(Program, [ProgramSlots.LoadDoubleWord]).ShouldBe([true, true, false, true]);

    [Fact]
    public void A_wide_instruction_may_be_the_first() =>
        ProgramSlots.Starts(Program.AsSpan(8, 24), [ProgramSlots.LoadDoubleWord]).ShouldBe([true, false, true]);

    [Fact]
    public void A_wide_instruction_at_the_end_starts_there() =>
        ProgramSlots.Starts(Program.AsSpan(0, 16), [ProgramSlots.LoadDoubleWord]).ShouldBe([true, true]);

    [Theory]
    [InlineData("0500030000000000", 4L)]
    [InlineData("05000080ffffffff", -32767L)]
    [InlineData("0600030000000100", 0x10001L)]
    [InlineData("15010200ffffffff", 3L)]
    [InlineData("1e10feff00000000", -1L)]
    [InlineData("e500010000000000", 2L)]
    [InlineData("8500030003000000", null)]
    [InlineData("8510030003000000", null)]
    [InlineData("9500030000000000", null)]
    [InlineData("0700030003000000", null)]
    [InlineData("1800030003000000", null)]
    public void A_jump_leads_to_a_slot(string slot, long? target) =>
        ProgramSlots.JumpTarget(Convert.FromHexString(slot), 0).ShouldBe(target);

    [Theory]
    [InlineData(0x95, true)]
    [InlineData(0x05, true)]
    [InlineData(0x06, true)]
    [InlineData(0x0d, true)]
    [InlineData(0x15, false)]
    [InlineData(0x16, false)]
    [InlineData(0x85, false)]
    [InlineData(0x8d, false)]
    [InlineData(0x96, false)]
    [InlineData(0xe5, false)]
    [InlineData(0x07, false)]
    [InlineData(0x04, false)]
    public void Execution_does_not_go_on_behind_an_end(byte opcode, bool isLast) =>
        ProgramSlots.IsLast(opcode).ShouldBe(isLast);

    [Fact]
    public void A_local_call_becomes_one_of_a_helper()
    {
        byte[] program = [.. Program];
        program[1] |= 3;

        ProgramSlots.IsLocalCall(program, 0).ShouldBeTrue();
        ProgramSlots.PutHelper(program, 0, 0x8000_0001);

        Convert.ToHexStringLower(program.AsSpan(0, 8)).ShouldBe("8503000001000080");
        ProgramSlots.IsLocalCall(program, 0).ShouldBeFalse();
        ProgramSlots.IsLocalCall(program, 3).ShouldBeFalse();
    }
}

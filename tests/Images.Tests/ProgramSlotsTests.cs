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
        ProgramSlots.Starts(Program, [ProgramSlots.LoadDoubleWord]).ShouldBe([0, 1, 3]);

    [Fact]
    public void A_wide_instruction_at_the_end_starts_there() =>
        ProgramSlots.Starts(Program.AsSpan(0, 16), [ProgramSlots.LoadDoubleWord]).ShouldBe([0, 1]);
}

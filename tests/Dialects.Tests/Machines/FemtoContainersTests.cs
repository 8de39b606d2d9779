using RbpfSpec.Semantics.Machine;

using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests.Machines;

/// <summary>Each bug on the smallest program that shows it, and the normative machine on the same program.</summary>
public sealed class FemtoContainersTests
{
    private const string WideLoadOverExit = "00000001000000" + Exit;

    [Fact]
    public void FC_1_a_jump_to_one_slot_past_the_end_is_accepted_and_taken()
    {
        const string program = "0500010000000000" + Exit;
        var machine = With("FC-1", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(2UL);
        BrokenNormatively(program).ShouldBe(["jump/inside"]);
    }

    [Fact]
    public void FC_1_a_jump_to_two_slots_past_the_end_is_rejected() =>
        With("FC-1", "0500020000000000" + Exit).Broken().ShouldBe(["jump/distance"]);

    [Fact]
    public void FC_2_a_legal_jump_to_slot_0_is_rejected()
    {
        const string program = "0500010000000000 0500feff00000000" + Exit;

        With("FC-2", program).Broken().ShouldBe(["jump/distance"]);
        BrokenNormatively(program).ShouldBeEmpty();
    }

    [Fact]
    public void FC_2_the_offset_of_EXIT_is_taken_for_a_distance() =>
        With("FC-2", "9500640000000000").Broken().ShouldBe(["jump/distance"]);

    [Fact]
    public void FC_3_the_last_EXIT_may_be_the_second_slot_of_a_wide_load()
    {
        const string program = "18" + WideLoadOverExit;
        var machine = With("FC-3", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(2UL);
        BrokenNormatively(program).ShouldBe(["wide/opcode", "end"]);
    }

    [Theory]
    [InlineData("1800000001000000 b700000000000000")]
    [InlineData("b700000000000000")]
    public void FC_3_the_last_slot_must_be_EXIT_all_the_same(string program) =>
        With("FC-3", program).Broken().ShouldBe(["end/slot"]);

    [Theory]
    [InlineData("b8" + WideLoadOverExit)]
    [InlineData("d8" + WideLoadOverExit)]
    public void FC_4_so_it_may_of_a_load_of_an_address_in_the_image(string program)
    {
        var machine = With("FC-4", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(2UL);
        BrokenNormatively(program).ShouldBe(["opcode"]);
    }

    [Fact]
    public void FC_5_without_EXIT_at_the_end_a_wide_load_may_lack_its_second_slot()
    {
        const string program = "b703000001000000 1800000001000000";
        var machine = With("FC-5", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(2UL);
        BrokenNormatively(program).ShouldBe(["wide/whole"]);
    }

    // Registers that do not exist, and a distance out of the program.
    [Theory]
    [InlineData("00ff000000000000")]
    [InlineData("0500640000000000")]
    public void FC_6_the_second_slot_of_a_load_of_an_address_is_taken_for_an_instruction(string second)
    {
        With("FC-6", "d800000001000000" + second + Exit).Broken().ShouldBe(["wide/instruction"]);
        With("FC-6", "b800000001000000" + second + Exit).Broken().ShouldBe(["wide/instruction"]);
    }

    [Fact]
    public void FC_6_the_second_slot_of_a_plain_wide_load_hides_anything()
    {
        const string program = "1800000001000000 00ff000000000000" + Exit;

        With("FC-6", program).Broken().ShouldBeEmpty();
        BrokenNormatively(program).ShouldBe(["wide/dst_reg", "wide/src_reg"]);
    }

    [Fact]
    public void FC_7_the_second_slot_of_a_wide_load_is_executed_when_jumped_to()
    {
        const string program = "0500010000000000 1800000001000000 b70000002a000000" + Exit;
        var machine = With("FC-7", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().Result().ShouldBe(42UL);
        BrokenNormatively(program).ShouldBe(["jump/instruction", "wide/opcode"]);
    }

    [Fact]
    public void FC_8_an_unknown_opcode_is_accepted_and_traps_when_it_is_reached()
    {
        const string skipped = "0500010000000000 ff00000000000000" + Exit;
        const string reached = "0500000000000000 ff00000000000000" + Exit;

        With("FC-8", skipped).Broken().ShouldBeEmpty();
        With("FC-8", skipped).Run().Result().ShouldBe(0UL);
        With("FC-8", reached).Broken().ShouldBeEmpty();
        With("FC-8", reached).Run().Trap().ShouldBe(Trap.IllegalInstruction);
        BrokenNormatively(skipped).ShouldBe(["opcode"]);
    }

    [Fact]
    public void FC_10_a_wide_load_loses_its_high_half_to_the_sign_of_the_low_one()
    {
        const string program = "1800000000000080 0000000001000000" + Exit;

        With("FC-10", program).Run().Result().ShouldBe(0xffff_ffff_8000_0000);
        RunNormatively(program).Result().ShouldBe(0x0000_0001_8000_0000UL);
    }

    [Fact]
    public void FC_17_a_load_at_the_greatest_signed_address_passes_the_check()
    {
        // mov r1, -1 | rsh r1, 1 | ldxdw r0, [r1]
        const string program = "b7010000ffffffff 7701000001000000 7910000000000000" + Exit;

        var escape = With("FC-17", program).Run().ShouldBeOfType<DialectOutcome.Escaped>();

        (escape.Address.Value, escape.Count.Value).ShouldBe((0x7fff_ffff_ffff_ffffUL, 8UL));
        RunNormatively(program).Trap().ShouldBe(Trap.MemoryAccess);
    }

    // lddw r1, 2^32 | mov r0, 7 | div32 or mod32 r0, r1; the C build died of it.
    [Theory]
    [InlineData("3c10000000000000", 0xffff_ffffUL)]
    [InlineData("9c10000000000000", 7UL)]
    public void FC_21_a_divisor_whose_low_half_alone_is_zero_does_not_trap(string instruction, ulong result)
    {
        var program = "b701000001000000 6701000020000000 b700000007000000" + instruction + Exit;

        With("FC-21", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Trap().ShouldBe(Trap.DivisionByZero);
    }

    [Fact]
    public void FC_21_a_divisor_of_zero_traps_all_the_same() =>
        With("FC-21", "b701000000000000 3c10000000000000" + Exit).Run().Trap().ShouldBe(Trap.DivisionByZero);

    // mov r0, value | mov r1, amount | shift r0, r1
    [Theory]
    [InlineData("01000000", "40000000", "6f", 0UL, 1UL)]
    [InlineData("01000000", "01010000", "6f", 2UL, 2UL)]
    [InlineData("ffffffff", "40000000", "7f", 0UL, ulong.MaxValue)]
    [InlineData("feffffff", "40000000", "cf", ulong.MaxValue, ulong.MaxValue - 1)]
    [InlineData("01000000", "20000000", "6c", 0UL, 1UL)]
    [InlineData("feffffff", "20000000", "cc", 0xffff_ffffUL, 0xffff_fffeUL)]
    public void FC_22_a_shift_by_the_width_or_more_shifts_everything_out(
        string value, string amount, string opcode, ulong result, ulong normative)
    {
        var program = $"b7000000{value} b7010000{amount} {opcode}10000000000000{Exit}";

        With("FC-22", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Result().ShouldBe(normative);
    }

    // mov32 r0, value | arsh32 r0, 4, or neg32 r0
    [Theory]
    [InlineData("00000080", "c400000004000000", 0xffff_ffff_f800_0000, 0xf800_0000)]
    [InlineData("01000000", "8400000000000000", ulong.MaxValue, 0xffff_ffff)]
    public void FC_23_signed_32_bit_results_are_sign_extended(string value, string instruction, ulong result, ulong normative)
    {
        var program = $"b4000000{value} {instruction}{Exit}";

        With("FC-23", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Result().ShouldBe(normative);
    }
}

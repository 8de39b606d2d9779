using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests.Machines;

/// <summary>Each bug on the smallest program that shows it, and the normative machine on the same program.</summary>
public sealed class Rbpf2020Tests
{
    // mov r0, -1 | lddw r1, 2^32, then mov r0, r1
    [Theory]
    [InlineData("b7000000ffffffff", 0xffff_ffffUL, ulong.MaxValue)]
    [InlineData("1801000000000000 0000000001000000 bf10000000000000", 0UL, 0x1_0000_0000UL)]
    public void R_1_a_64_bit_move_truncates(string move, ulong result, ulong normative)
    {
        With("R-1", move + Exit).Run().Result().ShouldBe(result);
        RunNormatively(move + Exit).Result().ShouldBe(normative);
    }

    [Theory]
    [InlineData("b70f000009000000", "register/dst_reg")]
    [InlineData("bff0000000000000", "register/src_reg")]
    public void R_2_a_register_that_does_not_exist_is_accepted_and_used(string move, string check)
    {
        var machine = With("R-2", move + Exit);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.IllegalRegister>().Register.ShouldBe(new Register(15));
        BrokenNormatively(move + Exit).ShouldBe([check]);
    }

    // The C build died of it; division by zero yields all ones, modulo the dividend.
    [Theory]
    [InlineData("3700000000000000", ulong.MaxValue)]
    [InlineData("9700000000000000", 7UL)]
    [InlineData("3400000000000000", 0xffff_ffffUL)]
    [InlineData("3f10000000000000", ulong.MaxValue)]
    public void R_3_division_by_zero_does_not_trap(string instruction, ulong result)
    {
        var program = "b701000000000000 b700000007000000" + instruction + Exit;

        With("R-3", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Trap().ShouldBe(Trap.DivisionByZero);
    }

    [Fact]
    public void R_4_a_jump_to_one_slot_past_the_end_is_taken()
    {
        const string program = "0500010000000000" + Exit;
        var machine = With("R-4", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(2UL);
        BrokenNormatively(program).ShouldBe(["jump/inside"]);
    }

    [Fact]
    public void R_4_a_jump_to_slot_0_traps_when_it_is_taken()
    {
        const string program = "0500ffff00000000" + Exit;

        With("R-4", program).Run().Trap().ShouldBe(Trap.ProgramCounterOutside);
        BrokenNormatively(program).ShouldBeEmpty();
        RunNormatively(program).Trap().ShouldBe(Trap.BranchBudget);
    }

    [Fact]
    public void R_4_a_jump_out_of_the_program_harms_only_when_it_is_taken()
    {
        // jeq r0, 1, +5 | jeq r0, 0, +5
        With("R-4", "1500050001000000" + Exit).Run().Result().ShouldBe(0UL);
        With("R-4", "1500050000000000" + Exit).Run().Trap().ShouldBe(Trap.ProgramCounterOutside);
    }

    [Fact]
    public void R_5_32_bit_negation_sign_extends_and_no_more()
    {
        const string one = "b700000001000000 8400000000000000" + Exit;
        const string least = "b400000000000080 8400000000000000" + Exit;

        With("R-5", one).Run().Result().ShouldBe(1UL);
        With("R-5", least).Run().Result().ShouldBe(0xffff_ffff_8000_0000);
        RunNormatively(one).Result().ShouldBe(0xffff_ffffUL);
    }

    // lddw r1, 2^32 or 1 | jset r1, r1, +1 | mov r0, 9
    [Theory]
    [InlineData("00000000", "01000000", 9UL)]
    [InlineData("01000000", "00000000", 0UL)]
    public void I_2_a_bit_in_the_high_half_is_not_seen_by_JSET(string low, string high, ulong result)
    {
        var program = $"18010000{low} 00000000{high} 4d11010000000000 b700000009000000{Exit}";

        With("I-2", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Result().ShouldBe(0UL);
    }

    // lddw r0, 2^32 | rsh32 r0, 1 | div32 r0, 2 | mod32 r0, 3
    [Theory]
    [InlineData("7400000001000000", 0x8000_0000UL)]
    [InlineData("3400000002000000", 0x8000_0000UL)]
    [InlineData("9400000003000000", 1UL)]
    public void I_3_high_halves_show_in_32_bit_results(string instruction, ulong result)
    {
        var program = "1800000000000000 0000000001000000" + instruction + Exit;

        With("I-3", program).Run().Result().ShouldBe(result);
        RunNormatively(program).Result().ShouldBe(0UL);
    }

    [Fact]
    public void I_4_a_wide_load_borrows_one_from_its_high_half()
    {
        const string program = "1800000000000080 0000000001000000" + Exit;

        With("I-4", program).Run().Result().ShouldBe(0x8000_0000UL);
        RunNormatively(program).Result().ShouldBe(0x1_8000_0000UL);
    }

    [Theory]
    [InlineData("0500320000000000", 51UL)]
    [InlineData("0500fdff00000000", ulong.MaxValue - 1)]
    public void I_5_a_jump_may_lead_anywhere(string jump, ulong slot)
    {
        var machine = With("I-5", jump + Exit);

        machine.Broken().ShouldBeEmpty();
        machine.Run().ShouldBeOfType<DialectOutcome.LeftProgram>().Slot.Value.ShouldBe(slot);
        BrokenNormatively(jump + Exit).ShouldBe(["jump/inside"]);
    }

    [Fact]
    public void I_7_32_bit_arithmetic_shift_finds_no_sign()
    {
        const string program = "b400000000000080 c400000004000000" + Exit;

        With("I-7", program).Run().Result().ShouldBe(0x0800_0000UL);
        RunNormatively(program).Result().ShouldBe(0xf800_0000UL);
    }
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests.Machines;

/// <summary>Each bug on the smallest program that shows it, and the normative machine on the same program.</summary>
public sealed class CertrBpfTests
{
    [Fact]
    public void C_1_the_last_bytes_of_a_region_cannot_be_accessed()
    {
        // ldxdw r0, [r10 - 8] | [r10 - 16]
        const string last = "79a0f8ff00000000" + Exit;
        const string before = "79a0f0ff00000000" + Exit;

        With("C-1", last).Run().Trap().ShouldBe(Trap.MemoryAccess);
        With("C-1", before).Run().Result().ShouldBe(0UL);
        RunNormatively(last).Result().ShouldBe(0UL);
    }

    [Fact]
    public void C_1_so_a_context_of_8_bytes_cannot_be_loaded_at_once() =>
        With("C-1", "7910000000000000" + Exit).Run().Trap().ShouldBe(Trap.MemoryAccess);

    [Fact]
    public void C_4_the_second_half_of_a_wide_load_is_an_instruction()
    {
        const string program = "b700000002000000 1000000001000000" + Exit;
        var machine = With("C-4", program);

        machine.Broken().ShouldBeEmpty();
        machine.Run().Result().ShouldBe(0x1_0000_0002UL);
        BrokenNormatively(program).ShouldBe(["opcode"]);
    }

    [Fact]
    public void C_5_32_bit_arithmetic_shift_sign_extends()
    {
        const string program = "b400000000000080 c400000004000000" + Exit;

        With("C-5", program).Run().Result().ShouldBe(0xffff_ffff_f800_0000);
        RunNormatively(program).Result().ShouldBe(0xf800_0000UL);
    }

    [Fact]
    public void C_6_an_address_4_GiB_beyond_a_region_passes_the_check()
    {
        // lddw r2, 2^32 | add r1, r2 | ldxdw r0, [r1]
        const string program = "1802000000000000 0000000001000000 0f21000000000000 7910000000000000" + Exit;

        var escape = With("C-6", program).Run().ShouldBeOfType<DialectOutcome.Escaped>();

        (escape.Address.Value, escape.Count.Value).ShouldBe((AddressSpace.Context + 0x1_0000_0000, 8UL));
        RunNormatively(program).Trap().ShouldBe(Trap.MemoryAccess);
    }

    [Fact]
    public void C_7_a_large_amount_with_a_small_low_half_shifts()
    {
        // lddw r1, 2^32 + 3 | mov r0, 1 | lsh r0, r1
        const string program = "1801000003000000 0000000001000000 b700000001000000 6f10000000000000" + Exit;
        var machine = With("C-7", program);

        machine.Run().Result().ShouldBe(8UL);
        new DialectMachine(machine.Program, machine.Profile, []).Run().Trap().ShouldBe(Trap.ShiftAmount);
    }

    [Fact]
    public void C_7_an_amount_with_a_large_low_half_traps_all_the_same() =>
        With("C-7", "b701000040000000 6f10000000000000" + Exit).Run().Trap().ShouldBe(Trap.ShiftAmount);

    [Fact]
    public void C_8_a_legal_jump_to_slot_0_is_rejected()
    {
        const string program = "0500010000000000 0500feff00000000" + Exit;

        With("C-8", program).Broken().ShouldBe(["jump/start"]);
        BrokenNormatively(program).ShouldBeEmpty();
    }

    [Fact]
    public void C_15_r10_may_be_written()
    {
        const string program = "b70a000001000000" + Exit;

        With("C-15", program).Broken().ShouldBeEmpty();
        new DialectMachine(Samples.ProgramOf(program), Profile.Rbpf, [DialectTable.Deviation("C-15")])
            .Check(0, Admission.Of(Profile.Rbpf, [])).ShouldBeEmpty();
        BrokenNormatively(program).ShouldBe(["frame-pointer"]);
    }
}

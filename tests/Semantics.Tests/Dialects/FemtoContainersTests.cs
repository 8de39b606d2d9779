using RbpfSpec.Semantics.Dialects;
using RbpfSpec.Semantics.Machine;
using static RbpfSpec.Semantics.Tests.Dialects.DialectSamples;

namespace RbpfSpec.Semantics.Tests.Dialects;

/// <summary>Each bug on the smallest program that shows it, and the normative machine on the same program.</summary>
public sealed class FemtoContainersTests
{
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
}

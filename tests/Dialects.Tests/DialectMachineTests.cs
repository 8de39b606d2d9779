using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests;

public sealed class DialectMachineTests
{
    [Fact]
    public void Without_deviations_it_steps_as_the_reference_machine_does()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 71, 2500, dice => (Bytes: dice.ProgramBytes(), State: dice.StateOf(profile)), drawn =>
            {
                var program = Program.Of(drawn.Bytes);
                var expected = new ReferenceMachine(program, profile).Step(drawn.State);

                var outcome = new DialectMachine(program, profile, []).Step(drawn.State);

                if (expected is Outcome<Word>.Trapped { Trap: Trap.ProgramCounterOutside })
                    outcome.ShouldBeOfType<DialectOutcome.LeftProgram>();
                else
                    outcome.ShouldBeOfType<DialectOutcome.Regular>().Outcome.ShouldBe(expected);
            });
        }
    }

    [Fact]
    public void Without_deviations_it_checks_as_the_preflight_does() =>
        Law.Holds(seed: 72, 2500, dice => (Bytes: dice.ProgramBytes(), Entry: dice.Between(-1, 3)), drawn =>
        {
            var program = Program.Of(drawn.Bytes);
            var rules = Samples.RulesOf(Profile.Rbpf);

            new DialectMachine(program, Profile.Rbpf, []).Check(drawn.Entry, rules)
                .ShouldBe(Preflight.Check(program, drawn.Entry, rules));
        });

    [Fact]
    [Trait("Needs", "time")]
    public void Every_historic_machine_steps_and_checks_without_throwing()
    {
        foreach (var dialect in DialectTable.All)
        {
            Law.Holds(seed: 73, 2500, dice => (Bytes: dice.ProgramBytes(), State: dice.StateOf(dialect.Profile)), drawn =>
            {
                var machine = new DialectMachine(Program.Of(drawn.Bytes), dialect);

                var outcome = machine.Step(drawn.State);
                _ = machine.Check(0, Samples.RulesOf(dialect.Profile));

                if (outcome is not DialectOutcome.Regular { Outcome: not Outcome<Word>.Trapped })
                    outcome.State.ShouldBeSameAs(drawn.State);
            });
        }
    }

    [Fact]
    public void A_run_that_does_not_end_stops_after_its_steps()
    {
        var machine = new DialectMachine(Samples.ProgramOf("0500ffff00000000"), Profile.Rfc9669, []);

        machine.Run(new Start(Profile.Rfc9669).State(), 1_000)
            .ShouldBeOfType<DialectOutcome.Regular>().Outcome.ShouldBeOfType<Outcome<Word>.Next>();
    }

    [Fact]
    public void An_access_that_is_not_aligned_traps_before_it_escapes()
    {
        // lddw r2, 2^32 + 1 | add r1, r2 | ldxb r0, [r1], or ldxh
        const string program = "1802000001000000 0000000001000000 0f21000000000000 7110000000000000" + Exit;

        With("C-6", program).Run().ShouldBeOfType<DialectOutcome.Escaped>();
        With("C-6", program.Replace("7110", "6910", StringComparison.Ordinal)).Run().Trap().ShouldBe(Trap.MemoryAlignment);
    }

    [Fact]
    public void A_store_escapes_as_a_load_does_and_changes_nothing()
    {
        // mov r1, -1 | rsh r1, 1 | stxdw [r1], r0
        var machine = With("FC-17", "b7010000ffffffff 7701000001000000 7b01000000000000" + Exit);

        var outcome = machine.Run().ShouldBeOfType<DialectOutcome.Escaped>();

        outcome.State.ProgramCounter.Value.ShouldBe(2UL);
    }

    [Fact]
    public void Loads_of_addresses_in_the_image_execute()
    {
        // lddwd r0 and lddwr r0: -1 + 2^32 from the sections, which this platform has 2^43 beyond their number.
        var state = Samples.StateOf(Profile.Rbpf);

        Run("b8").ShouldBe(0x0800_0000_0000UL + 0xffff_ffffUL);
        Run("d8").ShouldBe(0x0800_0000_0001UL + 0xffff_ffffUL);

        ulong Run(string opcode) =>
            With("FC-4", $"{opcode}000000ffffffff 0000000001000000{Exit}").Run(state, 10).Result();
    }
}

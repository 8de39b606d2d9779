using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Running;

/// <summary>The machine for concrete states does what the reference machine does.</summary>
public sealed class ConcreteMachineTests
{
    // mov r6, 0 | add r6, 1 | ja -2
    private const string EndlessLoop = "b706000000000000 0706000001000000 0500feff00000000";

    [Fact]
    public void Every_step_from_any_state_is_that_of_the_definition()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 43, 1000, dice => (Bytes: dice.ProgramBytes(), State: ReferenceMachineTests.AnyState(dice, profile)), drawn =>
            {
                var program = Program.Of(drawn.Bytes);

                new ConcreteMachine(program, profile).Step(drawn.State).ShouldBe(new ReferenceMachine(program, profile).Step(drawn.State));
            });
        }
    }

    [Fact]
    public void It_is_so_after_many_steps_too()
    {
        var program = Samples.ProgramOf(EndlessLoop);
        foreach (var limit in (ulong[])[999, 1_000, 1_001, 5_000])
        {
            var start = new Start(Profile.Rfc9669) { InstructionLimit = new Allowance<ulong>.Remaining(limit) }.State();

            new ConcreteMachine(program, Profile.Rfc9669).Trace(start)
                .ShouldBe(new ReferenceMachine(program, Profile.Rfc9669).Trace(start));
        }
    }

    [Fact]
    public void A_checked_program_runs_as_the_unchecked_one()
    {
        var met = 0;
        Law.Holds(seed: 44, 500, dice => dice.MildProgram(), program =>
        {
            if (CheckedProgram.Check(program, 0, Samples.RulesOf(Profile.Rbpf), out _) is not { } @checked) return;
            met++;
            var start = new Start(Profile.Rbpf) { InstructionLimit = new Allowance<ulong>.Remaining(100) }.State();

            new ConcreteMachine(@checked).Run(start).ShouldBe(new ReferenceMachine(program, Profile.Rbpf).Run(start));
            for (var slot = 0; slot < program.Length; slot++)
                new ReferenceMachine(@checked).At(slot).ShouldBe(new ReferenceMachine(program, Profile.Rbpf).At(slot));
        });
        met.ShouldBeGreaterThan(20);
    }
}

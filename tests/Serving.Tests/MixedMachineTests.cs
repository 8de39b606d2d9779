using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving.Tests;

public sealed class MixedMachineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(199)]
    [InlineData(300)]
    public void It_does_what_the_reference_machine_does_however_long_a_run_lasts(int turns)
    {
        var program = Checked($"r0 = 0\nr1 = {turns}\nnext:\nr0 += 3\nr1 -= 1\nif r1 != 0 goto next\nexit");
        var start = new Start(Profile.Rbpf).State();
        var mixed = new MixedMachine(program);

        for (var i = 0; i < 2; i++) Ended(mixed.Run(start)).ShouldBe(Ended(new ConcreteMachine(program).Run(start)));
    }

    [Fact]
    public void A_machine_is_kept_as_long_as_its_program()
    {
        List<CheckedProgram> made = [];
        var machines = Machines.Kept(program =>
        {
            made.Add(program);
            return new MixedMachine(program);
        });
        var (one, other) = (Checked("exit"), Checked("r0 = 1\nexit"));

        machines(one).ShouldBeSameAs(machines(one));
        machines(other).ShouldNotBeSameAs(machines(one));
        made.ShouldBe([one, other]);
    }

    private static (string Kind, ulong Result, ulong Slot) Ended(Outcome<Word> outcome) =>
        (outcome is Outcome<Word>.Trapped trapped ? trapped.Trap.ToString() : "", outcome.State.Registers[0].Value,
            outcome.State.ProgramCounter.Value);

    private static CheckedProgram Checked(string text) =>
        CheckedProgram.Check(RunningServer.Program(text).AsSpan(), 0, Admission.Of(Profile.Rbpf, []), out _, most: 1).ShouldNotBeNull();
}

using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving.Tests;

public sealed class MachinesTests
{
    [Fact]
    public void The_machines_of_the_programs_that_ran_latest_are_kept()
    {
        List<CheckedProgram> made = [];
        var machines = Machines.Kept(program =>
        {
            made.Add(program);
            return new ConcreteMachine(program);
        });
        CheckedProgram[] programs = [.. Enumerable.Range(0, Machines.Most + 1).Select(_ => Checked())];

        foreach (var program in programs[..^1]) machines(program).ShouldBeSameAs(machines(program));
        made.ShouldBe(programs[..^1]);
        var first = machines(programs[0]);
        machines(programs[^1]).ShouldNotBeSameAs(first);
        machines(programs[0]).ShouldBeSameAs(first);
        made.Count.ShouldBe(programs.Length);

        // The one whose turn was longest ago made room.
        machines(programs[1]);
        made[^1].ShouldBeSameAs(programs[1]);
        made.Count.ShouldBe(programs.Length + 1);
    }

    private static CheckedProgram Checked() =>
        CheckedProgram.Check(RunningServer.Program("exit").AsSpan(), 0, Admission.Of(Profile.Rbpf, []), out _, most: 1).ShouldNotBeNull();
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Running;

/// <summary>Runs end where the machine ends, or where enough steps are taken.</summary>
public sealed class RunsTests
{
    private static readonly ConcreteMachine Three = new(
        Samples.ProgramOf("b706000000000000 0706000001000000 9500000000000000"), Profile.Rbpf);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(long.MaxValue, 3)]
    public void A_limited_run_takes_as_many_steps_as_it_may_and_no_more(long most, long expected)
    {
        var start = new Start(Profile.Rbpf).State();

        var (outcome, steps) = Runs.Limited(Three.Step, start, most);

        steps.ShouldBe(expected);
        outcome.ShouldBe(Runs.Trace(Three.Step, start).ElementAt((int)expected - 1));
        (outcome is Outcome<Word>.Exited).ShouldBe(expected == 3);
    }
}

using RbpfSpec.Host.Exploration;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Exploration;

public sealed class ExplorerTests
{
    private static readonly Scope Scope = SmallScope.Create();

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Fact]
    public void Every_invariant_holds_of_every_step_near_the_start()
    {
        var exploration = Explorer.Walk(Scope, most: 5_000);

        exploration.Violation.ShouldBeNull();
        exploration.States.ShouldBe(5_000);
        exploration.Steps.ShouldBeGreaterThan(5_000);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_with_a_trace_that_shows_it(string name)
    {
        var bug = PlantedBug.All.Single(one => one.Name == name);

        var violation = Explorer.Walk(Scope, most: 20_000, bug.Transition).Violation.ShouldNotBeNull();

        // Its last event is the first one at which an invariant does not hold; the same events without the bug violate none.
        var (device, right) = (Scope.Start, Scope.Start);
        foreach (var (index, said) in violation.Events.Index())
        {
            var happening = Scope.Events.First(one => one.Name == said).Event(device);
            var isLast = index == violation.Events.Count - 1;
            Scope.Violated(device, happening, bug.Transition(device, happening)).ShouldBe(isLast ? violation.Invariant : null);
            device = bug.Transition(device, happening).Device;
            var step = right.Step(happening);
            Scope.Violated(right, happening, step).ShouldBeNull();
            right = step.Device;
        }
    }

    [Fact]
    public void Names_of_events_are_unique_and_so_are_those_of_bugs()
    {
        Scope.Events.Select(one => one.Name).ShouldBeUnique();
        PlantedBug.All.Select(bug => bug.Name).ShouldBeUnique();
        PlantedBug.All.Count.ShouldBeGreaterThanOrEqualTo(12);
    }
}

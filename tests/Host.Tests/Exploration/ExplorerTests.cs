using RbpfSpec.Host.Exploration;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Exploration;

public sealed class ExplorerTests
{
    private static readonly Scope Containers = SmallScope.Create();

    private static readonly Scope Updates = UpdateScope.Create();

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    public static TheoryData<string> UpdateBugs => [.. PlantedUpdateBug.All.Select(bug => bug.Name)];

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_invariant_holds_of_every_step_near_the_start(bool ofUpdates)
    {
        var exploration = Explorer.Walk(ofUpdates ? Updates : Containers, most: 5_000);

        exploration.Violation.ShouldBeNull();
        exploration.States.ShouldBe(5_000);
        exploration.Steps.ShouldBeGreaterThan(5_000);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_with_a_trace_that_shows_it(string name) =>
        Found(Containers, PlantedBug.All.Single(one => one.Name == name));

    [Theory]
    [MemberData(nameof(UpdateBugs))]
    public void A_planted_bug_of_signed_updates_is_found_with_a_trace_that_shows_it(string name) =>
        Found(Updates, PlantedUpdateBug.All.Single(one => one.Name == name));

    private static void Found(Scope scope, PlantedBug bug)
    {
        var violation = Explorer.Walk(scope, most: 20_000, bug.Transition).Violation.ShouldNotBeNull();

        // Its last event is the first one at which an invariant does not hold; the same events without the bug violate none.
        var (device, right) = (scope.Start, scope.Start);
        foreach (var (index, said) in violation.Events.Index())
        {
            var happening = scope.Events.First(one => one.Name == said).Event(device);
            var isLast = index == violation.Events.Count - 1;
            scope.Violated(device, happening, bug.Transition(device, happening)).ShouldBe(isLast ? violation.Invariant : null);
            device = bug.Transition(device, happening).Device;
            var step = right.Step(happening);
            scope.Violated(right, happening, step).ShouldBeNull();
            right = step.Device;
        }
    }

    [Fact]
    public void Names_of_events_are_unique_and_so_are_those_of_bugs()
    {
        Containers.Events.Select(one => one.Name).ShouldBeUnique();
        Updates.Events.Select(one => one.Name).ShouldBeUnique();
        PlantedBug.All.Concat(PlantedUpdateBug.All).Select(bug => bug.Name).ShouldBeUnique();
        PlantedBug.All.Count.ShouldBeGreaterThanOrEqualTo(12);
    }
}

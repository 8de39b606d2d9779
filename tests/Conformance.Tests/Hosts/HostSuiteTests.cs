using RbpfSpec.Conformance.Hosts;
using RbpfSpec.Host.Exploration;

namespace RbpfSpec.Conformance.Tests.Hosts;

public sealed class HostSuiteTests
{
    private const int Most = 300;

    public static TheoryData<string> Bugs => [.. HostSuite.PlantedBugs.Select(bug => bug.Name)];

    [Fact]
    public void The_planted_bugs_are_those_of_the_explorations() =>
        HostSuite.PlantedBugs.Select(bug => bug.Name).ShouldBe([.. PlantedBug.All.Concat(PlantedUpdateBug.All).Select(bug => bug.Name)]);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Each_planted_bug_is_found(string name)
    {
        var bug = HostSuite.PlantedBugs.Single(bug => bug.Name == name);

        HostSuite.All.ShouldContain(vector => HostRun.Difference(vector, bug.Transition) != null);
    }

    [Fact]
    public void There_are_few_enough_and_each_has_a_name_and_a_reason_of_its_own()
    {
        HostSuite.All.Count.ShouldBeLessThanOrEqualTo(Most);
        HostSuite.All.Select(vector => vector.Name).Distinct().Count().ShouldBe(HostSuite.All.Count);
        HostSuite.All.GroupBy(vector => (vector.Rule, vector.Because)).Where(group => group.Count() > 1)
            .Select(group => group.Key).ShouldBeEmpty();
    }

    // A vector says what it says: each refusal of a signed update, with its code and its words, is in one.
    [Fact]
    public void Every_reason_of_a_refusal_is_in_a_vector() =>
        Enum.GetValues<Host.Updates.UpdateRefusal>().Select(Host.Updates.UpdateRefusals.Text)
            .Where(text => !HostSuite.All.Any(vector =>
                vector.Steps.Any(step => step.Effects.Contains($"\"begins\":\"{text}\"", StringComparison.Ordinal))))
            .ShouldBeEmpty();
}

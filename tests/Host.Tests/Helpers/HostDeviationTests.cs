using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Deviations;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class HostDeviationTests
{
    [Fact]
    public void The_numbers_go_on_after_those_of_the_machine() =>
        DecisionPoint.All.Select(point => point.Deviation.Number).Concat(HostDeviation.All.Select(deviation => deviation.Number))
            .ShouldBe(Enumerable.Range(1, DecisionPoint.All.Count + HostDeviation.All.Count).Select(number => $"D-{number:00}"));
}

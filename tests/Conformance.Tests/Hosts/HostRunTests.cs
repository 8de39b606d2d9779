using RbpfSpec.Conformance.Hosts;

namespace RbpfSpec.Conformance.Tests.Hosts;

public sealed class HostRunTests
{
    private static readonly HostVector Vector = HostSuite.All.First(vector => vector.Rule == "stores/kept");

    private static HostOutcome Outcome => HostRun.Of(Vector.Device, Vector.Steps.Select(step => step.Event));

    [Fact]
    public void An_outcome_is_the_same_whatever_the_white_space_and_the_order_of_members() =>
        HostRun.Difference(Vector, Outcome with { Effects = Outcome.Effects.With(1, """[ {"result": "0x1", "ran": 0} ]""") })
            .ShouldBeNull();

    [Fact]
    public void A_difference_is_told_with_its_event()
    {
        HostRun.Difference(Vector, Outcome with { Effects = Outcome.Effects.With(1, "[]") })
            .ShouldBe("""event 2: expected [{"ran":0,"result":"0x1"}], and it is []""");
        HostRun.Difference(Vector, Outcome with { Effects = [] }).ShouldBe("0 answers to 4 events");
        HostRun.Difference(Vector, Outcome with { State = "{}" }).ShouldNotBeNull()
            .ShouldStartWith("state after the last event: expected ");
    }
}

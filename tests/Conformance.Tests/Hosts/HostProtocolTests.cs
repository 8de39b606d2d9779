using RbpfSpec.Conformance.Hosts;

namespace RbpfSpec.Conformance.Tests.Hosts;

public sealed class HostProtocolTests
{
    [Fact]
    public void The_device_here_answers_every_vector_as_it_says() =>
        HostSuite.All
            .Select(vector => (
                vector.Name,
                Difference: HostProtocol.Outcome(HostProtocol.Answer(HostProtocol.Request(vector)), out var problem) is { } outcome
                    ? HostRun.Difference(vector, outcome)
                    : problem))
            .Where(each => each.Difference is not null)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("", "the line is not JSON")]
    [InlineData("[]", "it is []; expected an object")]
    [InlineData("""{"device":{},"events":[]}""", "there is no \"device.keys\"")]
    public void A_line_that_makes_no_sense_is_answered_by_its_problem(string line, string problem)
    {
        HostProtocol.Outcome(HostProtocol.Answer(line), out var told).ShouldBeNull();

        told.ShouldStartWith($"the host says: {problem}");
    }

    [Theory]
    [InlineData("nothing", "the answer is not JSON")]
    [InlineData("[]", "it is []; expected an object")]
    [InlineData("""{"effects":[]}""", "there is no \"state\"; expected an object")]
    public void An_answer_that_is_none_is_told(string line, string problem)
    {
        HostProtocol.Outcome(line, out var told).ShouldBeNull();

        told.ShouldStartWith(problem);
    }

    [Fact]
    public void Lines_are_answered_in_order()
    {
        using var output = new StringWriter();

        HostProtocol.Serve(new StringReader($"x\n{HostProtocol.Request(HostSuite.All[0])}\n"), output);

        var lines = output.ToString().Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("{\"problem\":");
        HostRun.Difference(HostSuite.All[0], HostProtocol.Outcome(lines[1], out _)!).ShouldBeNull();
    }
}

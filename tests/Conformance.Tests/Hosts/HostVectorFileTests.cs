using System.Text.Json;
using RbpfSpec.Conformance.Hosts;

namespace RbpfSpec.Conformance.Tests.Hosts;

public sealed class HostVectorFileTests
{
    private static readonly string Text = HostVectorFile.Write(HostSuite.All);

    private static readonly string Small = HostVectorFile.Write([HostSuite.All[0]]);

    [Fact]
    public void What_is_written_is_read_and_comes_out_on_the_device_again()
    {
        var read = HostVectorFile.Read(Text).ShouldBeOfType<HostVectorReading.Read>().Vectors;

        HostVectorFile.Write(read).ShouldBe(Text);
        read.Select(vector => (vector.Name, HostRun.Difference(vector))).Where(each => each.Item2 is not null).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_written_is_as_the_schema_says()
    {
        using var schema = JsonDocument.Parse(HostVectorFile.Schema());
        using var suite = JsonDocument.Parse(Text);

        new JsonSchema(schema.RootElement).Problems(suite.RootElement).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", 1, "the format 2 is not known; expected 1")]
    [InlineData("\"slots\":3", "\"slots\":0", 1, "\"devices.open\": a store of 0 slots; the least is 1")]
    [InlineData("\"slots\":3", "\"slots\":true", 1, "\"devices.open.slots\" is true; expected a whole number from 0 to 1024")]
    [InlineData("\"device\":\"open\"", "\"device\":\"x\"", 8, "\"vectors[0].device\": there is no device 'x'")]
    [InlineData("{\"run\":", "{\"ran\":", 8, "\"vectors[0].steps[2].event\" is no event; expected one of install,")]
    [InlineData("\"program\":\"", "\"program\":\"x", 8, "\"vectors[0].steps[0].event.program\" is not bytes")]
    [InlineData("\"about\"", "\"about\",", 3, "it is not JSON, at byte 8")]
    public void What_is_no_file_of_vectors_is_told_with_its_place(string right, string wrong, int line, string problem)
    {
        var at = Small.IndexOf(right, StringComparison.Ordinal);

        var malformed = HostVectorFile.Read($"{Small[..at]}{wrong}{Small[(at + right.Length)..]}")
            .ShouldBeOfType<HostVectorReading.Malformed>();

        malformed.Problem.ShouldStartWith(problem);
        malformed.Line.ShouldBe(line);
    }
}

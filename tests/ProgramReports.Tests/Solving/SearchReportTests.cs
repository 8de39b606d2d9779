using System.Text.Json;
using RbpfSpec.ProgramReports.Solving;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.ProgramReports.Tests.Solving;

/// <summary>Several inputs are told as a list that says whether it is whole; one is told alone.</summary>
public sealed class SearchReportTests
{
    private static readonly SearchResult.Found Two = new([new(new([1], 5), []), new(new([2], 6), [])], AreAll: true);

    [Theory]
    [InlineData(true, """{"answer":"traps","all":true,"witnesses":[{"now":5},{"now":6}]}""")]
    [InlineData(false, """{"answer":"traps","now":5}""")]
    public void Programs_read_a_list_only_where_they_asked_for_one(bool isSeveral, string expected)
    {
        var text = JsonText.Object(writer => SearchReport.Write(
            writer, Two, isSeveral, "traps", (one, witness) => one.WriteNumber("now", witness.Input.Milliseconds)));

        JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, JsonDocument.Parse(expected).RootElement).ShouldBeTrue(text);
    }

    [Fact]
    public void Programs_read_the_size_and_the_paths_of_a_proof()
    {
        var text = JsonText.Object(writer => SearchReport.Write(writer, new SearchResult.None(Paths: 3, Steps: 9), "equal", size: 8));

        JsonElement.DeepEquals(
            JsonDocument.Parse(text).RootElement,
            JsonDocument.Parse("""{"answer":"equal","size":8,"paths":3,"steps":9}""").RootElement).ShouldBeTrue(text);
    }
}

using System.Text.Json;

namespace RbpfSpec.Reports.Tests;

public class SarifTests
{
    [Fact]
    public void Results_of_one_rule_share_it_and_each_has_its_level_and_place()
    {
        using var document = Parse(
            Result("trap/a", "x.c", isError: true) with { Place = new("x.c", 7, 3) }, Result("trap/b", "y.c"), Result("trap/a", "z.c"));
        var run = document.RootElement.GetProperty("runs")[0];

        run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("id").GetString()).ShouldBe(["trap/a", "trap/b"]);
        var results = run.GetProperty("results");
        results.EnumerateArray().Select(result => result.GetProperty("ruleIndex").GetInt32()).ShouldBe([0, 1, 0]);
        results.EnumerateArray().Select(result => result.GetProperty("level").GetString()).ShouldBe(["error", "warning", "warning"]);
        var region = results[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32()).ShouldBe((7, 3));
        results[1].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region")
            .TryGetProperty("startColumn", out _).ShouldBeFalse("no column is known");
    }

    [Theory]
    [InlineData("./some folder/x.o", "some%20folder/x.o")]
    [InlineData("x.o", "x.o")]
    [InlineData("/elsewhere/x.c", "file:///elsewhere/x.c")]
    public void Files_are_told_from_where_the_tool_runs(string file, string expected)
    {
        if (OperatingSystem.IsWindows()) return;

        using var document = Parse(Result("a", file));

        document.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe(expected);
    }

    private static SarifResult Result(string rule, string file, bool isError = false) =>
        new(rule, "A sentence.", isError, "A message.", new(file, 1, 0), "slot 1");

    private static JsonDocument Parse(params Sequence<SarifResult> results) => JsonDocument.Parse(new Sarif("tool", results).ToString());
}

using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Outputs;

/// <summary>The option <c>--sarif</c> of <c>check</c> and <c>analyze</c>.</summary>
public sealed class SarifFileTests : Scratch
{
    [Fact]
    public void A_problem_of_the_preflight_is_an_error_at_its_file_and_slot()
    {
        var results = Results("check", "examples/storage.o", "--helpers", "none");

        results.Count.ShouldBeGreaterThan(1);
        results[0].Rule.ShouldBe("preflight/helper");
        results.ShouldAllBe(result => result.Level == "error" && result.File == "examples/storage.o" && result.Line == 1);
        results[0].Message.ShouldStartWith("slot ");
    }

    [Fact]
    public void A_program_that_is_accepted_has_no_results() => Results("check", "examples/storage.o").ShouldBeEmpty();

    [Fact]
    public void A_trap_that_a_context_shows_is_an_error_with_that_context()
    {
        var result = Results("analyze", "examples/increment.o").Single();

        (result.Rule, result.Level).ShouldBe(("trap/MemoryAccess", "error"));
        result.Message.ShouldContain("with a context of ");
    }

    [Fact]
    public void What_is_not_proved_and_not_shown_is_a_warning() =>
        Results("analyze", "examples/increment.o", "--search", "0").Single().Level.ShouldBe("warning");

    [Fact]
    public void What_is_proved_is_no_result() => Results("analyze", "examples/increment.o", "--context", "8..").ShouldBeEmpty();

    [Fact]
    public void A_program_that_is_rejected_is_told_by_analyze_too() =>
        Results("analyze", "examples/storage.o", "--helpers", "none")[0].Rule.ShouldBe("preflight/helper");

    [Fact]
    public void A_result_leads_to_the_line_of_source_where_the_object_tells_it()
    {
        var result = Results("analyze", "tests/Images.Tests/Lines/lines.o", "--search", "0").First();

        (result.File, result.Line).ShouldBe(("lines.c", 3));
    }

    private List<(string Rule, string Level, string Message, string File, int Line)> Results(params string[] line)
    {
        var file = At("results.sarif");
        Rbpf.Run([.. line, "--sarif", file]);
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        return
        [
            .. from result in run.GetProperty("results").EnumerateArray()
               let place = result.GetProperty("locations")[0].GetProperty("physicalLocation")
               let rule = result.GetProperty("ruleId").GetString()!
               where rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString() == rule
               select (
                   rule,
                   result.GetProperty("level").GetString()!,
                   result.GetProperty("message").GetProperty("text").GetString()!,
                   place.GetProperty("artifactLocation").GetProperty("uri").GetString()!,
                   place.GetProperty("region").GetProperty("startLine").GetInt32()),
        ];
    }
}

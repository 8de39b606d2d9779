using System.Text.Json;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Reports;

namespace RbpfSpec.ProgramReports.Tests;

/// <summary>An exploration is told whole: what was found, what was not, and the way to it.</summary>
public sealed class ExplorationReportTests
{
    private static readonly Scope Scope = SmallScope.Create();
    private static readonly Violation Wrong = new("the store is kept", ["loss of power", "put"]);
    private static readonly Walked Good = new(7, 30, 3, IsComplete: true, Violation: null);

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void It_holds_without_a_violation_and_with_each_planted_bug_found(bool isViolated, bool isMissed, bool expected) =>
        new ExplorationReport(Scope, isViolated ? Good with { Violation = Wrong } : Good, [("a bug", isMissed ? null : Wrong)])
            .Holds.ShouldBe(expected);

    [Fact]
    public void People_read_the_planted_bugs_first_and_the_way_to_each()
    {
        var lines = new Lines();

        new ExplorationReport(Scope, Good, [("a bug", Wrong), ("another", null)]).Print(lines);

        lines.All.ShouldBe(
        [
            "good: found: a bug",
            "  does not hold: the store is kept",
            "    loss of power",
            "    put",
            "bad: not found: another",
            $"7 distinct states, which are all, up to 3 events from the start, 30 steps, {Scope.Events.Count} events, "
                + $"{Scope.Invariants.Count} invariants",
            "good: every invariant holds of every step",
        ]);
    }

    [Fact]
    public void Programs_read_the_violation_beside_the_bugs()
    {
        var found = Good with { Violation = Wrong, IsComplete = false };
        var report = new ExplorationReport(Scope, found, [("a bug", Wrong), ("another", null)]);

        var json = JsonDocument.Parse(JsonText.Object(report.Write)).RootElement;

        json.GetProperty("violated").GetString().ShouldBe("the store is kept");
        json.GetProperty("trace").GetArrayLength().ShouldBe(2);
        json.GetProperty("complete").GetBoolean().ShouldBeFalse();
        json.GetProperty("bugs")[0].GetProperty("trace")[1].GetString().ShouldBe("put");
        json.GetProperty("bugs")[1].GetProperty("found").GetBoolean().ShouldBeFalse();
        json.GetProperty("bugs")[1].TryGetProperty("violated", out _).ShouldBeFalse();
    }

    // The lines of a report, with what kind of news they are.
    private sealed class Lines : ITextReport
    {
        public List<string> All { get; } = [];

        public void Heading(string text) => All.Add($"heading: {text}");

        public void Good(string text) => All.Add($"good: {text}");

        public void Bad(string text) => All.Add($"bad: {text}");

        public void Line(string text) => All.Add(text);

        public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => All.Add("table");
    }
}

namespace RbpfSpec.House.Tests;

/// <summary>A rule of the compiler or an analyzer is turned off with a reason, or not at all.</summary>
public sealed class EditorConfigTests
{
    [Fact]
    public void Every_rule_that_is_off_has_a_reason_above_it()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"));

        Unexplained(lines).ShouldBeEmpty();
    }

    [Fact]
    public void A_comment_explains_the_group_of_rules_below_it_and_no_more() =>
        Unexplained(
            [
                "dotnet_diagnostic.A1.severity = none",
                "# A2 and A3: a reason.",
                "dotnet_diagnostic.A2.severity = none",
                "dotnet_diagnostic.A3.severity = none",
                "",
                "dotnet_diagnostic.A4.severity = none",
                "#",
                "dotnet_diagnostic.A5.severity = none",
                "dotnet_diagnostic.A6.severity = error",
            ])
            .ShouldBe(
            [
                "1: dotnet_diagnostic.A1.severity = none",
                "6: dotnet_diagnostic.A4.severity = none",
                "8: dotnet_diagnostic.A5.severity = none",
            ]);

    private static IEnumerable<string> Unexplained(string[] lines)
    {
        var explained = false;
        foreach (var (index, line) in lines.Index())
        {
            var isRule = line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal);
            explained = line.StartsWith('#') ? line.Trim('#', ' ').Length > 0 : explained && isRule;
            var isOff = isRule && line.EndsWith("none", StringComparison.Ordinal);
            if (isOff && !explained) yield return $"{index + 1}: {line}";
        }
    }
}

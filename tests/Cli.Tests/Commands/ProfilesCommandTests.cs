namespace RbpfSpec.Cli.Tests.Commands;

public class ProfilesCommandTests
{
    private static readonly string[] Deviations = [.. Enumerable.Range(1, 20).Select(number => $"D-{number:00}")];

    [Fact]
    public void Each_profile_shows_each_decision_point_and_each_deviation_has_a_reason()
    {
        var lines = Rbpf.Line("profiles").Holds().Split('\n');

        lines.ShouldContain(line => line.StartsWith("rbpf (default): ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("rfc9669: ", StringComparison.Ordinal));
        foreach (var deviation in Deviations)
        {
            lines.Count(line => line.EndsWith($"  {deviation}", StringComparison.Ordinal)).ShouldBe(2, deviation);
            lines.Count(line => line.StartsWith($"{deviation}  ", StringComparison.Ordinal)).ShouldBe(1, deviation);
        }
    }

    [Fact]
    public void The_columns_of_a_table_stand_below_each_other()
    {
        var lines = Rbpf.Line("profiles").Holds().Split('\n');
        var header = Array.FindIndex(lines, line => line.StartsWith("decision point", StringComparison.Ordinal));
        var setting = lines[header].IndexOf("setting", StringComparison.Ordinal);
        var deviation = lines[header].IndexOf("deviation", StringComparison.Ordinal);

        foreach (var line in lines[(header + 1)..(header + 18)])
        {
            line[(setting - 2)..setting].ShouldBe("  ");
            line[setting].ShouldNotBe(' ');
            line[deviation..].ShouldStartWith("D-");
        }
    }

    [Fact]
    public void JSON_has_the_setting_of_each_profile_at_each_point()
    {
        var points = JsonText.Object(Rbpf.Line("profiles --json").Holds()).GetProperty("decisionPoints").EnumerateArray().ToList();

        points.Select(point => point.Text("deviation")).ShouldBe(Deviations);
        points[0].GetProperty("settings").Text("rbpf").ShouldBe("trap DivisionByZero");
        points[0].GetProperty("settings").Text("rfc9669").ShouldBe("quotient 0, remainder the dividend");
        points.ShouldAllBe(point => point.Names() == "name question clause deviation kind source reason settings");
    }
}

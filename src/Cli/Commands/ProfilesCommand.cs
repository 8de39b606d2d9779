using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf profiles</c>: what each machine variant does at each decision point.</summary>
public static class ProfilesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "profiles",
            "Shows what each profile does at each decision point, with the numbered deviation from RFC 9669.",
            "./rbpf profiles")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(Write, indented: true));
            else Print();
            return CommandLine.Holds;
        });
        return command;
    }

    private static void Print()
    {
        foreach (var profile in Profile.All)
        {
            Report.Heading($"{profile.Name}{(profile == Profile.Rbpf ? " (default)" : "")}: {profile.Summary}");
            Report.Table(
                ["decision point", "setting", "deviation"],
                DecisionPoint.All.Select(point => (string[])[point.Name, point.Setting(profile), point.Deviation.Number]));
            Report.Line("");
        }

        Report.Heading("Deviations: where the profile rbpf departs from RFC 9669, or settles what it leaves open");
        Report.Table(
            ["number", "kind", "on", "RFC", "from", "reason"],
            DecisionPoint.All.Select(point => (string[])
            [
                point.Deviation.Number, point.Deviation.Kind.ToString().ToLowerInvariant(), point.Name,
                point.Clause.ToString(), point.Deviation.Source.Document, point.Deviation.Reason,
            ]));
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer)
    {
        writer.WriteStartArray("decisionPoints");
        foreach (var point in DecisionPoint.All)
        {
            writer.WriteStartObject();
            writer.WriteString("name", point.Name);
            writer.WriteString("question", point.Question);
            writer.WriteString("clause", point.Clause.ToString());
            writer.WriteString("deviation", point.Deviation.Number);
            writer.WriteString("kind", point.Deviation.Kind.ToString().ToLowerInvariant());
            writer.WriteString("source", point.Deviation.Source.ToString());
            writer.WriteString("reason", point.Deviation.Reason);
            writer.WriteStartObject("settings");
            foreach (var profile in Profile.All) writer.WriteString(profile.Name, point.Setting(profile));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

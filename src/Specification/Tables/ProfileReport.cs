using System.Text.Json;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Tables;

/// <summary>The profiles: what each does at each decision point, with the numbered deviation from RFC 9669.</summary>
public static class ProfileReport
{
    /// <summary>Prints it for people.</summary>
    public static void Print(ITextReport report)
    {
        foreach (var profile in Profile.All)
        {
            report.Heading($"{profile.Name}{(profile == Profile.Rbpf ? " (default)" : "")}: {profile.Summary}");
            report.Table(
                ["decision point", "setting", "deviation"],
                DecisionPoint.All.Select(point => (string[])[point.Name, point.Setting(profile), point.Deviation.Number]));
            report.Line("");
        }

        report.Heading("Deviations: where the profile rbpf departs from RFC 9669, or settles what it leaves open");
        report.Table(
            ["number", "kind", "on", "RFC", "from", "reason"],
            DecisionPoint.All.Select(point => (string[])
            [
                point.Deviation.Number, point.Deviation.Kind.ToString().ToLowerInvariant(), point.Name,
                point.Clause.ToString(), point.Deviation.Source.Document, point.Deviation.Reason,
            ]));
    }

    /// <summary>Its members in a JSON object.</summary>
    public static void Write(Utf8JsonWriter writer)
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

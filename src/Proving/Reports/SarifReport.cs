using System.Text.Json;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>A run in SARIF 2.1.0: a rule a claim that is not proved, and a result of it.</summary>
public static class SarifReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run) => JsonText.Object(writer => Write(writer, run), indented: true) + "\n";

    private static void Write(Utf8JsonWriter writer, RunResult run)
    {
        List<Finding> findings = [.. run.Findings.Grouped(run.Results).SelectMany(group => group)];
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "rbpf prove");
        writer.WriteStartArray("rules");
        foreach (var claim in findings.Select(finding => finding.Result.Claim))
        {
            writer.WriteStartObject();
            writer.WriteString("id", claim.Id);
            Message(writer, "shortDescription", claim.Sentence);
            Message(writer, "help", $"Source: {claim.Source}.");
            writer.WriteString("helpUri", HelpUri(claim));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        for (var i = 0; i < findings.Count; i++) Write(writer, findings[i], i);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    // The project's own documents are where the project is; the RFC is where its editor keeps it.
    private static string HelpUri(Claim claim) => claim.Source.Document == "RFC 9669"
        ? $"https://www.rfc-editor.org/rfc/rfc9669#section-{claim.Source.Section}"
        : "https://www.rfc-editor.org/rfc/rfc9669";

    private static void Write(Utf8JsonWriter writer, Finding finding, int index)
    {
        var result = finding.Result;
        writer.WriteStartObject();
        writer.WriteString("ruleId", result.Claim.Id);
        writer.WriteNumber("ruleIndex", index);
        writer.WriteString("kind", result.Verdict is Verdict.Refuted ? "fail" : "open");

        // Only a failure has a level other than none.
        writer.WriteString("level", result.Verdict is Verdict.Refuted ? "error" : "none");
        Message(writer, "message", string.Join('\n', [$"{result.Verdict.Word}: {result.Claim.Id}", .. finding.Lines]));
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        if (finding.Place is { } place)
        {
            writer.WriteStartObject("physicalLocation");
            writer.WriteStartObject("artifactLocation");
            writer.WriteString("uri", place.File);
            writer.WriteEndObject();
            writer.WriteStartObject("region");
            writer.WriteNumber("startLine", place.Line);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", result.Claim.Id);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("claim/v1", result.Claim.Id);
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteString("cause", finding.Target.Name);
        writer.WriteString("replay", finding.Replay);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}

using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run in SARIF 2.1.0: a rule a claim that is not proved, and a result of it.</summary>
public static class SarifReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run) => Json.Object(writer => Write(writer, run), indented: true) + "\n";

    private static void Write(Utf8JsonWriter writer, RunResult run)
    {
        var findings = run.Results.Where(result => result.Verdict is not Verdict.Proved).ToList();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "rbpf prove");
        writer.WriteStartArray("rules");
        foreach (var result in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.Claim.Id);
            Message(writer, "shortDescription", result.Claim.Sentence);
            Message(writer, "help", $"Source: {result.Claim.Source}.");
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

    private static void Write(Utf8JsonWriter writer, Result result, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", result.Claim.Id);
        writer.WriteNumber("ruleIndex", index);
        writer.WriteString("kind", result.Verdict is Verdict.Refuted ? "fail" : "open");

        // Only a failure has a level other than none.
        writer.WriteString("level", result.Verdict is Verdict.Refuted ? "error" : "none");
        Message(writer, "message", string.Join('\n', ResultLines.IfNotProved(result)));
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", "proofs/Catalogue.cs");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", result.Claim.Id);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}

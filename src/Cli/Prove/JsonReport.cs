using System.Globalization;
using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Prove.Findings;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run as JSON: all that a ledger has, and what shows it.</summary>
public static class JsonReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run) => Json.Object(writer => Write(writer, run), indented: true) + "\n";

    private static void Write(Utf8JsonWriter writer, RunResult run)
    {
        var tally = Tally.Of(run.Results);
        writer.WriteStartArray("solvers");
        writer.WriteStringValue(run.Solver);
        writer.WriteEndArray();
        writer.WriteNumber("proved", tally.Proved);
        writer.WriteNumber("refuted", tally.Refuted);
        writer.WriteNumber("undecided", tally.Undecided);
        writer.WriteNumber("seconds", Rounded(run.Time));
        if (run.CrossCheck is { } check)
        {
            writer.WriteStartObject("crossCheck");
            writer.WriteString("solver", check.Solver);
            writer.WriteNumber("asked", check.Asked);
            writer.WriteNumber("decided", check.Decided);
            writer.WriteNumber("contradicted", check.Contradicted);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("assumed");
        foreach (var assumption in TrustedBase.Assumptions) writer.WriteStringValue($"{assumption.What} {assumption.Why}");
        writer.WriteEndArray();
        writer.WriteStartArray("causes");
        foreach (var group in Finding.Grouped(run.Results))
        {
            writer.WriteStartObject();
            writer.WriteString("look", group[0].Look);
            Lines(writer, "claims", group.Map(finding => finding.Result.Claim.Id));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("claims");
        foreach (var result in run.Results) Write(writer, result);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Result result)
    {
        writer.WriteStartObject(result.Claim.Id);
        writer.WriteString("sentence", result.Claim.Sentence);
        writer.WriteString("source", result.Claim.Source.ToString());
        LedgerText.Properties(writer, LedgerEntry.Of(result));
        writer.WriteNumber("seconds", Rounded(result.Time));
        Lines(writer, "shown", Shown(result.Verdict));
        if (result.Verdict is not Verdict.Proved) writer.WriteString("replay", Finding.Of(result).Replay);
        writer.WriteStartObject("counterexamples");
        foreach (var (mutant, fate) in result.Mutants) Lines(writer, mutant.Name, Shown(fate));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The lines that show a verdict.</summary>
    public static Sequence<string> Shown(Verdict verdict) => verdict switch
    {
        Verdict.Proved(var witness) => witness,
        Verdict.Refuted(var counterexample) => counterexample,
        Verdict.Undecided(var reason) => [reason],
    };

    private static void Lines(Utf8JsonWriter writer, string name, Sequence<string> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }

    private static decimal Rounded(TimeSpan time) =>
        decimal.Parse(time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

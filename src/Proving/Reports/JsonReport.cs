using System.Globalization;
using System.Text.Json;
using RbpfSpec.Certifying;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>A run as JSON: all that a ledger has, and what shows it.</summary>
public static class JsonReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run) => JsonText.Object(writer => Write(writer, run), indented: true) + "\n";

    private static void Write(Utf8JsonWriter writer, RunResult run)
    {
        var tally = Tally.Of(run.Results);
        writer.WriteStrings("solvers", [run.Solver]);
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

        var certified = run.Results.Where(result => result.Certification is not null).Select(result => result.Certification!).ToList();
        if (certified.Count > 0)
        {
            var certifications = CertificationTally.Of(certified);
            writer.WriteStartObject("certified");
            writer.WriteString("solver", Certifier.Solver);
            writer.WriteNumber("asked", certifications.Total);
            writer.WriteNumber("checked", certifications.Checked);
            writer.WriteNumber("simplified", certifications.Simplified);
            writer.WriteStartObject("others");
            foreach (var (reason, count) in certifications.Others) writer.WriteNumber(reason, count);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteStrings("assumed", run.Assumptions.Select(assumption => $"{assumption.What} {assumption.Why}"));
        writer.WriteStartArray("causes");
        foreach (var group in run.Findings.Grouped(run.Results))
        {
            writer.WriteStartObject();
            writer.WriteString("look", group[0].Look);
            writer.WriteStrings("claims", group.Map(finding => finding.Result.Claim.Id));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("claims");
        foreach (var result in run.Results) Write(writer, result, run.Findings);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Result result, Findings findings)
    {
        writer.WriteStartObject(result.Claim.Id);
        writer.WriteString("sentence", result.Claim.Sentence);
        writer.WriteString("source", result.Claim.Source.ToString());
        LedgerText.Properties(writer, LedgerEntry.Of(result));
        writer.WriteNumber("seconds", Rounded(result.Time));
        if (result.Certification is { } certification) writer.WriteString("certification", certification.Word);
        if (result.CrossCheck is { Asked: > 0 } check) writer.WriteBoolean("crossChecked", check.Decided == check.Asked);
        writer.WriteStrings("shown", result.Verdict.Shown);
        if (result.Verdict is not Verdict.Proved) writer.WriteString("replay", findings.Of(result).Replay);
        writer.WriteStartObject("counterexamples");
        foreach (var (mutant, fate) in result.Mutants) writer.WriteStrings(mutant.Name, fate.Shown);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static decimal Rounded(TimeSpan time) =>
        decimal.Parse(time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Results for programs: one JSON object a line for each vector, and one of the totals.</summary>
public static class VectorJson
{
    /// <summary>The lines.</summary>
    /// <param name="results">The results.</param>
    /// <param name="profile">The profile's name.</param>
    /// <param name="causes">What explains the deviations.</param>
    /// <param name="faults">Files that are no vectors, and why.</param>
    public static string Lines(
        Sequence<TestResult> results, string profile, IReadOnlyList<ShownCause> causes, IReadOnlyList<string> faults) =>
        string.Concat(results.Select(result => $"{Line(result)}\n")) + Totals(results, profile, causes, faults) + "\n";

    private static string Line(TestResult result) => JsonText.Object(writer =>
    {
        writer.WriteString("vector", result.Vector.Name);
        writer.WriteString("result", result.Status.ToString().ToLowerInvariant());
        if (result.Reason != "") writer.WriteString("reason", result.Reason);
        if (result.Vector.Rule != "") writer.WriteString("rule", result.Vector.Rule);
        if (result.IsDeviation && result.Vector.Purpose != "") writer.WriteString("purpose", result.Vector.Purpose);
    });

    private static string Totals(
        Sequence<TestResult> results, string profile, IReadOnlyList<ShownCause> causes, IReadOnlyList<string> faults) =>
            JsonText.Object(writer =>
    {
        writer.WriteString("profile", profile);
        foreach (var status in Enum.GetValues<TestStatus>())
        {
            var count = results.Count(result => result.Status == status);
            if (count > 0 || status is TestStatus.Passed or TestStatus.Failed or TestStatus.Unsupported)
                writer.WriteNumber(status.ToString().ToLowerInvariant(), count);
        }

        if (causes.Count > 0)
        {
            writer.WriteStartArray("causes");
            foreach (var shown in causes)
            {
                writer.WriteStartObject();
                writer.WriteString("cause", shown.Cause.Name);
                writer.WriteNumber("deviating", shown.Cause.Deviating);
                writer.WriteNumber("of", shown.Cause.Total);
                writer.WriteString("vector", shown.First.Vector.Name);
                writer.WriteString("program", Convert.ToHexStringLower(((VectorProgram.Code)shown.Small.Vector.Program).Bytes.AsSpan()));
                writer.WriteString("memory", Convert.ToHexStringLower(shown.Small.Vector.Memory.AsSpan()));
                writer.WriteString("reason", shown.Small.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (faults.Count == 0) return;
        writer.WriteStartArray("unreadable");
        foreach (var fault in faults) writer.WriteStringValue(fault);
        writer.WriteEndArray();
    });
}

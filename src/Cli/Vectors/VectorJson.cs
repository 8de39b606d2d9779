using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Results for programs: one JSON object a line for each vector, and one of the totals.</summary>
internal static class VectorJson
{
    /// <summary>The lines.</summary>
    public static string Lines(Sequence<TestResult> results, string profile) =>
        string.Concat(results.Select(result => $"{Line(result)}\n")) + Totals(results, profile) + "\n";

    private static string Line(TestResult result) => Json.Object(writer =>
    {
        writer.WriteString("vector", result.Vector.Name);
        writer.WriteString("result", result.Status.ToString().ToLowerInvariant());
        if (result.Reason != "") writer.WriteString("reason", result.Reason);
        if (result.Vector.Rule != "") writer.WriteString("rule", result.Vector.Rule);
        if (result.IsDeviation && result.Vector.Purpose != "") writer.WriteString("purpose", result.Vector.Purpose);
    });

    private static string Totals(Sequence<TestResult> results, string profile) => Json.Object(writer =>
    {
        writer.WriteString("profile", profile);
        foreach (var status in Enum.GetValues<TestStatus>())
        {
            var count = results.Count(result => result.Status == status);
            if (count > 0 || status is TestStatus.Passed or TestStatus.Failed or TestStatus.Unsupported)
                writer.WriteNumber(status.ToString().ToLowerInvariant(), count);
        }
    });
}

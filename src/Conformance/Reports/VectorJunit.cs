using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Results in the XML of JUnit: a test case a vector, a suite a conformance group.</summary>
public static class VectorJunit
{
    /// <summary>The text.</summary>
    public static string Text(Sequence<TestResult> results) => new Junit("rbpf conformance", results.Map(Case), skips: true).ToString();

    private static JunitCase Case(TestResult result) =>
        new(ResultGroups.Group(result), result.Vector.Rule, result.Vector.Name, result.Status switch
        {
            TestStatus.Passed => null,
            TestStatus.Unsupported => new(JunitProblemKind.Skipped, null, result.Reason, ""),
            TestStatus.Failed or TestStatus.Nonsense => Problem(JunitProblemKind.Failure, result),
            TestStatus.Crashed or TestStatus.Hung => Problem(JunitProblemKind.Error, result),
        });

    private static JunitProblem Problem(JunitProblemKind kind, TestResult result) => new(
        kind,
        result.Status.ToString().ToLowerInvariant(),
        result.Reason,
        string.Join('\n', [result.Vector.Purpose, .. CauseReport.Listing(result.Vector)]));
}

using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Reports;

/// <summary>The subjects of vectors, as reports sort them.</summary>
public static class ResultGroups
{
    private static readonly Dictionary<string, string> Groups =
        OperationTable.Forms.ToDictionary(form => form.Id, form => form.Group.Name());

    /// <summary>The conformance group of the rule that a vector is about; of other vectors the word before the slash.</summary>
    public static string Group(TestResult result) => Groups.TryGetValue(result.Vector.Rule, out var group)
        ? group
        : result.Vector.Rule == "" ? "other" : result.Vector.Rule.Split('/')[0];

    /// <summary>The kind of result that is expected.</summary>
    public static string Outcome(TestResult result) => result.Vector.Expectation switch
    {
        Expectation.Returns => "a result",
        Expectation.Traps(var trap, _) => $"trap {trap}",
        Expectation.Refuses => "a rejection",
    };

    /// <summary>The totals in one line.</summary>
    public static string Totals(Sequence<TestResult> results, string where)
    {
        int Count(TestStatus status) => results.Count(result => result.Status == status);
        var line = $"{Counted.Of(results.Count, "vector")} {where}: {Count(TestStatus.Passed)} passed, {Count(TestStatus.Failed)} failed, "
            + $"{Count(TestStatus.Unsupported)} unsupported";
        if (Count(TestStatus.Crashed) > 0) line += $", {Count(TestStatus.Crashed)} crashed";
        if (Count(TestStatus.Hung) > 0) line += $", {Count(TestStatus.Hung)} hung";
        return Count(TestStatus.Nonsense) > 0 ? $"{line}, {Count(TestStatus.Nonsense)} nonsense" : line;
    }

    /// <summary>Counts by some property.</summary>
    public static IEnumerable<string[]> Rows(IEnumerable<TestResult> results, Func<TestResult, string> by) =>
        results.Where(result => result.Status is not TestStatus.Unsupported).GroupBy(by).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (string[])
        [
            group.Key, $"{group.Count()}", $"{group.Count(result => result.Status is TestStatus.Passed)}",
                $"{group.Count(result => result.IsDeviation)}",
        ]);
}

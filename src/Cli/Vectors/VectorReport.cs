using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics;

namespace RbpfSpec.Cli.Vectors;

/// <summary>The formats of a report in a file.</summary>
public enum VectorReportFormat
{
    /// <summary>The XML of JUnit.</summary>
    Junit,

    /// <summary>One page that needs nothing else.</summary>
    Html,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>What a run of vectors is asked to do.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Profile">The profile's name.</param>
/// <param name="Vectors">The vectors.</param>
/// <param name="Jobs">How many run at a time.</param>
/// <param name="Json">Whether standard output is for programs.</param>
/// <param name="Known">A file of expected deviations.</param>
/// <param name="Record">The file to write the deviations to.</param>
/// <param name="Format">The format of a report in a file.</param>
/// <param name="Output">That file.</param>
public sealed record VectorRun(
    MachineUnderTest Machine,
    string Profile,
    IReadOnlyList<Vector> Vectors,
    int Jobs,
    bool Json,
    string? Known,
    string? Record,
    VectorReportFormat? Format,
    string? Output);

/// <summary>Runs vectors, and reports on them.</summary>
public static class VectorReport
{
    private const int MostRules = 40;

    /// <summary>Runs and reports; yields the exit code.</summary>
    /// <exception cref="UsageException">A file cannot be read or written.</exception>
    public static int Run(VectorRun run)
    {
        if (run.Format is null != run.Output is null)
            throw new UsageException("--report and --output belong together; expected both or neither");
        var known = run.Known is { } file ? KnownDeviations.Read(file) : [];
        foreach (var written in ((string?[])[run.Record, run.Output]).OfType<string>()) OutputFiles.Prepare(written);
        var results = TestRun.Of(run.Machine, run.Vectors, run.Jobs);
        var isNew = results.Where(result => result.IsDeviation && !known.Contains(KnownDeviations.Of(result))).ToHashSet();
        CheckStarted(run.Machine, results);
        List<(string Name, string Text)> files = [];
        if (run.Record is { } record) files.Add((record, KnownDeviations.Text(results)));
        if (run is { Format: { } format, Output: { } output })
        {
            files.Add((output, format switch
            {
                VectorReportFormat.Junit => VectorJunit.Text(results),
                VectorReportFormat.Html => VectorPage.Text(results, run.Machine.Name),
                VectorReportFormat.Json => VectorJson.Lines(results, run.Profile),
            }));
        }

        // Before anything is printed, so that a file that cannot be written is all that is told.
        Files.Write(files.ConvertAll(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));
        if (run.Json) Report.Line(VectorJson.Lines(results, run.Profile).TrimEnd('\n'));
        else Print(run, results, isNew, known);
        return isNew.Count == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    /// <summary>Complains of a machine that never was one.</summary>
    /// <exception cref="UsageException">There is no such command.</exception>
    internal static void CheckStarted(MachineUnderTest machine, Sequence<TestResult> results)
    {
        if (results.Select(result => result.Reply).OfType<MachineReply.NotStarted>().FirstOrDefault() is { } reply)
            throw new UsageException($"the machine '{machine.Name}' does not start: {reply.Problem}");
    }

    /// <summary>The totals in one line.</summary>
    internal static string Totals(Sequence<TestResult> results, string where)
    {
        int Count(TestStatus status) => results.Count(result => result.Status == status);
        var line = $"{results.Count} vectors {where}: {Count(TestStatus.Passed)} passed, {Count(TestStatus.Failed)} failed, {Count(TestStatus.Unsupported)} unsupported";
        if (Count(TestStatus.Crashed) > 0) line += $", {Count(TestStatus.Crashed)} crashed";
        if (Count(TestStatus.Hung) > 0) line += $", {Count(TestStatus.Hung)} hung";
        return Count(TestStatus.Nonsense) > 0 ? $"{line}, {Count(TestStatus.Nonsense)} nonsense" : line;
    }

    private static void Print(VectorRun run, Sequence<TestResult> results, HashSet<TestResult> isNew, HashSet<string> known)
    {
        foreach (var result in results)
        {
            if (isNew.Contains(result))
            {
                Report.Bad($"{result.Status.ToString().ToLowerInvariant(),-11}  {result.Vector.Name}: {result.Reason}");
                if (result.Vector.Purpose != "") Report.Line($"             {result.Vector.Purpose}");
            }
            else if (result is { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: true })
            {
                Report.Line($"unsupported  {result.Vector.Name}: {result.Reason}");
            }
        }

        if (results.Any(result => result.Vector.Rule != "")) Tables(results);
        foreach (var group in results.Where(result => result is { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: false }).GroupBy(result => result.Reason))
            Report.Line($"{group.Count()} vectors are left out: {group.Key}");
        if (known.Count > 0)
        {
            var seen = results.Where(result => result.IsDeviation).Select(KnownDeviations.Of).ToHashSet();
            Report.Line($"{known.Count(seen.Contains)} deviations are known; {known.Count(deviation => !seen.Contains(deviation))} known ones are gone; {isNew.Count} are new");
        }

        var total = Totals(results, run.Machine is MachineUnderTest.Own ? $"under {run.Profile}" : $"on {run.Machine.Name}");
        if (isNew.Count == 0) Report.Good(total);
        else Report.Bad(total);
    }

    private static void Tables(Sequence<TestResult> results)
    {
        Report.Table(["group", "vectors", "passed", "deviate"], Rows(results, Subjects.Group));
        Report.Table(["outcome", "vectors", "passed", "deviate"], Rows(results, Subjects.Outcome));
        var rules = Rows(results.Where(result => result.IsDeviation).Select(result => result.Vector.Rule).ToHashSet() is var wrong
            ? results.Where(result => wrong.Contains(result.Vector.Rule)) : [], result => result.Vector.Rule).ToList();
        if (rules.Count > 0) Report.Table(["rule", "vectors", "passed", "deviate"], rules.Take(MostRules));
        if (rules.Count > MostRules) Report.Line($"and {rules.Count - MostRules} more rules; --report html has them all");
    }

    /// <summary>Counts by some property.</summary>
    internal static IEnumerable<string[]> Rows(IEnumerable<TestResult> results, Func<TestResult, string> by) =>
        results.Where(result => result.Status is not TestStatus.Unsupported).GroupBy(by).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (string[])
        [
            group.Key, $"{group.Count()}", $"{group.Count(result => result.Status is TestStatus.Passed)}", $"{group.Count(result => result.IsDeviation)}",
        ]);
}

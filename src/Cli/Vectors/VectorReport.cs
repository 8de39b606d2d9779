using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

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

/// <summary>The plan of a run of vectors.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Profile">The machine variant that the vectors are of.</param>
/// <param name="Vectors">The vectors.</param>
/// <param name="Faults">Files that are no vectors, and why.</param>
/// <param name="Jobs">How many run at a time.</param>
/// <param name="Options">The options that name the machine again.</param>
/// <param name="Again">The command that runs one vector again.</param>
/// <param name="Probes">Whether the machine is asked first what it has.</param>
/// <param name="Json">Whether standard output is for programs.</param>
/// <param name="Known">A file of expected deviations.</param>
/// <param name="Record">The file to write the deviations to.</param>
/// <param name="Format">The format of a report in a file.</param>
/// <param name="Output">That file.</param>
public sealed record VectorRun(
    MachineUnderTest Machine,
    Profile Profile,
    IReadOnlyList<Vector> Vectors,
    IReadOnlyList<string> Faults,
    int Jobs,
    string Options,
    Func<Vector, string> Again,
    bool Probes,
    bool Json,
    string? Known,
    string? Record,
    VectorReportFormat? Format,
    string? Output);

/// <summary>Runs vectors, and reports on them.</summary>
public static class VectorReport
{
    private const int MostRules = 12;

    // So many deviations are told one by one; more, by their causes.
    private const int MostSingle = 10;

    /// <summary>Runs and reports; yields the exit code.</summary>
    /// <exception cref="UsageException">A file cannot be read or written.</exception>
    public static int Run(VectorRun run)
    {
        if (run.Format is null != run.Output is null)
            throw new UsageException("--report and --output belong together; expected both or neither");
        var known = run.Known is { } file ? KnownDeviations.Read(file) : [];
        foreach (var written in ((string?[])[run.Record, run.Output]).OfType<string>()) OutputFiles.Prepare(written);
        var lacking = run.Probes ? Probe.Of(run.Machine, run.Profile) : null;
        var results = Results(run, lacking);
        CheckStarted(run.Machine, results);
        var isNew = results.Where(result => result.IsDeviation && !known.Contains(KnownDeviations.Of(result))).ToHashSet();
        var reporter = new CauseReport(run.Machine, run.Profile, run.Options, run.Again);
        var isExplained = isNew.Count > MostSingle || (isNew.Count > 0 && results.Any(result => result.Vector.Rule != ""));
        var causes = isExplained ? reporter.Of([.. results.Where(result => !result.IsDeviation || isNew.Contains(result))]) : [];
        List<(string Name, string Text)> files = [];
        if (run.Record is { } record) files.Add((record, KnownDeviations.Text(results)));
        if (run is { Format: { } format, Output: { } output })
        {
            files.Add((output, format switch
            {
                VectorReportFormat.Junit => VectorJunit.Text(results),
                VectorReportFormat.Html => VectorPage.Text(results, run.Machine.Name, causes, reporter),
                VectorReportFormat.Json => VectorJson.Lines(results, run.Profile.Name, causes, run.Faults),
            }));
        }

        // Before anything is printed, so that a file that cannot be written is all that is told.
        Files.Write(files.ConvertAll(each => (each.Name, Encoding.UTF8.GetBytes(each.Text))));
        if (run.Json) Report.Line(VectorJson.Lines(results, run.Profile.Name, causes, run.Faults).TrimEnd('\n'));
        else Print(run, results, isNew, known, lacking, () => reporter.Print(causes, Report.Terminal), causes.Count > 0);
        return isNew.Count == 0 && run.Faults.Count == 0 && results.All(result => result.Vector.IsStated) ? CommandLine.Holds
            : CommandLine.Fails;
    }

    private static Sequence<TestResult> Results(VectorRun run, Lacking? lacking)
    {
        if (lacking is null or { Runs: false }) return TestRun.Of(run.Machine, run.Vectors, run.Jobs);
        var excuses = run.Vectors.Select(vector => Probe.Excuse(lacking, vector)).ToList();
        var asked = new Queue<TestResult>(TestRun.Of(run.Machine, [.. run.Vectors.Where((_, i) => excuses[i] is null)], run.Jobs));
        return [.. run.Vectors.Select(
            (vector, i) => excuses[i] is { } excuse ? new TestResult(vector, TestStatus.Unsupported, excuse, null) : asked.Dequeue())];
    }

    /// <summary>Complains of a machine that never was one.</summary>
    /// <exception cref="UsageException">There is no such command.</exception>
    internal static void CheckStarted(MachineUnderTest machine, Sequence<TestResult> results)
    {
        if (results.Select(result => result.Reply).OfType<MachineReply.NotStarted>().FirstOrDefault() is { } reply)
            throw new UsageException($"the machine '{machine.Name}' does not start: {reply.Problem}");
    }

    private static void Print(
        VectorRun run, Sequence<TestResult> results, HashSet<TestResult> isNew, HashSet<string> known, Lacking? lacking, Action explain,
            bool isExplained)
    {
        foreach (var fault in run.Faults) Report.Bad($"unreadable   {fault}");
        foreach (var result in results)
        {
            if (isNew.Contains(result) && isNew.Count <= MostSingle)
            {
                Report.Bad($"{result.Status.ToString().ToLowerInvariant(),-11}  {result.Vector.Name}: {result.Reason}");
                if (result.Vector.Purpose != "") Report.Line($"             {result.Vector.Purpose}");
            }
            else if (result is { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: true }
                && (lacking is null || Probe.Excuse(lacking, result.Vector) is null))
            {
                Report.Line($"unsupported  {result.Vector.Name}: {result.Reason}");
            }
        }

        if (results.Any(result => result.Vector.Rule != "")) Tables(results, !isExplained);
        foreach (var remark in CauseReport.Remarks(results)) Report.Bad(remark);
        if (isExplained) explain();
        Leave(results, lacking);
        if (known.Count > 0)
        {
            var seen = results.Where(result => result.IsDeviation).Select(KnownDeviations.Of).ToHashSet();
            Report.Line($"{known.Count(seen.Contains)} deviations are known; {known.Count(deviation => !seen.Contains(deviation))} known "
                + $"ones are gone; {isNew.Count} are new");
        }

        var total = ResultGroups.Totals(
            results, run.Machine is MachineUnderTest.Own ? $"under {run.Profile.Name}" : $"on {run.Machine.Name}");
        if (run.Faults.Count > 0) total += $", {run.Faults.Count} {(run.Faults.Count == 1 ? "file" : "files")} unreadable";
        if (isNew.Count == 0 && run.Faults.Count == 0) Report.Good(total);
        else Report.Bad(total);
    }

    // What the machine was not asked.
    private static void Leave(Sequence<TestResult> results, Lacking? lacking)
    {
        if (lacking is { Runs: false }) Report.Bad("the machine does not even run 'mov %r0, 7; exit': what it lacks cannot be found out");
        if (lacking is { Runs: true, Names.IsEmpty: true }) Report.Line("the machine has every instruction of the profile");
        if (lacking is { Names.IsEmpty: false })
        {
            Report.Line($"the machine lacks {string.Join(", ", lacking.Names)}: "
                + $"{results.Count(result => Probe.Excuse(lacking, result.Vector) is not null)} vectors with them are left out");
        }

        foreach (var group in results.Where(result => result is { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: false }
            && (lacking is null || Probe.Excuse(lacking, result.Vector) is null)).GroupBy(result => result.Reason))
        {
            Report.Line($"{group.Count()} vectors are left out: {group.Key}");
        }
    }

    private static void Tables(Sequence<TestResult> results, bool hasRules)
    {
        Report.Table(["group", "vectors", "passed", "deviate"], ResultGroups.Rows(results, ResultGroups.Group));
        Report.Table(["outcome", "vectors", "passed", "deviate"], ResultGroups.Rows(results, ResultGroups.Outcome));
        var rules = ResultGroups.Rows(
            results.Where(result => result.IsDeviation).Select(result => result.Vector.Rule).ToHashSet() is var wrong
            ? results.Where(result => wrong.Contains(result.Vector.Rule)) : [], result => result.Vector.Rule).ToList();
        if (!hasRules) return;
        if (rules.Count > 0) Report.Table(["rule", "vectors", "passed", "deviate"], rules.Take(MostRules));
        if (rules.Count > MostRules) Report.Line($"and {rules.Count - MostRules} more rules; --report html has them all");
    }
}

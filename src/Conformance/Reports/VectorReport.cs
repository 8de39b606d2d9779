using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Reports;

/// <summary>The plan of a run of vectors.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Profile">The machine variant that the vectors are of.</param>
/// <param name="Vectors">The vectors.</param>
/// <param name="Faults">Files that are no vectors, and why.</param>
/// <param name="Jobs">How many run at a time.</param>
/// <param name="Options">The options that name the machine again.</param>
/// <param name="Again">The command that runs one vector again.</param>
/// <param name="Probes">Whether the machine is asked first what it has.</param>
/// <param name="Known">The deviations that are expected, as <see cref="KnownDeviations"/> has them.</param>
public sealed record VectorRun(
    MachineUnderTest Machine,
    Profile Profile,
    IReadOnlyList<Vector> Vectors,
    IReadOnlyList<string> Faults,
    int Jobs,
    string Options,
    Func<Vector, string> Again,
    bool Probes,
    IReadOnlySet<string> Known);

/// <summary>The report on a run of vectors.</summary>
public sealed class VectorReport
{
    private const int MostRules = 12;

    // So many deviations are told one by one; more, by their causes.
    private const int MostSingle = 10;

    private readonly VectorRun run;
    private readonly Sequence<TestResult> results;
    private readonly Lacking? lacking;
    private readonly HashSet<TestResult> isNew;
    private readonly CauseReport reporter;
    private readonly IReadOnlyList<ShownCause> causes;

    private VectorReport(VectorRun run, Sequence<TestResult> results, Lacking? lacking)
    {
        (this.run, this.results, this.lacking) = (run, results, lacking);
        isNew = results.Where(result => result.IsDeviation && !run.Known.Contains(KnownDeviations.Of(result))).ToHashSet();
        reporter = new(run.Machine, run.Profile, run.Options, run.Again);
        var isExplained = isNew.Count > MostSingle || (isNew.Count > 0 && results.Any(result => result.Vector.Rule != ""));
        causes = isExplained ? reporter.Of([.. results.Where(result => !result.IsDeviation || isNew.Contains(result))]) : [];
    }

    /// <summary>Whether nothing deviates but what is known, and every file and vector could be judged.</summary>
    public bool IsGood => isNew.Count == 0 && run.Faults.Count == 0 && results.All(result => result.Vector.IsStated);

    /// <summary>The file of all deviations, for the next run's known ones.</summary>
    public string Deviations => KnownDeviations.Text(results);

    /// <summary>Runs the vectors; nothing if the machine does not start.</summary>
    /// <param name="run">The plan.</param>
    /// <param name="problem">Why the machine does not start; empty if it does.</param>
    public static VectorReport? Of(VectorRun run, out string problem)
    {
        var probed = run.Probes ? Probe.Of(run.Machine, run.Profile) : null;
        var observed = Results(run, probed);
        problem = TestRun.NotStarted(run.Machine, observed) ?? "";
        return problem == "" ? new(run, observed, probed) : null;
    }

    /// <summary>The report as a file.</summary>
    public string Text(VectorReportFormat format) => format switch
    {
        VectorReportFormat.Junit => VectorJunit.Text(results),
        VectorReportFormat.Html => VectorPage.Text(results, run.Machine.Name, causes, reporter),
        VectorReportFormat.Json => VectorJson.Lines(results, run.Profile.Name, causes, run.Faults),
    };

    /// <summary>Prints the report for people.</summary>
    public void Print(ITextReport report)
    {
        foreach (var fault in run.Faults) report.Bad($"unreadable   {fault}");
        foreach (var result in results)
        {
            if (isNew.Contains(result) && isNew.Count <= MostSingle)
            {
                report.Bad($"{result.Status.ToString().ToLowerInvariant(),-11}  {result.Vector.Name}: {result.Reason}");
                if (result.Vector.Purpose != "") report.Line($"             {result.Vector.Purpose}");
            }
            else if (result is { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: true, Reply: not MachineReply.Declined }
                && (lacking is null || Probe.Excuse(lacking, result.Vector) is null))
            {
                report.Line($"unsupported  {result.Vector.Name}: {result.Reason}");
            }
        }

        if (results.Any(result => result.Vector.Rule != "")) Tables(report);
        foreach (var remark in CauseReport.Remarks(results)) report.Bad(remark);
        if (causes.Count > 0) reporter.Print(causes, report);
        Leave(report);
        if (run.Known.Count > 0)
        {
            var seen = results.Where(result => result.IsDeviation).Select(KnownDeviations.Of).ToHashSet();
            var here = run.Known.Count(seen.Contains);
            var gone = run.Known.Count - here;
            report.Line($"{Counted.Of(here, "deviation is", "deviations are")} known; "
                + $"{Counted.Of(gone, "known one is", "known ones are")} gone; {Counted.Of(isNew.Count, "is", "are")} new");
        }

        var total = ResultGroups.Totals(
            results, run.Machine is MachineUnderTest.Own ? $"under {run.Profile.Name}" : $"on {run.Machine.Name}");
        if (run.Faults.Count > 0) total += $", {Counted.Of(run.Faults.Count, "file")} unreadable";
        if (isNew.Count == 0 && run.Faults.Count == 0) report.Good(total);
        else report.Bad(total);
    }

    // What the machine was not asked.
    private void Leave(ITextReport report)
    {
        if (lacking is { Runs: false }) report.Bad("the machine does not even run 'mov %r0, 7; exit': what it lacks cannot be found out");
        if (lacking is { Runs: true, Names.IsEmpty: true }) report.Line("the machine has every instruction of the profile");
        if (lacking is { Names.IsEmpty: false })
        {
            var excused = results.Count(result => Probe.Excuse(lacking, result.Vector) is not null);
            report.Line($"the machine lacks {string.Join(", ", lacking.Names)}: "
                + $"{Counted.Of(excused, "vector with them is", "vectors with them are")} left out");
        }

        foreach (var line in DeclinedPrograms.Of(results).Lines) report.Line(line);
        foreach (var group in results.Where(result => result is
        { Status: TestStatus.Unsupported, Vector.Needs.IsEmpty: false, Reply: not MachineReply.Declined }
            && (lacking is null || Probe.Excuse(lacking, result.Vector) is null)).GroupBy(result => result.Reason))
        {
            report.Line($"{Counted.Of(group.Count(), "vector is", "vectors are")} left out: {group.Key}");
        }
    }

    private void Tables(ITextReport report)
    {
        report.Table(["group", "vectors", "passed", "deviate"], ResultGroups.Rows(results, ResultGroups.Group));
        report.Table(["outcome", "vectors", "passed", "deviate"], ResultGroups.Rows(results, ResultGroups.Outcome));
        var rules = ResultGroups.Rows(
            results.Where(result => result.IsDeviation).Select(result => result.Vector.Rule).ToHashSet() is var wrong
            ? results.Where(result => wrong.Contains(result.Vector.Rule)) : [], result => result.Vector.Rule).ToList();
        if (causes.Count > 0) return;
        if (rules.Count > 0) report.Table(["rule", "vectors", "passed", "deviate"], rules.Take(MostRules));
        if (rules.Count > MostRules) report.Line($"and {Counted.Of(rules.Count - MostRules, "more rule")}; --report html has them all");
    }

    private static Sequence<TestResult> Results(VectorRun run, Lacking? lacking)
    {
        if (lacking is null or { Runs: false }) return TestRun.Of(run.Machine, run.Vectors, run.Jobs);
        var excuses = run.Vectors.Select(vector => Probe.Excuse(lacking, vector)).ToList();
        var asked = new Queue<TestResult>(TestRun.Of(run.Machine, [.. run.Vectors.Where((_, i) => excuses[i] is null)], run.Jobs));
        return [.. run.Vectors.Select(
            (vector, i) => excuses[i] is { } excuse ? new TestResult(vector, TestStatus.Unsupported, excuse, null) : asked.Dequeue())];
    }
}

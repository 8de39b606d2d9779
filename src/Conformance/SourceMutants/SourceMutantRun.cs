using System.Diagnostics;
using System.IO.Enumeration;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Conformance.SourceMutants.Operators;
using RbpfSpec.FileSystem;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>The plan of a run of <c>conformance mutate</c>.</summary>
/// <param name="Sources">The files to make mutants of.</param>
/// <param name="Folder">What is copied; null for the folder that has all sources.</param>
/// <param name="Build">The command that builds.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Object">What the build makes; null for a word of the machine's command.</param>
/// <param name="Vectors">The suite.</param>
/// <param name="Only">A pattern of mutants.</param>
/// <param name="Sample">How many mutants are drawn; null for all.</param>
/// <param name="Seed">Which ones.</param>
/// <param name="Equivalents">A file of mutants that are none.</param>
/// <param name="Lists">Whether mutants are only listed.</param>
/// <param name="Jobs">How many are built and run at a time.</param>
/// <param name="Json">Whether the report is for programs.</param>
public sealed record SourceMutantPlan(
    IReadOnlyList<string> Sources,
    string? Folder,
    string Build,
    MachineUnderTest.Batch Machine,
    string? Object,
    IReadOnlyList<Vector> Vectors,
    string? Only,
    ulong? Sample,
    int Seed,
    string? Equivalents,
    bool Lists,
    int Jobs,
    bool Json);

/// <summary>The end of a run of <c>conformance mutate</c>.</summary>
public abstract record SourceMutantEnd
{
    private SourceMutantEnd()
    {
    }

    /// <summary>It came to its end.</summary>
    /// <param name="IsGood">Whether every mutant is found, or rightly listed as equivalent.</param>
    public sealed record Ended(bool IsGood) : SourceMutantEnd;

    /// <summary>It was interrupted: nothing is known of the mutants that were not tried.</summary>
    public sealed record Interrupted : SourceMutantEnd;

    /// <summary>It could not begin.</summary>
    /// <param name="Lines">Why, and what would be right.</param>
    public sealed record Refused(Sequence<string> Lines) : SourceMutantEnd;
}

/// <summary>A run of <c>conformance mutate</c>, from its plan to its end.</summary>
/// <param name="plan">The plan.</param>
/// <param name="report">Where the report goes.</param>
public sealed class SourceMutantRun(SourceMutantPlan plan, ITextReport report)
{
    private const int MostOutput = 20;

    /// <summary>Does what a plan says.</summary>
    /// <param name="interruption">Ends it before its end.</param>
    /// <exception cref="FileException">A file that the plan names cannot be read.</exception>
    public SourceMutantEnd Do(CancellationToken interruption)
    {
        var watch = Stopwatch.StartNew();
        var folder = plan.Folder ?? Common(plan.Sources);
        if (!Directory.Exists(folder))
            return Refused($"--folder '{folder}' is no folder; expected the one that has the sources and all that the build needs");
        var sources = plan.Sources.Select(Path.GetFullPath).Distinct().ToList();
        if (sources.Find(source => !IsBelow(Path.GetFullPath(folder), source)) is { } outside)
            return Refused($"'{outside}' is not below --folder '{folder}'; expected a folder that has all sources");
        var all = sources.SelectMany(source => Mutators.Of(Path.GetRelativePath(folder, source), Files.ReadText(source))).ToList();
        Sequence<(int Line, string Problem)> problems = [];
        var equivalents = plan.Equivalents is { } file
            ? EquivalentMutants.Read(Files.ReadText(file), all, out problems) : EquivalentMutants.None;
        if (equivalents is null)
            return new SourceMutantEnd.Refused([.. problems.Select(each => $"{plan.Equivalents}, line {each.Line}: {each.Problem}")]);
        var chosen = plan.Only is { } glob
            ? all.FindAll(mutant => FileSystemName.MatchesSimpleExpression(glob, mutant.Id, ignoreCase: false)) : all;
        if (chosen.Count == 0)
        {
            return Refused(all.Count == 0
                ? $"there is nothing to change in {string.Join(", ", plan.Sources)}; expected sources in C"
                : $"--only '{plan.Only}' is the form of no mutant; expected one such as '{all[0].Id}' or '*:constant', of the operators "
                    + string.Join(", ", Mutators.Names));
        }

        var mutants = Drawn(chosen);
        if (plan.Lists) return List(mutants);
        var trial = new SourceTrial(plan.Machine, plan.Vectors);
        if (Object() is not { } built)
        {
            return Refused(
                $"--run '{plan.Machine.Command}' does not tell what the build makes; expected --object, or a command such as ./vm");
        }

        if (trial.Vectors.Count == 0)
            return Refused("all vectors need what the machine does not provide; expected --provides, or vectors that need nothing");
        if (!plan.Json)
        {
            report.Line($"{Counted.Of(mutants.Count, "mutant")}{(mutants.Count == all.Count ? "" : $" of {all.Count}")}, "
                + $"{trial.Vectors.Count} of {plan.Vectors.Count} vectors");
        }

        var progress = new SourceMutantProgress(mutants.Count, equivalents, plan.Json ? null : report);
        var campaign = new SourceCampaign(folder, plan.Build, built, trial)
        {
            Jobs = plan.Jobs,
            Tried = progress.Tried,
            Cancellation = interruption,
        };
        try
        {
            return campaign.Run(mutants, equivalents) switch
            {
                SourceCampaigned.NotBuilt(var output) => Refused(
                    $"the unchanged source cannot be built by --build '{plan.Build}' in a copy of '{folder}':\n{Last(output)}"),
                SourceCampaigned.NotRight(var deviations) => new SourceMutantEnd.Refused(
                    [$"the machine of the unchanged source does not pass the suite; expected one that does, or other vectors:",
                        .. deviations.Select(each => $"  {each.Vector}: {each.Reason}")]),
                SourceCampaigned.Finished(var score) => Told(score, watch.Elapsed),
            };
        }
        catch (OperationCanceledException)
        {
            return new SourceMutantEnd.Interrupted();
        }
        catch (IOException exception)
        {
            return Refused(exception.Message);
        }
    }

    private static SourceMutantEnd.Refused Refused(string line) => new([line]);

    private SourceMutantEnd.Ended Told(SourceScore score, TimeSpan time)
    {
        if (plan.Json) report.Line(SourceMutantReport.Json(score));
        else SourceMutantReport.Print(score, time, report);
        return new(SourceMutantReport.IsGood(score));
    }

    private SourceMutantEnd.Ended List(List<SourceMutant> mutants)
    {
        foreach (var mutant in mutants) report.Line(mutant.ToString());
        return new(IsGood: true);
    }

    private List<SourceMutant> Drawn(List<SourceMutant> chosen)
    {
        if (plan.Sample is not { } count || count >= (ulong)chosen.Count) return chosen;
        var places = Enumerable.Range(0, chosen.Count).ToArray();
        new Random(plan.Seed).Shuffle(places);
        return [.. places.Take((int)count).Order().Select(place => chosen[place])];
    }

    private string? Object() => plan.Object
        ?? Array.Find(plan.Machine.Command.Split([' ', '"', '\''], StringSplitOptions.RemoveEmptyEntries), word =>
            word.Contains('/', StringComparison.Ordinal) && !Path.IsPathRooted(word));

    // The lowest folder that has all sources.
    private static string Common(IReadOnlyList<string> sources)
    {
        var folders = sources.Select(source => Path.GetDirectoryName(Path.GetFullPath(source))!).ToList();
        var common = folders[0];
        while (!folders.TrueForAll(folder => folder == common || IsBelow(common, folder))) common = Path.GetDirectoryName(common)!;
        return common;
    }

    private static bool IsBelow(string folder, string path) =>
        path.StartsWith(folder.EndsWith('/') ? folder : $"{folder}/", StringComparison.Ordinal);

    private static string Last(string output)
    {
        var lines = output.TrimEnd().Split('\n');
        return string.Join('\n', lines.TakeLast(MostOutput));
    }
}

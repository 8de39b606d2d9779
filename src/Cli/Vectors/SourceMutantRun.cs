using System.Diagnostics;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Conformance.SourceMutants;
using RbpfSpec.Conformance.SourceMutants.Operators;

namespace RbpfSpec.Cli.Vectors;

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
/// <param name="Json">Whether standard output is for programs.</param>
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

/// <summary>A run of <c>conformance mutate</c>, from its plan to its exit code.</summary>
public static class SourceMutantRun
{
    private const int MostOutput = 20;

    /// <summary>Does what a plan says.</summary>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static int Do(SourceMutantPlan plan)
    {
        var watch = Stopwatch.StartNew();
        var folder = plan.Folder ?? Common(plan.Sources);
        if (!Directory.Exists(folder))
        {
            throw new UsageException(
                $"--folder '{folder}' is no folder; expected the one that has the sources and all that the build needs");
        }

        var all = plan.Sources.Select(Path.GetFullPath).Distinct()
            .SelectMany(source => Mutators.Of(Within(folder, source), Files.ReadText(source))).ToList();
        var equivalents = Listed(plan.Equivalents, all);
        var mutants = Chosen(all, plan);
        if (plan.Lists) return List(mutants);
        var trial = new SourceTrial(plan.Machine, plan.Vectors);
        var built = Object(plan);
        if (trial.Vectors.Count == 0)
        {
            throw new UsageException(
                "all vectors need what the machine does not provide; expected --provides, or vectors that need nothing");
        }

        using var interruption = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, interruption);
        using var terminate = OnSignal(PosixSignal.SIGTERM, interruption);
        if (!plan.Json)
        {
            Report.Line($"{mutants.Count} mutants{(mutants.Count == all.Count ? "" : $" of {all.Count}")}, "
                + $"{trial.Vectors.Count} of {plan.Vectors.Count} vectors");
        }

        var progress = new SourceMutantProgress(mutants.Count, equivalents, plan.Json);
        var campaign = new SourceCampaign(
            folder, plan.Build, built, trial)
        { Jobs = plan.Jobs, Tried = progress.Tried, Cancellation = interruption.Token };
        try
        {
            return campaign.Run(mutants, equivalents) switch
            {
                SourceCampaigned.NotBuilt(var output) => throw new UsageException(
                    $"the unchanged source cannot be built by --build '{plan.Build}' in a copy of '{folder}':\n{Last(output)}"),
                SourceCampaigned.NotRight(var deviations) => throw new UsageException(
                    [$"the machine of the unchanged source does not pass the suite; expected one that does, or other vectors:",
                        .. deviations.Select(each => $"  {each.Vector}: {each.Reason}")]),
                SourceCampaigned.Finished(var score) => Told(score, watch.Elapsed, plan.Json),
            };
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("rbpf: interrupted: nothing is known of the mutants that were not tried");
            return CommandLine.Undecided;
        }
        catch (IOException exception)
        {
            throw new UsageException(exception.Message, exception);
        }
    }

    private static int Told(SourceScore score, TimeSpan time, bool json)
    {
        if (json) Report.Line(SourceMutantReport.Json(score));
        else SourceMutantReport.Print(score, time, Report.Terminal);
        return SourceMutantReport.IsGood(score) ? CommandLine.Holds : CommandLine.Fails;
    }

    private static int List(List<SourceMutant> mutants)
    {
        foreach (var mutant in mutants) Report.Line(mutant.ToString());
        return CommandLine.Holds;
    }

    private static EquivalentMutants Listed(string? file, IReadOnlyList<SourceMutant> mutants)
    {
        if (file is null) return EquivalentMutants.None;
        return EquivalentMutants.Read(Files.ReadText(file), mutants, out var problems)
            ?? throw new UsageException([.. problems.Select(each => $"{file}, line {each.Line}: {each.Problem}")]);
    }

    private static List<SourceMutant> Chosen(List<SourceMutant> all, SourceMutantPlan plan)
    {
        if (all.Count == 0)
        {
            throw new UsageException($"there is nothing to change in {string.Join(", ", plan.Sources)}; expected sources in C");
        }

        var chosen = plan.Only is { } glob
            ? all.FindAll(mutant => FileSystemName.MatchesSimpleExpression(glob, mutant.Id, ignoreCase: false)) : all;
        if (chosen.Count == 0)
        {
            throw new UsageException(
                $"--only '{plan.Only}' is the form of no mutant; expected one such as '{all[0].Id}' or '*:constant', of the operators "
                + string.Join(", ", Mutators.Names));
        }

        if (plan.Sample is not { } count || count >= (ulong)chosen.Count) return chosen;
        var places = Enumerable.Range(0, chosen.Count).ToArray();
        new Random(plan.Seed).Shuffle(places);
        return [.. places.Take((int)count).Order().Select(place => chosen[place])];
    }

    private static string Object(SourceMutantPlan plan) => plan.Object
        ?? Array.Find(plan.Machine.Command.Split([' ', '"', '\''], StringSplitOptions.RemoveEmptyEntries), word =>
            word.Contains('/', StringComparison.Ordinal) && !Path.IsPathRooted(word))
        ?? throw new UsageException(
            $"--run '{plan.Machine.Command}' does not tell what the build makes; expected --object, or a command such as ./vm");

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

    private static string Within(string folder, string source) => IsBelow(Path.GetFullPath(folder), source)
        ? Path.GetRelativePath(folder, source)
        : throw new UsageException($"'{source}' is not below --folder '{folder}'; expected a folder that has all sources");

    private static string Last(string output)
    {
        var lines = output.TrimEnd().Split('\n');
        return string.Join('\n', lines.TakeLast(MostOutput));
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interruption.Cancel();
        });
}

/// <summary>Progress as lines: what no vector shows at once, and now and then how far the run is.</summary>
/// <param name="count">How many mutants there are.</param>
/// <param name="equivalents">Those that need not be told.</param>
/// <param name="isSilent">Whether nothing is printed.</param>
internal sealed class SourceMutantProgress(int count, EquivalentMutants equivalents, bool isSilent)
{
    private const int Parts = 10;

    // A shorter run needs no lines between its start and its report.
    private const int Many = 100;

    private readonly Lock gate = new();
    private int done;
    private int alive;

    /// <summary>Counts a mutant.</summary>
    public void Tried(SourceMutant mutant, SourceVerdict verdict)
    {
        if (isSilent || count < Many) return;
        lock (gate)
        {
            done++;
            if (verdict is SourceVerdict.Survived && equivalents.Reason(mutant) is null)
            {
                alive++;
                Report.Line($"alive: {mutant}");
            }

            if (done < count && (long)done * Parts / count > (long)(done - 1) * Parts / count)
            {
                Report.Line($"{done} of {count} tried, {alive} alive");
            }
        }
    }
}

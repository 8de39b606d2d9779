using System.CommandLine;
using System.Diagnostics;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Fuzzing;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign fuzz</c>: what <c>fuzz</c> does with our machines, on many computers.</summary>
internal static class FuzzCampaign
{
    /// <summary>The command.</summary>
    /// <param name="kinds">The kinds of work that are known here.</param>
    /// <param name="contender">The machine that a choice of an option stands for.</param>
    public static Command Create(IReadOnlyList<IWorkKind> kinds, Func<RunEngine, string, ComparedMachine> contender)
    {
        var engine = new ChoiceOption<RunEngine>("--engine", "The machine in question; the faster engine that works here otherwise.");
        var against = new ChoiceOption<RunEngine>("--against", "The machine that it is compared with; the semantics otherwise.");
        var profile = new ProfileOption(Profile.Rbpf);
        var programs = new CountOption("--programs", "count", "How many programs.", least: 1) { Required = true };
        var seed = new CountOption("--seed", "number", "Which programs: a seed always stands for the same ones.") { Required = true };
        var json = JsonOption.Create("One JSON object, as 'rbpf fuzz --json' prints it.");
        var cluster = new ClusterOptions(isWorker: false);
        var command = new ExampleCommand(
            "fuzz",
            "Compares two of our machines on generated programs as 'rbpf fuzz' does; exit code 1 if they differ on one.",
            "./rbpf campaign fuzz --seed 1 --programs 20000")
        {
            engine, against, profile, programs, seed, json,
        };
        cluster.AddTo(command);
        command.SetAction(parsed =>
        {
            var (left, right) = (Chosen(parsed.GetValue(engine) ?? RunEngine.Auto), parsed.GetValue(against) ?? RunEngine.Reference);
            var (machine, other) = (contender(left, engine.Name), contender(right, against.Name));
            if (machine.Name == other.Name)
                throw new UsageException($"{machine.Name} is compared with itself; expected another one for --engine or --against");
            return Run(
                new(profile.Of(parsed).Name, left, right, parsed.GetRequiredValue(seed)!.Value),
                machine,
                other,
                parsed.GetRequiredValue(programs)!.Value,
                cluster.Read(parsed),
                kinds,
                parsed.GetValue(json));
        });
        return command;
    }

    // Which engine is the faster one must not depend on who works at a piece.
    private static RunEngine Chosen(RunEngine choice) => choice is not RunEngine.Auto ? choice
        : Interp.Engines.Choose(Interp.Engine.Auto) is Interp.Engine.Threaded ? RunEngine.Threaded : RunEngine.Switch;

    private static int Run(
        FuzzSettings settings,
        ComparedMachine machine,
        ComparedMachine other,
        ulong programs,
        ClusterInput cluster,
        IReadOnlyList<IWorkKind> kinds,
        bool isJson)
    {
        var watch = Stopwatch.StartNew();
        var setting = Setting.Of(SharedBench.Profile(settings.Profile));
        var plan = new CampaignPlan
        {
            Kind = "fuzz",
            Program = CampaignSession.Program,
            Settings = settings.Text,
            Pieces = FuzzKind.Pieces(programs),
        };
        return CampaignRun.Do(cluster, kinds, plan, isJson, Finished, Report);

        // After a divergence, only the programs before it are of interest.
        static int? Finished(int piece, string result) => FuzzedPiece.Read(result).Divergent is null ? null : piece + 1;

        int Report(IReadOnlyList<string?> results)
        {
            var coverage = new Coverage(setting);
            ulong? divergent = null;
            foreach (var result in results.TakeWhile(result => result is not null && divergent is null))
            {
                var part = FuzzedPiece.Read(result!);
                coverage.Add(part.Counts.ToSequence());
                divergent = part.Divergent;
            }

            var divergence = divergent is { } number ? new Fuzzer(setting, machine, other, settings.Seed).RunOne(number).Divergence : null;
            var threads = cluster.Cluster is null ? cluster.Jobs : 0;
            var page = new FuzzPage(setting, machine, other, settings.Seed, threads, new(coverage, watch.Elapsed, divergence));
            if (isJson) Outputs.Report.Line(JsonText.Object(page.Write));
            else page.Print(Outputs.Report.Terminal);
            return divergence is null ? CommandLine.Holds : CommandLine.Fails;
        }
    }
}

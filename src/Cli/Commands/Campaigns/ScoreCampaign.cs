using System.CommandLine;
using System.Diagnostics;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Commands.Conformance;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Conformance;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign score</c>: what <c>conformance score</c> does, on many computers.</summary>
internal static class ScoreCampaign
{
    /// <summary>The command.</summary>
    /// <param name="kinds">The kinds of work that are known here.</param>
    public static Command Create(IReadOnlyList<IWorkKind> kinds)
    {
        var paths = VectorInput.Paths();
        var profile = new ProfileOption(Profile.Rbpf);
        var only = ScoreVectors.OnlyOption();
        var core = RunVectors.CoreOption();
        var cluster = new ClusterOptions(isWorker: false);
        var command = new ExampleCommand(
            "score",
            "Measures a suite as 'rbpf conformance score' does: how many mutants of the rules, and faults of machines, it finds; "
            + "exit code 1 if a mutant is left.",
            "./rbpf campaign score spec/vectors/vectors.json --only alu/xor32-k")
        {
            paths, profile, only, core,
        };
        cluster.AddTo(command);
        command.SetAction(parsed =>
        {
            var vectors = VectorInput.Read(parsed.GetRequiredValue(paths), profile.Of(parsed));
            if (parsed.GetValue(core)) vectors = VectorInput.CoreOf(vectors);
            return Run(vectors, profile.Of(parsed), parsed.GetValue(only) ?? [], cluster.Read(parsed), kinds);
        });
        return command;
    }

    private static int Run(
        IReadOnlyList<Vector> vectors, Profile profile, string[] only, ClusterInput cluster, IReadOnlyList<IWorkKind> kinds)
    {
        var watch = Stopwatch.StartNew();
        ScoreVectors.Check(only, profile);
        var settings = new ScoreSettings(profile.Name, only, ScoreSettings.SuiteOf(vectors, profile));
        var suite = kinds.OfType<ScoreKind>().Single().Measured(settings.Text);
        var mutants = suite.Mutants;
        var faults = suite.Faults.Value;
        var plan = new CampaignPlan
        {
            Kind = "score",
            Program = CampaignSession.Program,
            Settings = settings.Text,
            Pieces = ScoreKind.Pieces(mutants.Count, faults.Count),
        };
        return CampaignRun.Do(cluster, kinds, plan, isQuiet: false, (_, _) => null, results =>
        {
            var found = ScoreKind.Found(results!);

            // What is no program is not in the suite that is sent, and finds nothing.
            var left = suite.Rules.Value.Left + vectors.Count(vector => vector.Program is not VectorProgram.Code);
            var score = Score.Of(mutants, [.. found.Take(mutants.Count)], left);
            var told = new ScoreReport(score, score.Alive.Map(_ => SurvivorFate.Left), isProved: false);
            told.Print(
                faults.Score([.. found.Skip(mutants.Count)]),
                $"{Counted.Of(vectors.Count, "vector")} under {profile.Name}, in {watch.Elapsed.TotalSeconds:0.0} s",
                Report.Terminal);
            return told.Left > 0 ? CommandLine.Fails : CommandLine.Holds;
        });
    }
}

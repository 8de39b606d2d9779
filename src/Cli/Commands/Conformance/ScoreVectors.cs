using System.CommandLine;
using System.Diagnostics;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance score</c>: a suite measured against the mutants of the rules.</summary>
public static class ScoreVectors
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = VectorInput.Paths();
        var profile = new ProfileOption(Profile.Rbpf);
        var prove = new SwitchOption(
            "--prove", "Asks the solver of each mutant that no vector finds whether it is equivalent; those that are do not count.");
        var only = OnlyOption();
        var core = RunVectors.CoreOption();
        var command = new ExampleCommand(
            "score",
            "Measures a suite: how many mutants of the rules, one change each, it tells from the reference machine; "
            + "exit code 1 if one is left, 3 if it is only undecided whether it is equivalent.",
            "./rbpf conformance score ../shared/conformance/bpf_conformance/tests --profile rfc9669",
            "./rbpf conformance score spec/vectors/vectors.json --only alu/xor32-k --prove")
        {
            paths, profile, only, core, prove,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths), profile.Of(parsed), parsed.GetValue(only) ?? [], parsed.GetValue(core),
                parsed.GetValue(prove)));
        return command;
    }

    /// <summary><c>--only</c>.</summary>
    internal static TextsOption OnlyOption() => new(
        "--only",
        "glob",
        "Only mutants of rules whose id is of this form: * is any text, ? any character; may be given more than once.");

    /// <summary>Whether each form is that of some rule id.</summary>
    /// <exception cref="UsageException">One is not.</exception>
    internal static void Check(string[] only, Profile profile)
    {
        foreach (var glob in only)
        {
            if (!MutantCatalogue.Forms(profile).Any(form => Selection.Matches(glob, form.Id)))
            {
                throw new UsageException(
                    $"--only '{glob}' is the form of no rule id of the profile {profile.Name}; expected one such as alu/add64-x or alu/*");
            }
        }
    }

    private static int Run(string[] paths, Profile profile, string[] only, bool isCore, bool proves)
    {
        var watch = Stopwatch.StartNew();
        var vectors = VectorInput.Read(paths, profile);
        if (isCore) vectors = VectorInput.CoreOf(vectors);
        Check(only, profile);
        var score = Score.Of(vectors, profile, id => only.Length == 0 || only.Any(glob => Selection.Matches(glob, id)));
        Sequence<SurvivorFate> fates = proves ? Fates(score.Alive, profile).Map(Told) : score.Alive.Map(_ => SurvivorFate.Left);
        var faults = FaultScore.Of(vectors, profile, only.Length == 0 ? null : id => only.Any(glob => Selection.Matches(glob, id)));
        var told = new ScoreReport(score, fates, proves);
        var run = $"{Counted.Of(vectors.Count, "vector")} under {profile.Name}, in {watch.Elapsed.TotalSeconds:0.0} s";
        told.Print(faults, run, Report.Terminal);
        return told.Left > 0 ? CommandLine.Fails : told.Undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;
    }

    private static SurvivorFate Told(EquivalenceFate fate) => fate switch
    {
        EquivalenceFate.Equivalent(var reason) => new(Survival.Equivalent, reason),
        EquivalenceFate.Differs(var state) => new(Survival.Left, $"it shows in: {state}"),
        EquivalenceFate.Undecided(var reason) => new(Survival.Undecided, reason),
    };

    private static Sequence<EquivalenceFate> Fates(Sequence<RuleMutant> alive, Profile profile)
    {
        List<ISolver> sessions = [];
        try
        {
            for (var job = 0; job < Environment.ProcessorCount; job++)
            {
                switch (SolverFactory.Open(SolverFactory.Default))
                {
                    case SolverSession.Unavailable(var reason):
                        throw new UsageException(reason);
                    case SolverSession.Opened(var solver):
                        sessions.Add(solver);
                        break;
                }
            }

            // A line an encoding: the whole catalogue takes long.
            var gate = new Lock();
            var done = 0;
            return Equivalence.Of(alive, profile, sessions, Limit, (form, fates) =>
            {
                lock (gate)
                {
                    done += fates.Count;
                    Report.Line($"{done,5} of {alive.Count}  {form.Id}: {fates.Count(fate => fate is EquivalenceFate.Equivalent)} none, "
                        + $"{fates.Count(fate => fate is EquivalenceFate.Differs)} that differ, "
                        + $"{fates.Count(fate => fate is EquivalenceFate.Undecided)} undecided");
                }
            });
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }
    }
}

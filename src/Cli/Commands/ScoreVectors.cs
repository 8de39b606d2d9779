using System.CommandLine;
using System.Diagnostics;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Mutations;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf conformance score</c>: a suite measured against mistakes in the rules.</summary>
public static class ScoreVectors
{
    private const int MostListed = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Suites (.json), folders of .data files, .data files, and files of JSON lines (.jsonl).",
            Arity = ArgumentArity.OneOrMore,
        };
        var profile = new ProfileOption(Profile.Rbpf);
        var prove = new Option<bool>("--prove")
        {
            Description = "Asks the solver of each mistake that no vector finds whether it is one; those that are not do not count.",
        };
        var command = new ExampleCommand(
            "score",
            "Measures a suite: of machines with one mistake each in a rule, how many it tells from the reference machine; exit code 1 if a mistake is left.",
            "./rbpf conformance score ../shared/conformance/bpf_conformance/tests --profile rfc9669")
        {
            paths, profile, prove,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), profile.Of(parsed), parsed.GetValue(prove)));
        return command;
    }

    private static int Run(string[] paths, Profile profile, bool proves)
    {
        var watch = Stopwatch.StartNew();
        var vectors = VectorInput.Read(paths);
        var score = Score.Of(vectors, profile);
        var fates = proves ? Fates(score.Alive, profile) : [];
        var equivalent = fates.Count(fate => fate is EquivalenceFate.Equivalent);
        var undecided = fates.Count(fate => fate is EquivalenceFate.Undecided);
        var left = score.Alive.Where((_, index) => !proves || fates[index] is not EquivalenceFate.Equivalent).ToList();
        Report.Table(
            ["family", "mistakes", "found", "left"],
            score.Killed.Concat(left).GroupBy(mutation => mutation.Form.Id.Split('/')[0]).OrderBy(family => family.Key, StringComparer.Ordinal).Select(family => (string[])
            [
                family.Key, $"{family.Count()}", $"{family.Count(mutation => !left.Contains(mutation))}", $"{family.Count(left.Contains)}",
            ]));
        foreach (var mutation in left.Take(MostListed)) Report.Line($"not found: {mutation}{(proves ? Shown(fates[score.Alive.ToList().IndexOf(mutation)]) : "")}");
        if (left.Count > MostListed) Report.Line($"and {left.Count - MostListed} more");
        if (score.Left > 0) Report.Line($"{score.Left} vectors say what the reference machine does not do, and were left out");
        var wanted = score.Killed.Count + left.Count;
        var total = $"{score.Killed.Count} of {wanted} mistakes found ({Percent(score.Killed.Count, wanted)}) by {vectors.Count} vectors under {profile.Name}"
            + (proves ? $"; {equivalent} more are proved to be none, {undecided} undecided" : "; some of the others may be none (--prove)")
            + $", in {watch.Elapsed.TotalSeconds:0.0} s";
        if (left.Count == 0) Report.Good(total);
        else Report.Bad(total);
        return left.Count == 0 ? CommandLine.Holds : undecided == left.Count ? CommandLine.Undecided : CommandLine.Fails;
    }

    private static string Shown(EquivalenceFate fate) => fate switch
    {
        EquivalenceFate.Equivalent => "",
        EquivalenceFate.Differs(var state) => $"; it shows in: {state}",
        EquivalenceFate.Undecided(var reason) => $"; undecided: {reason}",
    };

    // Rounded down, so that it is 100 only if it is all of them.
    private static string Percent(int part, int whole) => whole == 0 ? "100 %" : $"{Math.Floor(1000.0 * part / whole) / 10:0.0} %";

    private static Sequence<EquivalenceFate> Fates(Sequence<Mutation> alive, Profile profile)
    {
        List<ISolver> sessions = [];
        try
        {
            for (var job = 0; job < Environment.ProcessorCount; job++)
            {
                switch (SolverFactory.Open(SolverFactory.Default))
                {
                    case Opening.Unavailable(var reason):
                        throw new UsageException(reason);
                    case Opening.Opened(var solver):
                        sessions.Add(solver);
                        break;
                }
            }

            return Equivalence.Of(alive, profile, sessions, Limit);
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance score</c>: a suite measured against the mutants of the rules.</summary>
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
            Description = "Asks the solver of each mutant that no vector finds whether it is equivalent; those that are do not count.",
        };
        var only = new Option<string[]>("--only")
        {
            Description = "Only mutants of rules whose id is of this form: * is any text, ? any character; may be given more than once.",
            HelpName = "glob",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
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

    private static int Run(string[] paths, Profile profile, string[] only, bool isCore, bool proves)
    {
        var watch = Stopwatch.StartNew();
        var vectors = VectorInput.Read(paths, profile);
        if (isCore) vectors = RunVectors.CoreOf(vectors);
        foreach (var glob in only)
        {
            if (!MutantCatalogue.Forms(profile).Any(form => Selection.Matches(glob, form.Id)))
            {
                throw new UsageException(
                    $"--only '{glob}' is the form of no rule id of the profile {profile.Name}; expected one such as alu/add64-x or alu/*");
            }
        }

        var score = Score.Of(vectors, profile, id => only.Length == 0 || only.Any(glob => Selection.Matches(glob, id)));
        var fates = proves ? Fates(score.Alive, profile) : [];
        List<(RuleMutant Mutant, EquivalenceFate? Fate)> tried =
            [.. score.Alive.Select((mutant, index) => (mutant, proves ? fates[index] : null))];
        var left = tried.Where(each => each.Fate is null or EquivalenceFate.Differs).ToList();
        var undecided = tried.Where(each => each.Fate is EquivalenceFate.Undecided).ToList();
        Print(score, left, undecided, proves);
        foreach (var reason in tried.Select(each => each.Fate).OfType<EquivalenceFate.Equivalent>()
            .GroupBy(fate => fate.Reason).OrderByDescending(same => same.Count()))
        {
            Report.Line($"proved equivalent: {reason.Count()}, as {reason.Key}");
        }

        var faults = FaultScore.Of(vectors, profile, only.Length == 0 ? null : id => only.Any(glob => Selection.Matches(glob, id)));
        Print(faults);
        var wanted = score.Killed.Count + left.Count + undecided.Count;
        var (all, none) = (score.Killed.Count + tried.Count, tried.Count - left.Count - undecided.Count);
        var total = (proves
                ? $"{all} mutants: found {score.Killed.Count}, proved equivalent {none}, left {left.Count}, undecided {undecided.Count}; "
                    + $"{Percent(score.Killed.Count, wanted)} of those that are not equivalent found"
                : $"{score.Killed.Count} of {all} mutants found ({Percent(score.Killed.Count, all)}); "
                    + "some of the others may be equivalent (--prove)")
            + $"; {vectors.Count} vectors under {profile.Name}, in {watch.Elapsed.TotalSeconds:0.0} s";
        if (left.Count + undecided.Count == 0) Report.Good(total);
        else Report.Bad(total);
        return left.Count > 0 ? CommandLine.Fails : undecided.Count > 0 ? CommandLine.Undecided : CommandLine.Holds;
    }

    private static void Print(
        Score score, List<(RuleMutant Mutant, EquivalenceFate? Fate)> left, List<(RuleMutant Mutant, EquivalenceFate? Fate)> undecided,
            bool proves)
    {
        var families = score.Killed.Select(mutant => (Family(mutant), "found"))
            .Concat(left.Select(each => (Family(each.Mutant), "left")))
            .Concat(undecided.Select(each => (Family(each.Mutant), "undecided")))
            .ToLookup(each => each.Item1, each => each.Item2);
        string[] columns = proves ? ["found", "left", "undecided"] : ["found", "left"];
        Report.Table(
            ["family", "mutants", .. columns],
            families.OrderBy(family => family.Key, StringComparer.Ordinal).Select(family => (string[])
            [
                family.Key, $"{family.Count()}", .. columns.Select(column => $"{family.Count(fate => fate == column)}"),
            ]));
        List("not found", left);
        List("undecided", undecided);
        if (score.Left > 0) Report.Line($"{score.Left} vectors say what the reference machine does not do, and were left out");
    }

    private static void Print(FaultScore faults)
    {
        Report.Table(
            ["class of machine faults", "faults", "found", "left"],
            faults.Killed.Select(fault => (fault.Class, IsFound: true)).Concat(faults.Alive.Select(fault => (fault.Class, IsFound: false)))
                .GroupBy(each => each.Class).OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => (string[])[
                    same.Key, $"{same.Count()}", $"{same.Count(each => each.IsFound)}", $"{same.Count(each => !each.IsFound)}"]));
        foreach (var fault in faults.Alive.Take(MostListed)) Report.Line($"not found: a machine where {fault.Name}");
        if (faults.Alive.Count > MostListed) Report.Line($"and {faults.Alive.Count - MostListed} more");
        var all = faults.Killed.Count + faults.Alive.Count;
        Report.Line($"{faults.Killed.Count} of {all} machine faults found ({Percent(faults.Killed.Count, all)})");
    }

    private static void List(string title, List<(RuleMutant Mutant, EquivalenceFate? Fate)> mutants)
    {
        foreach (var (mutant, fate) in mutants.Take(MostListed)) Report.Line($"{title}: {mutant}{Shown(fate)}");
        if (mutants.Count > MostListed) Report.Line($"and {mutants.Count - MostListed} more");
    }

    private static string Family(RuleMutant mutant) => mutant.Form.Id.Split('/')[0];

    private static string Shown(EquivalenceFate? fate) => fate switch
    {
        null or EquivalenceFate.Equivalent => "",
        EquivalenceFate.Differs(var state) => $"; it shows in: {state}",
        EquivalenceFate.Undecided(var reason) => $"; {reason}",
    };

    // Rounded down, so that it is 100 only if it is all of them.
    private static string Percent(int part, int whole) => whole == 0 ? "100 %" : $"{Math.Floor(1000.0 * part / whole) / 10:0.0} %";

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

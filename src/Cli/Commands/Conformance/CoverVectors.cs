using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance coverage</c>: what suites execute, by rule, guard and branch.</summary>
public static class CoverVectors
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Suites (.json), folders of .data files, .data files, and files of JSON lines (.jsonl).",
            Arity = ArgumentArity.OneOrMore,
        };
        var against = new Option<string[]>("--against")
        {
            Description = "Another suite: names what it covers and the first one does not.",
            HelpName = "paths",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rules = new Option<bool>("--rules") { Description = "A line for each rule, too, and not only for each family." };
        var profile = new ProfileOption(Profile.Rbpf);
        var command = new ExampleCommand(
            "coverage",
            "Executes vectors on the reference machine, and counts what they show of each rule: "
            + "every guard that holds or does not, jumps taken or not, registers alike, signs of fields, rejections; "
            + "exit code 1 if --against shows more.",
            "./rbpf conformance coverage spec/vectors/vectors.json --rules")
        {
            paths, against, rules, profile,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths), parsed.GetValue(against) ?? [], parsed.GetValue(rules), profile.Of(parsed)));
        return command;
    }

    private static int Run(string[] paths, string[] against, bool isByRule, Profile profile)
    {
        var covered = SuiteCoverage.Of(VectorInput.Read(paths, profile), profile);
        if (against.Length == 0)
        {
            Table(isByRule, covered.Keys, []);
            Report.Good($"{covered.Count} points of {Rules(covered.Keys)} rules and checks covered under {profile.Name}");
            return CommandLine.Holds;
        }

        var other = SuiteCoverage.Of(VectorInput.Read(against, profile), profile);
        var missing = other.Where(each => !covered.ContainsKey(each.Key)).OrderBy(each => each.Key.Rule, StringComparer.Ordinal).ToList();
        Table(isByRule, covered.Keys, [.. other.Keys]);
        foreach (var (point, vector) in missing) Report.Bad($"missing: {point.Rule}: {point.What}, as {vector} shows");
        var total = $"{covered.Count} points of {Rules(covered.Keys)} rules and checks covered under {profile.Name}, "
            + $"against {other.Count} of {Rules(other.Keys)}: {missing.Count} missing";
        if (missing.Count == 0) Report.Good(total);
        else Report.Bad(total);
        return missing.Count == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    private static void Table(bool isByRule, IEnumerable<CoveragePoint> covered, IReadOnlyCollection<CoveragePoint> other)
    {
        var (these, those) = (covered.ToHashSet(), other.ToHashSet());
        var isCompared = those.Count > 0;
        string[] columns = ["rules", "points"];
        Report.Table(
            [isByRule ? "rule" : "family", .. columns, .. isCompared
                ? (string[])["rules of the other", "points of the other", "both", "missing"] : []],
            these.Union(those).GroupBy(point => isByRule ? point.Rule : point.Rule.Split('/')[0])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (string[])
                [
                    group.Key,
                    $"{Rules(group.Where(these.Contains))}",
                    $"{group.Count(these.Contains)}",
                    .. !isCompared ? (string[])[] :
                    [
                        $"{Rules(group.Where(those.Contains))}",
                        $"{group.Count(those.Contains)}",
                        $"{group.Count(point => these.Contains(point) && those.Contains(point))}",
                        $"{group.Count(point => !these.Contains(point))}",
                    ],
                ]));
    }

    private static int Rules(IEnumerable<CoveragePoint> points) => points.Select(point => point.Rule).Distinct().Count();
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance coverage</c>: what suites execute, by rule, guard and branch.</summary>
public static class CoverVectors
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = VectorInput.Paths();
        var against = new Option<string[]>("--against")
        {
            Description = "Another suite: names what it covers and the first one does not.",
            HelpName = "paths",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var rules = new SwitchOption("--rules", "A line for each rule, too, and not only for each family.");
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
        var other = against.Length > 0 ? SuiteCoverage.Of(VectorInput.Read(against, profile), profile) : null;
        var missing = new CoverageReport(isByRule, Report.Terminal).Print(covered, other, profile);
        return missing == 0 ? CommandLine.Holds : CommandLine.Fails;
    }
}

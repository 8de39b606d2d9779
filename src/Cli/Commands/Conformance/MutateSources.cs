using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Conformance.SourceMutants;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance mutate</c>: a suite measured on the mutants of a machine in C.</summary>
public static class MutateSources
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description =
                "Suites (.json), folders of .data files, .data files, files of JSON lines (.jsonl); the project's own suite otherwise.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var sources = new Option<string[]>("--source")
        {
            Description = "A file of C to make mutants of; may be given more than once.",
            HelpName = "file",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            Required = true,
        };
        var folder = new TextOption(
            "--folder", "folder", "What is copied for each build, and where both commands run; the folder that has all sources otherwise.");
        var build = new TextOption(
            "--build", "command", "Builds the machine, in the copy of the folder; a command line for the shell.")
        { Required = true };
        var run = new TextOption(
            "--run", "command",
                "The machine, in the copy of the folder: a command line for the shell that speaks the batch protocol. "
                + "See docs/protocols.md.")
        { Required = true };
        var built = new TextOption(
            "--object", "file", "What the build makes, whose bytes tell mutants apart; the first word of --run with a slash otherwise.");
        var only = new TextOption("--only", "glob",
            "Only mutants whose file, line and operator, as vm.c:120:constant, are of this form: * is any text, ? any character.");
        var sample = new CountOption("--sample", "number", "Only so many mutants, drawn by --seed.", most: int.MaxValue);
        var seed = new CountOption("--seed", "number", "Which ones --sample draws; 1 otherwise.", most: int.MaxValue);
        var equivalents =
            new TextOption("--equivalents", "file",
                "Mutants that are none, each with a reason: lines 'FILE: BEFORE => AFTER' as the report has them, "
                + "and indented lines after each.");
        var list = new SwitchOption("--list", "Lists the mutants, and builds none.");
        var profile = new ProfileOption(Profile.Rbpf);
        var machine = new MachineOptions();
        var json = JsonOption.Create("One JSON object: the counts, and each mutant with what became of it.");
        var command = new ExampleCommand(
            "mutate",
            "Measures a suite on a machine in C: makes mutants of its source, one small change each, builds them, "
            + "and counts those that a vector finds; exit code 1 if one is left that is not listed as equivalent.",
            "./rbpf conformance mutate --source tests/Conformance.Tests/CVm/vm.c --build make --run ./batch --only *:condition --list",
            "./rbpf conformance mutate --source tests/Conformance.Tests/CVm/preflight.c --build make --run ./batch --sample 2 --seed 1")
        {
            paths, sources, folder, build, run, built, only, sample, seed, equivalents, list, profile,
            machine.Provides, machine.Traps, machine.Lenient, machine.Limit, machine.Jobs, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seed) is { Implicit: false } && result.GetResult(sample) is null)
            {
                result.AddError("--seed says which mutants --sample draws; expected --sample, too");
            }
        });
        command.SetAction(parsed => Run(new(
            parsed.GetRequiredValue(sources),
            parsed.GetValue(folder),
            parsed.GetRequiredValue(build)!,
            (MachineUnderTest.Batch)machine.Behind("batch", parsed.GetRequiredValue(run)!, parsed),
            parsed.GetValue(built),
            VectorInput.Read(parsed.GetValue(paths) is { Length: > 0 } given ? given : [BookInput.Suite], profile.Of(parsed)),
            parsed.GetValue(only),
            parsed.GetValue(sample),
            (int)(parsed.GetValue(seed) ?? 1),
            parsed.GetValue(equivalents),
            parsed.GetValue(list),
            machine.Workers(parsed),
            parsed.GetValue(json))));
        return command;
    }

    private static int Run(SourceMutantPlan plan)
    {
        using var interruption = new Interruption();
        switch (new SourceMutantRun(plan, Report.Terminal).Do(interruption.Token))
        {
            case SourceMutantEnd.Ended(var isGood):
                return isGood ? CommandLine.Holds : CommandLine.Fails;
            case SourceMutantEnd.Interrupted:
                CommandLine.Complain("interrupted: nothing is known of the mutants that were not tried");
                return CommandLine.Undecided;
            case SourceMutantEnd.Refused(var lines):
                throw new UsageException([.. lines]);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

using System.CommandLine;
using System.IO.Enumeration;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf conformance run</c>: vectors on this machine, or on any other.</summary>
public static class RunVectors
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description =
                "Suites (.json), folders of .data files, .data files, files of JSON lines (.jsonl), or a dash for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var profile = new ProfileOption(ConformanceCommand.DefaultProfile);
        var engine = ConformanceCommand.EngineOption();
        var machine = new MachineOptions();
        var diff = new Option<string[]>("--diff")
        {
            Description =
                "Runs them on two machines, and lists what they do differently; each is reference, switch, threaded or auto, or plugin: or batch: and a command.",
            HelpName = "machine machine",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var only = Text("--only", "glob", "Only the vectors with such names, as alu/add32-k/01 or 'jmp/*'.");
        var core = CoreOption();
        var probe = new Option<bool>(
            "--probe") { Description =
                "First asks the machine for each instruction, and leaves out the vectors with those that it lacks." };
        var known = Text("--known", "file", "Expected deviations, as --record writes them: only others make the exit code 1.");
        var record = Text("--record", "file", "Writes the deviations as a file for --known.");
        var report = new ChoiceOption<VectorReportFormat>("--report", "Writes a report, to --output.");
        var output = Text("--output", "file", "Where the report goes.");
        var json = JsonOption.Create("One JSON object a line for each vector, and one of the totals.");
        var command = new ExampleCommand(
            "run",
            "Runs vectors on this machine, or on any other; exit code 1 if one fails, or a file of a folder cannot be judged.",
            "./rbpf conformance run ../shared/conformance/bpf_conformance/tests",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --engine auto",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --diff reference auto")
        {
            paths, profile, engine, diff, only, core, probe, known, record, report, output, json,
        };
        foreach (var option in machine.All) command.Options.Add(option);
        Option[] ofOneMachine = [engine, machine.Plugin, machine.Batch, machine.Elf, probe, known, record, report, output, json];
        command.SetAction(parsed =>
        {
            var compared = parsed.GetValue(diff) ?? [];
            if (compared.Length > 0 && ofOneMachine.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            {
                throw new UsageException(
                    $"{other.Name} does not go with --diff; expected --profile, --provides, --limit or --jobs with it");
            }

            if (parsed.GetValue(machine.Provides) is not null && parsed.GetValue(machine.Batch) is null
                && !compared.Any(text => text.StartsWith("batch:", StringComparison.Ordinal)))
            {
                throw new UsageException(
                    "--provides says what the machine behind --batch provides, and there is none; expected --batch with it, or a batch: machine of --diff");
            }

            if (parsed.GetValue(machine.Lacks) is not null && parsed.GetValue(machine.Plugin) is null
                && parsed.GetValue(machine.Batch) is null && compared.Length == 0)
            {
                throw new UsageException(
                    "--lacks says how another machine begins, and there is none; expected --plugin, --batch or --diff with it");
            }

            var files = parsed.GetRequiredValue(paths);
            var tested = machine.Machine(parsed) ?? new MachineUnderTest.Own(profile.Of(parsed), parsed.GetValue(engine)?.Fast());
            var (vectors, faults) = VectorInput.ReadAll(files, profile.Of(parsed));
            vectors = Chosen(parsed.GetValue(core) ? CoreOf(vectors) : vectors, parsed.GetValue(only));
            if (compared.Length == 2)
            {
                return VectorDifference.Report(Compared(compared[0]), Compared(compared[1]), vectors, machine.Workers(parsed));
            }

            var options = machine.Again(parsed);
            return VectorReport.Run(new(
                tested,
                profile.Of(parsed),
                vectors,
                faults,
                machine.Workers(parsed),
                options,
                vector => $"./rbpf conformance run {string.Join(' ', files.Select(Shell.Quoted))} --only {Shell.Quoted(vector.Name)} --profile {profile.Of(parsed).Name} {options}".TrimEnd(),
                parsed.GetValue(probe),
                parsed.GetValue(json),
                parsed.GetValue(known),
                parsed.GetValue(record),
                parsed.GetValue(report),
                parsed.GetValue(output)));

            MachineUnderTest Compared(string text) => text.Split(':', 2) switch
            {
                [var name] when ChoiceOption<RunEngine>.TryParse(name, out var known) =>
                    new MachineUnderTest.Own(profile.Of(parsed), known.Fast("--diff")),
                [("plugin" or "batch") and var protocol, var line] => machine.Behind(protocol, line, parsed),
                _ => throw new UsageException(
                    $"--diff '{text}' is no machine; expected {ChoiceOption<RunEngine>.Expected}, plugin:COMMAND or batch:COMMAND"),
            };
        });
        return command;
    }

    /// <summary><c>--core</c>.</summary>
    internal static Option<bool> CoreOption() =>
        new("--core") { Description = "Only the vectors of the core: the few that find most of what the suite finds." };

    /// <summary>The vectors of the core.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    internal static IReadOnlyList<Vector> CoreOf(IReadOnlyList<Vector> vectors)
    {
        List<Vector> core = [.. vectors.Where(vector => vector.IsCore)];
        return core.Count > 0 ? core : throw new UsageException(
            "--core: none of these vectors is of a core; expected a suite that 'conformance generate' has written, as JSON");
    }

    private static Option<string?> Text(string name, string what, string description) =>
        new(name) { HelpName = what, Description = description };

    private static IReadOnlyList<Vector> Chosen(IReadOnlyList<Vector> vectors, string? glob)
    {
        if (glob is null) return vectors;
        List<Vector> chosen = [.. vectors.Where(
            vector => vector.Name == glob || FileSystemName.MatchesSimpleExpression(glob, vector.Name, ignoreCase: false))];
        return chosen.Count > 0 ? chosen : throw new UsageException(
            $"--only '{glob}' is the name of no vector; expected one such as {vectors[0].Name}, or a pattern with *");
    }
}

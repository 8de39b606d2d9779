using System.Collections.Concurrent;
using System.CommandLine;
using System.IO.Enumeration;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance run</c>: vectors on this machine, or on any other.</summary>
public sealed class RunVectors
{
    private readonly Argument<string[]> paths = VectorInput.Paths(", or a dash for standard input");

    private readonly ProfileOption profile = new(ConformanceCommand.DefaultProfile);
    private readonly Option<RunEngine?> engine = ConformanceCommand.EngineOption();
    private readonly MachineOptions machine = new();

    private readonly Option<string[]> diff = new("--diff")
    {
        Description = "Runs them on two machines, and lists what they do differently; "
            + "each is reference, switch, threaded or auto, or plugin: or batch: and a command.",
        HelpName = "machine machine",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly TextOption only = new("--only", "glob", "Only the vectors with such names, as alu/add32-k/01 or 'jmp/*'.");
    private readonly Option<bool> core = CoreOption();

    private readonly SwitchOption probe = new(
        "--probe", "First asks the machine for each instruction, and leaves out the vectors with those that it lacks.");

    private readonly TextOption known =
        new("--known", "file", "Expected deviations, as --record writes them: only others make the exit code 1.");

    private readonly TextOption record = new("--record", "file", "Writes the deviations as a file for --known.");
    private readonly ChoiceOption<VectorReportFormat> report = new("--report", "Writes a report, to --output.");
    private readonly TextOption output = new("--output", "file", "Where the report goes.");
    private readonly Option<bool> json = JsonOption.Create("One JSON object a line for each vector, and one of the totals.");

    private RunVectors()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var run = new RunVectors();
        var command = new ExampleCommand(
            "run",
            "Runs vectors on this machine, or on any other; exit code 1 if one fails, or a file of a folder cannot be judged.",
            "./rbpf conformance run ../shared/conformance/bpf_conformance/tests",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --engine auto",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --diff reference auto")
        {
            run.paths,
            run.profile,
            run.engine,
            run.diff,
            run.only,
            run.core,
            run.probe,
            run.known,
            run.record,
            run.report,
            run.output,
            run.json,
        };
        foreach (var option in run.machine.All) command.Options.Add(option);
        command.SetAction(run.Run);
        return command;
    }

    /// <summary><c>--core</c>.</summary>
    internal static Option<bool> CoreOption() => new("--core")
    {
        Description = "Only the vectors of the core: the few that find most of what the suite finds.",
    };

    private int Run(ParseResult parsed)
    {
        var compared = parsed.GetValue(diff) ?? [];
        Check(parsed, compared);
        var files = parsed.GetRequiredValue(paths);
        var variant = profile.Of(parsed);
        ConcurrentQueue<string> log = [];
        var tested = machine.Machine(parsed, log.Enqueue) ?? new MachineUnderTest.Own(variant, parsed.GetValue(engine)?.Fast());
        var (vectors, faults) = VectorInput.ReadAll(files, variant);
        vectors = Chosen(parsed.GetValue(core) ? VectorInput.CoreOf(vectors) : vectors, parsed.GetValue(only));
        if (compared.Length == 2) return Differences(parsed, compared, vectors);
        var expected = Known(parsed);
        var written = ((string?[])[parsed.GetValue(record), parsed.GetValue(output), parsed.GetValue(machine.VerifierLog)])
            .OfType<string>().ToList();
        written.ForEach(file => OutputFiles.Prepare(file));
        var options = machine.Again(parsed);
        var suites = string.Join(' ', files.Select(Shell.Quoted));
        var plan = new VectorRun(
            tested,
            variant,
            vectors,
            faults,
            machine.Workers(parsed),
            options,
            vector => $"./rbpf conformance run {suites} --only {Shell.Quoted(vector.Name)} --profile {variant.Name} {options}".TrimEnd(),
            parsed.GetValue(probe),
            expected);
        var told = VectorReport.Of(plan, out var problem) ?? throw new UsageException(problem);

        // Before anything is printed, so that a file that cannot be written is all that is told.
        List<string> texts = [];
        if (parsed.GetValue(record) is not null) texts.Add(told.Deviations);
        if (parsed.GetValue(report) is { } form) texts.Add(told.Text(form));
        if (parsed.GetValue(machine.VerifierLog) is not null) texts.Add(string.Join('\n', log));
        Files.Write([.. written.Zip(texts, (name, text) => (name, Encoding.UTF8.GetBytes(text)))]);
        if (parsed.GetValue(json)) Report.Line(told.Text(VectorReportFormat.Json).TrimEnd('\n'));
        else told.Print(Report.Terminal);
        return told.IsGood ? CommandLine.Holds : CommandLine.Fails;
    }

    private int Differences(ParseResult parsed, string[] compared, IReadOnlyList<Vector> vectors)
    {
        var (left, right) = (Compared(parsed, compared[0]), Compared(parsed, compared[1]));
        var different = VectorDifference.Report(left, right, vectors, machine.Workers(parsed), Report.Terminal, out var problem);
        return different is null ? throw new UsageException(problem) : different == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    private HashSet<string> Known(ParseResult parsed)
    {
        if (parsed.GetValue(known) is not { } file) return [];
        return KnownDeviations.Read(Files.ReadText(file), out var fault)
            ?? throw new UsageException($"{file}, line {fault.Line}: {fault.Problem}");
    }

    // Options that go together, or do not.
    private void Check(ParseResult parsed, string[] compared)
    {
        Option[] ofOneMachine =
            [engine, machine.Plugin, machine.Batch, machine.Known, machine.Elf, probe, known, record, report, output, json];
        if (compared.Length > 0 && ofOneMachine.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            throw new UsageException($"{other.Name} does not go with --diff; expected --profile, --provides, --limit or --jobs with it");
        if (parsed.GetValue(report) is null != parsed.GetValue(output) is null)
            throw new UsageException("--report and --output belong together; expected both or neither");
        var hasBatch = parsed.GetValue(machine.Batch) is not null;
        if (parsed.GetValue(machine.Provides) is not null
            && !hasBatch
            && !compared.Any(text => text.StartsWith("batch:", StringComparison.Ordinal)))
        {
            throw new UsageException(
                "--provides says what the machine behind --batch provides, and there is none; "
                + "expected --batch with it, or a batch: machine of --diff");
        }

        if (parsed.GetValue(machine.Lacks) is not null
            && !hasBatch
            && parsed.GetValue(machine.Plugin) is null
            && compared.Length == 0)
        {
            throw new UsageException(
                "--lacks says how another machine begins, and there is none; expected --plugin, --batch or --diff with it");
        }
    }

    private MachineUnderTest Compared(ParseResult parsed, string text) => text.Split(':', 2) switch
    {
        [var name] when ChoiceOption<RunEngine>.TryParse(name, out var engine) =>
            new MachineUnderTest.Own(profile.Of(parsed), engine.Fast("--diff")),
        [("plugin" or "batch") and var protocol, var line] => machine.Behind(protocol, line, parsed),
        _ => throw new UsageException(
            $"--diff '{text}' is no machine; "
            + Suggestions.Instead(text, [.. ChoiceOption<RunEngine>.Expected.Split(", "), "plugin:COMMAND", "batch:COMMAND"])),
    };

    private static IReadOnlyList<Vector> Chosen(IReadOnlyList<Vector> vectors, string? glob)
    {
        if (glob is null) return vectors;
        List<Vector> chosen =
        [
            .. vectors.Where(vector =>
                vector.Name == glob || FileSystemName.MatchesSimpleExpression(glob, vector.Name, ignoreCase: false)),
        ];
        return chosen.Count > 0
            ? chosen
            : throw new UsageException(
                $"--only '{glob}' is the name of no vector; expected one such as {vectors[0].Name}, or a pattern with *");
    }
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf conformance run</c>: vectors on this machine, or on any other.</summary>
public static class RunVectors
{
    private const string Provided = "regions, branches, instructions, helpers, entry, long-program";
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(10);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Suites (.json), folders of .data files, .data files, and files of JSON lines (.jsonl).",
            Arity = ArgumentArity.OneOrMore,
        };
        var profile = new ProfileOption(ConformanceCommand.DefaultProfile);
        var engine = ConformanceCommand.EngineOption();
        var plugin = Text("--plugin", "command", "Runs them on a machine behind bpf_conformance's plugin protocol: one process for each vector.");
        var batch = Text("--batch", "command", "Runs them on a machine behind the batch protocol: one process for many vectors.");
        var diff = new Option<string[]>("--diff")
        {
            Description = "Runs them on two machines, and lists what they do differently; each is reference, switch, threaded or auto, or plugin: or batch: and a command.",
            HelpName = "machine machine",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var provides = Text("--provides", "words", $"What the machine behind --batch provides besides program and memory, separated by commas, of: {Provided}.");
        var limit = new CountOption("--limit", "seconds", $"The time for one vector; {UsualLimit.TotalSeconds} otherwise.");
        var jobs = new CountOption("--jobs", "number", "How many vectors run at a time; as many as there are processors otherwise.");
        var known = Text("--known", "file", "Expected deviations, as --record writes them: only others make the exit code 1.");
        var record = Text("--record", "file", "Writes the deviations as a file for --known.");
        var report = new ChoiceOption<VectorReportFormat>("--report", "Writes a report, to --output.");
        var output = Text("--output", "file", "Where the report goes.");
        var json = JsonOption.Create("One JSON object a line for each vector, and one of the totals.");
        var command = new ExampleCommand(
            "run",
            "Runs vectors on this machine, or on any other; exit code 1 if one fails.",
            "./rbpf conformance run ../shared/conformance/bpf_conformance/tests",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --engine auto",
            "./rbpf conformance run spec/vectors/vectors.json --profile rbpf --diff reference auto")
        {
            paths, profile, engine, plugin, batch, diff, provides, limit, jobs, known, record, report, output, json,
        };
        Option[] ofOneMachine = [engine, plugin, batch, known, record, report, output, json];
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(diff) is not (null or []) && ofOneMachine.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
                throw new UsageException($"{other.Name} does not go with --diff; expected --profile, --provides, --limit or --jobs with it");
            if (parsed.GetValue(provides) is not null && parsed.GetValue(batch) is null && !(parsed.GetValue(diff) ?? []).Any(text => text.StartsWith("batch:", StringComparison.Ordinal)))
                throw new UsageException("--provides says what the machine behind --batch provides, and there is none; expected --batch with it, or a batch: machine of --diff");
            var time = parsed.GetValue(limit) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400)) : UsualLimit;
            var provided = Words(parsed.GetValue(provides));
            var workers = (int)Math.Clamp(parsed.GetValue(jobs) ?? (ulong)Environment.ProcessorCount, 1, 256);
            var vectors = VectorInput.Read(parsed.GetRequiredValue(paths), profile.Of(parsed));
            if (parsed.GetValue(diff) is { Length: 2 } both)
                return VectorDifference.Report(Machine(both[0]), Machine(both[1]), vectors, workers);
            var machine = (parsed.GetValue(plugin), parsed.GetValue(batch)) switch
            {
                (not null, not null) => throw new UsageException("--plugin and --batch name two machines; expected one, or --diff"),
                ({ } text, _) => new MachineUnderTest.Plugin(text, time),
                (_, { } text) => new MachineUnderTest.Batch(text, time, provided),
                _ => (MachineUnderTest)new MachineUnderTest.Own(profile.Of(parsed), parsed.GetValue(engine)?.Fast()),
            };
            return VectorReport.Run(new(
                machine,
                profile.Of(parsed).Name,
                vectors,
                workers,
                parsed.GetValue(json),
                parsed.GetValue(known),
                parsed.GetValue(record),
                parsed.GetValue(report),
                parsed.GetValue(output)));

            MachineUnderTest Machine(string text) => text.Split(':', 2) switch
            {
                [var name] when ChoiceOption<RunEngine>.TryParse(name, out var known) => new MachineUnderTest.Own(profile.Of(parsed), known.Fast("--diff")),
                ["plugin", var line] => new MachineUnderTest.Plugin(line, time),
                ["batch", var line] => new MachineUnderTest.Batch(line, time, provided),
                _ => throw new UsageException($"--diff '{text}' is no machine; expected {ChoiceOption<RunEngine>.Expected}, plugin:COMMAND or batch:COMMAND"),
            };
        });
        return command;
    }

    private static Option<string?> Text(string name, string what, string description) => new(name) { HelpName = what, Description = description };

    private static Sequence<string> Words(string? text)
    {
        Sequence<string> words = [.. (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        var all = Provided.Split(", ");
        return words.FirstOrDefault(word => !all.Contains(word)) is { } wrong
            ? throw new UsageException($"--provides '{wrong}' is nothing that vectors need; expected some of {Provided}")
            : words;
    }
}

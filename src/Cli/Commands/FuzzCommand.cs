using System.Collections.Concurrent;
using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Fuzzing;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf fuzz</c>: compares two machines on generated programs.</summary>
public static class FuzzCommand
{
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(10);

    /// <summary>The command.</summary>
    public static Command Create() => Create(Of);

    /// <summary>The command, on machines of another maker.</summary>
    /// <param name="contender">The machine that a choice of an option stands for.</param>
    public static Command Create(Func<RunEngine, string, ComparedMachine> contender)
    {
        var engine = new ChoiceOption<RunEngine>("--engine", "The machine in question; the faster engine that works here otherwise.");
        var against = new ChoiceOption<RunEngine>(
            "--against", "The machine that it is compared with; the semantics otherwise, which also tells what was covered.");
        var profile = new ProfileOption(Profile.Rbpf);
        var machine = new MachineOptions();
        var seconds =
            new SecondsOption("--seconds", $"For how long; {DefaultTime.TotalSeconds} otherwise, if --programs does not say when it ends.");
        var programs = new CountOption("--programs", "count", "How many programs.");
        var seed = new CountOption(
            "--seed", "number", "Which programs: a seed always stands for the same ones. Another one each time otherwise; it is printed.");
        var program = new CountOption("--program", "number", "Runs this program of the seed alone.");
        var json = JsonOption.Create("One JSON object: programs, seconds, ends, executed by rule id, and the divergence if there is one.");
        var command = new ExampleCommand(
            "fuzz",
            "Runs generated programs on two machines and compares all that can be seen; exit code 1 if they differ on one. "
            + "With --batch, --plugin or --machine, one is any machine, and the profile is rfc9669 unless told otherwise.",
            "./rbpf fuzz --engine threaded --seed 1 --programs 20000",
            "./rbpf fuzz --engine switch --against threaded --profile rfc9669 --seconds 1",
            "./rbpf fuzz --seed 1 --program 42")
        {
            engine, against, profile, seconds, programs, seed, program, json,
        };
        foreach (var option in machine.All.Except([machine.Provides])) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(program) is null) return;
            if (result.GetResult(programs) is not null || result.GetResult(seconds) is not null)
                result.AddError("--program runs one program; expected it without --programs and --seconds");
            if (result.GetResult(seed) is null) result.AddError("--program is the number of a program of a seed; expected --seed, too");
        });
        command.SetAction(parsed =>
        {
            ConcurrentQueue<string> log = [];
            if (machine.Machine(parsed, log.Enqueue) is { } tested)
            {
                if (((Option[])[engine, against]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
                    throw new UsageException($"{other.Name} names a machine of ours; expected --plugin, --batch or --machine without it");
                var chosen = parsed.GetValue(program);
                var limit = parsed.GetValue(seconds) ?? (parsed.GetValue(programs) is null && chosen is null ? DefaultTime : null);
                var drawn = new VectorStream(
                    parsed.GetValue(profile) ?? Profile.Rfc9669,
                    parsed.GetValue(seed) ?? (ulong)Random.Shared.NextInt64(1_000_000_000));
                if (parsed.GetValue(machine.VerifierLog) is { } logged) OutputFiles.Prepare(logged);
                var outcome = MachineFuzz.Run(
                    tested, drawn, chosen ?? 0, chosen is null ? parsed.GetValue(programs) : 1, limit, machine.Workers(parsed));
                if (TestRun.NotStarted(tested, outcome.Results) is { } problem) throw new UsageException(problem);
                var told = new MachineFuzzReport(tested, drawn, outcome, machine.Again(parsed));
                if (parsed.GetValue(machine.VerifierLog) is { } file)
                    Files.Write(file, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', log)));
                if (parsed.GetValue(json)) Report.Line(told.Json);
                else told.Print(Report.Terminal);
                return told.Deviations == 0 ? CommandLine.Holds : CommandLine.Fails;
            }

            if (machine.All.Except([machine.Jobs]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alien)
                throw new UsageException($"{alien.Name} is about a machine of others; expected --plugin, --batch or --machine with it");
            var left = contender(parsed.GetValue(engine) ?? RunEngine.Auto, engine.Name);
            var right = contender(parsed.GetValue(against) ?? RunEngine.Reference, against.Name);
            if (left.Name == right.Name)
            {
                throw new UsageException($"{left.Name} is compared with itself; expected another one for --engine or --against");
            }

            if (parsed.GetValue(programs) is 0) throw new UsageException("--programs 0 makes no sense; expected at least 1");
            var setting = Setting.Of(profile.Of(parsed));
            var stream = parsed.GetValue(seed) ?? (ulong)Random.Shared.NextInt64(1_000_000_000);
            var fuzzer = new Fuzzer(setting, left, right, stream);
            var time = parsed.GetValue(seconds) ?? (parsed.GetValue(programs) is null ? DefaultTime : null);
            var threads = parsed.GetValue(program) is null ? machine.Workers(parsed) : 1;
            var report = parsed.GetValue(program) is { } number
                ? fuzzer.RunOne(number)
                : fuzzer.Run(parsed.GetValue(programs), time, threads);
            var printed = new FuzzPage(setting, left, right, stream, threads, report);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(printed.Write));
            else printed.Print(Report.Terminal);
            return report.Divergence is null ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }

    /// <summary>The machine of ours that a choice of an option stands for.</summary>
    internal static ComparedMachine Of(RunEngine choice, string option) =>
        choice.Fast(option) is { } engine ? ComparedMachine.Of(engine) : ComparedMachine.Reference;
}

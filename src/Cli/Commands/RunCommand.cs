using System.CommandLine;
using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Host;
using RbpfSpec.Interp;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf run</c>: runs a program to its end.</summary>
public static class RunCommand
{
    // A longer change is cut short in text; JSON has it whole.
    private const int LongestShown = 32;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new RunInput();
        var engine = new ChoiceOption<RunEngine>(
            "--engine", "What runs it; the result is the same. The semantics starts some 15 ms sooner, so it is what runs it otherwise; "
                + "the others are for runs of more than 50,000 instructions.");
        var json = JsonOption.Create(
            "One JSON object: result, or trap with what was accessed, registers, memory changed, budget left, output.");
        var command = new ExampleCommand(
            "run",
            "Checks a program and runs it. " + CommandLine.ExitCodes,
            "./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input",
            "./rbpf run examples/increment.o --memory 2900000000000000 --json",
            "./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input --engine threaded");
        input.AddTo(command);
        command.Options.Add(engine);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Prepare(parsed) is not { } prepared) return CommandLine.Fails;
            var (end, steps) = Run(prepared, parsed.GetValue(engine) ?? RunEngine.Reference);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(writer => Write(writer, prepared, end, steps)));
            else Print(prepared, end, steps);
            return end is Outcome<Word>.Exited ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }

    /// <summary>The instruction that trapped, as text, or what stands in its place.</summary>
    public static string InstructionAt(ReferenceMachine machine, Word programCounter)
    {
        if (programCounter.Value >= (ulong)machine.Program.Length) return "outside the program";
        return machine.At((int)programCounter.Value) switch
        {
            Decoded.Valid(var instruction) => Disassembler.Print(instruction, Syntax.Conformance),
            Decoded.Malformed(var problems) => problems[0].Found,
        };
    }

    private static (Outcome<Word> End, ulong Steps) Run(Prepared prepared, RunEngine choice) =>
        choice.Fast() is { } engine ? RunFast(prepared, engine) : RunReference(prepared);

    private static (Outcome<Word> End, ulong Steps) RunFast(Prepared prepared, Engine engine)
    {
        var end = new EngineMachine(prepared.Program, engine).Run(prepared.State, out var steps);
        return (end, steps);
    }

    private static (Outcome<Word> End, ulong Steps) RunReference(Prepared prepared)
    {
        var (outcome, steps) = Runs.Limited(prepared.Machine.Step, prepared.State, long.MaxValue);
        return (outcome, (ulong)(outcome is Outcome<Word>.Exited ? steps : steps - 1));
    }

    private static void Print(Prepared prepared, Outcome<Word> end, ulong steps)
    {
        foreach (var text in end.State.Host.Output) Console.Out.Write(text);
        if (end.State.Host.Output is { IsEmpty: false } output && !output[^1].EndsWith('\n')) Console.Out.WriteLine();
        switch (end)
        {
            case Outcome<Word>.Exited exited:
                Report.Good(Results.Text(exited.Result));
                break;
            case Outcome<Word>.Trapped trapped:
                Report.Bad($"trap {trapped.Trap} at slot {trapped.State.ProgramCounter.Value}: "
                    + $"{InstructionAt(prepared.Machine.Definition, trapped.State.ProgramCounter)}");
                if (prepared.Image.SourceAt(trapped.State.ProgramCounter.Value) is { } source) Report.Line($"  at {source}");
                Report.Line($"  {TrapTable.Of(trapped.Trap).Summary}");
                var report = prepared.ReportOn(trapped);
                foreach (var detail in report.Details) Report.Line($"  {detail}");
                if (report.Access is not null)
                    Report.Line($"  regions: {string.Join(", ", trapped.State.Memory.Regions.Select(AccessText.Region))}");
                for (var i = 0; i < Registers<Word>.Count; i++) Report.Line($"  r{i} = {trapped.State.Registers[i]}");
                break;
        }

        foreach (var change in Changes.Memory(prepared.State, end.State).Where(change => change.Region is not ("stack" or "stack frame")))
            Report.Line($"{change.Region} at 0x{change.Address:x} = {Shown(change)}");
        Stored("local", end.State.Host.Local);
        Stored("global", end.State.Host.Global);
        Report.Line($"{steps} instructions{Branches(prepared.State.Budget, end.State.Budget)}");
    }

    private static string Shown(MemoryChange change)
    {
        var bytes = change.Bytes.AsSpan()[..Math.Min(change.Bytes.Count, LongestShown)];
        return Convert.ToHexStringLower(bytes) + (change.Bytes.Count > LongestShown ? $"… ({change.Bytes.Count} bytes)" : "");
    }

    private static void Stored(string name, Store<Word> store)
    {
        foreach (var entry in store.Entries)
        {
            if (entry.Used.Value) Report.Line($"{name} store: {entry.Key.Value} = {entry.Value.Value}");
        }
    }

    private static string Branches(Budget<Word> before, Budget<Word> after) => (before.Branches, after.Branches) switch
    {
        (Allowance<Word>.Remaining(var limit), Allowance<Word>.Remaining(var left)) =>
            $", {limit.Value - left.Value} of {limit.Value} branches",
        _ => "",
    };

    private static void Write(System.Text.Json.Utf8JsonWriter writer, Prepared prepared, Outcome<Word> end, ulong steps)
    {
        switch (end)
        {
            case Outcome<Word>.Exited exited:
                writer.WriteString("r0", exited.Result.ToString());
                break;
            case Outcome<Word>.Trapped trapped:
                writer.WriteString("trap", trapped.Trap.ToString());
                writer.WriteNumber("pc", trapped.State.ProgramCounter.Value);
                writer.WriteString("instruction", InstructionAt(prepared.Machine.Definition, trapped.State.ProgramCounter));
                TrapReportJson.Write(writer, prepared.ReportOn(trapped));
                writer.Source(prepared.Image.SourceAt(trapped.State.ProgramCounter.Value));
                break;
        }

        writer.WriteString("profile", prepared.Machine.Profile.Name);
        writer.WriteNumber("instructions", steps);
        writer.Budget(end.State.Budget);
        writer.Registers(end.State.Registers);
        writer.Memory(Changes.Memory(prepared.State, end.State));
        Stored(writer, "local", end.State.Host.Local);
        Stored(writer, "global", end.State.Host.Global);
        writer.WriteString("output", string.Concat(end.State.Host.Output.AsSpan().ToArray()));
    }

    private static void Stored(System.Text.Json.Utf8JsonWriter writer, string name, Store<Word> store)
    {
        writer.WriteStartObject(name);
        foreach (var entry in store.Entries)
        {
            if (entry.Used.Value) writer.WriteNumber(entry.Key.Value.ToString(CultureInfo.InvariantCulture), entry.Value.Value);
        }

        writer.WriteEndObject();
    }
}

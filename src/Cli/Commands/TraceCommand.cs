using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf trace</c>: runs a program and shows each step.</summary>
public static class TraceCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new RunInput();
        var json = JsonOption.Create("One JSON object a line, for each step.");
        var command = new ExampleCommand(
            "trace",
            "Runs a program and shows each step: slot, instruction, what changed, "
            + "and the line of source if the object tells it (clang -g). " + CommandLine.ExitCodes,
            "./rbpf trace examples/increment.o --memory 2900000000000000");
        input.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Prepare(parsed) is not { } prepared) return CommandLine.Fails;
            var before = prepared.State;
            Outcome<Word>? end = null;
            SourceLine? shown = null;
            foreach (var outcome in prepared.Machine.Trace(before))
            {
                if (parsed.GetValue(json))
                {
                    Report.Line(JsonText.Object(writer => Write(writer, prepared, before, outcome)));
                }
                else
                {
                    var source = prepared.Image.SourceAt(before.ProgramCounter.Value);
                    if (source is not null && (source.Line, source.File) != (shown?.Line, shown?.File)) Report.Line($"; {source}");
                    shown = source;
                    Report.Line(Line(prepared, before, outcome));
                }

                before = outcome.State;
                end = outcome;
            }

            return end is Outcome<Word>.Exited ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }

    private static string Line(Prepared prepared, State<Word> before, Outcome<Word> outcome)
    {
        var slot = before.ProgramCounter.Value.ToString(CultureInfo.InvariantCulture);
        var instruction = RunCommand.InstructionAt(prepared.Machine.Definition, before.ProgramCounter);
        return $"{slot,5}  {instruction,-36}  {string.Join(", ", Effects(prepared, before, outcome))}".TrimEnd();
    }

    private static IEnumerable<string> Effects(Prepared prepared, State<Word> before, Outcome<Word> outcome)
    {
        switch (outcome)
        {
            case Outcome<Word>.Trapped trapped:
                yield return $"trap {trapped.Trap}: {prepared.ReportOn(trapped).Text}";
                yield break;
            case Outcome<Word>.Exited exited:
                yield return $"ends with {Results.Text(exited.Result)}";
                yield break;
        }

        var after = outcome.State;
        if (after.ProgramCounter.Value is var pc && pc != before.ProgramCounter.Value + 1) yield return $"pc = {pc}";
        foreach (var (register, value) in Changes.Registers(before, after)) yield return $"{register} = {value}";
        foreach (var change in Changes.Memory(before, after))
            yield return $"[{change.Region} 0x{change.Address:x}] = {Convert.ToHexStringLower(change.Bytes.AsSpan())}";
        if (after.Host.Output.Count > before.Host.Output.Count) yield return $"prints {after.Host.Output[^1].ReplaceLineEndings("\\n")}";
        if (after.Host.Local != before.Host.Local) yield return "local store changed";
        if (after.Host.Global != before.Host.Global) yield return "global store changed";
    }

    private static void Write(
        System.Text.Json.Utf8JsonWriter writer, Prepared prepared, State<Word> before, Outcome<Word> outcome)
    {
        var machine = prepared.Machine.Definition;
        var pc = before.ProgramCounter;
        writer.WriteNumber("pc", pc.Value);
        if (pc.Value < (ulong)machine.Program.Length && machine.At((int)pc.Value) is Decoded.Valid(var instruction))
            writer.WriteString("rule", instruction.Form.Id);
        writer.WriteString("instruction", RunCommand.InstructionAt(machine, pc));
        writer.Source(prepared.Image.SourceAt(pc.Value));
        switch (outcome)
        {
            case Outcome<Word>.Trapped trapped:
                writer.WriteString("trap", trapped.Trap.ToString());
                TrapReportJson.Write(writer, prepared.ReportOn(trapped));
                break;
            case Outcome<Word>.Exited exited:
                writer.WriteString("r0", exited.Result.ToString());
                break;
            case Outcome<Word>.Next next:
                writer.WriteNumber("next", next.State.ProgramCounter.Value);
                break;
        }

        writer.WriteStartObject("registers");
        foreach (var (register, value) in Changes.Registers(before, outcome.State)) writer.WriteString(register, value.ToString());
        writer.WriteEndObject();
        writer.Memory(Changes.Memory(before, outcome.State));
    }
}

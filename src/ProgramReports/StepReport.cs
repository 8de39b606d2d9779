using System.Globalization;
using System.Text.Json;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.ProgramReports;

/// <summary>The report on one step of a run: the instruction, and what it changed.</summary>
public static class StepReport
{
    /// <summary>The step in one line: slot, instruction, what changed.</summary>
    public static string Line(Prepared prepared, State<Word> before, Outcome<Word> outcome)
    {
        var slot = before.ProgramCounter.Value.ToString(CultureInfo.InvariantCulture);
        var instruction = InstructionText.At(prepared.Machine.Definition, before.ProgramCounter);
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

    /// <summary>Its members in a JSON object.</summary>
    public static void Write(
        Utf8JsonWriter writer, Prepared prepared, State<Word> before, Outcome<Word> outcome)
    {
        var machine = prepared.Machine.Definition;
        var pc = before.ProgramCounter;
        writer.WriteNumber("pc", pc.Value);
        if (pc.Value < (ulong)machine.Program.Length && machine.At((int)pc.Value) is Decoded.Valid(var instruction))
            writer.WriteString("rule", instruction.Form.Id);
        writer.WriteString("instruction", InstructionText.At(machine, pc));
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

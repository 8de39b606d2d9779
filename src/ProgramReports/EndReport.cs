using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.ProgramReports;

/// <summary>The end of a run: a result, a trap, or the place that it came to.</summary>
public static class EndReport
{
    /// <summary>The end in one line.</summary>
    public static string Line(ReferenceMachine machine, Outcome<Word> end) => end switch
    {
        Outcome<Word>.Exited exited => Results.Text(exited.Result),
        Outcome<Word>.Trapped trapped =>
            $"trap {trapped.Trap} at slot {trapped.State.ProgramCounter.Value}: "
            + InstructionText.At(machine, trapped.State.ProgramCounter),
        Outcome<Word>.Next next =>
            $"comes to slot {next.State.ProgramCounter.Value}: " + InstructionText.At(machine, next.State.ProgramCounter),
    };

    /// <summary>The details of a trap, a line each; nothing of another end but the line of source.</summary>
    /// <param name="machine">The machine that it ran on.</param>
    /// <param name="budget">The budget that it began with.</param>
    /// <param name="image">The image that the program is from.</param>
    /// <param name="end">How it ended.</param>
    public static IEnumerable<string> Details(ReferenceMachine machine, Budget<Word> budget, Image image, Outcome<Word> end)
    {
        if (end is not Outcome<Word>.Exited && image.SourceAt(end.State.ProgramCounter.Value) is { } source) yield return $"at {source}";
        if (end is not Outcome<Word>.Trapped trapped) yield break;
        foreach (var detail in TrapReport.Of(machine.Program, machine.Profile, budget, trapped).Details) yield return detail;
    }

    /// <summary>Its members in a JSON object.</summary>
    /// <param name="writer">The object.</param>
    /// <param name="machine">The machine that it ran on.</param>
    /// <param name="budget">The budget that it began with.</param>
    /// <param name="end">How it ended.</param>
    public static void Write(Utf8JsonWriter writer, ReferenceMachine machine, Budget<Word> budget, Outcome<Word> end)
    {
        if (end is Outcome<Word>.Exited exited)
        {
            writer.WriteString("r0", exited.Result.ToString());
            return;
        }

        if (end is Outcome<Word>.Trapped { Trap: var trap }) writer.WriteString("trap", trap.ToString());
        writer.WriteNumber("pc", end.State.ProgramCounter.Value);
        writer.WriteString("instruction", InstructionText.At(machine, end.State.ProgramCounter));
        if (end is Outcome<Word>.Trapped trapped)
            TrapReportJson.Write(writer, TrapReport.Of(machine.Program, machine.Profile, budget, trapped));
    }
}

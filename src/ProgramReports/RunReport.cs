using System.Globalization;
using System.Text.Json;
using RbpfSpec.Host;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.ProgramReports;

/// <summary>The report on a run: how it ended, what it changed, what it took.</summary>
public static class RunReport
{
    // A longer change is cut short in text; JSON has it whole.
    private const int LongestShown = 32;

    /// <summary>Prints it for people.</summary>
    /// <param name="report">Where it goes.</param>
    /// <param name="output">Where the text goes that the program printed, before the report and as it is.</param>
    /// <param name="prepared">The program, and where it began.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="steps">How many instructions it executed.</param>
    public static void Print(ITextReport report, TextWriter output, Prepared prepared, Outcome<Word> end, ulong steps)
    {
        foreach (var text in end.State.Host.Output) output.Write(text);
        if (end.State.Host.Output is { IsEmpty: false } lines && !lines[^1].EndsWith('\n')) output.WriteLine();
        switch (end)
        {
            case Outcome<Word>.Exited exited:
                report.Good(Results.Text(exited.Result));
                break;
            case Outcome<Word>.Trapped trapped:
                report.Bad($"trap {trapped.Trap} at slot {trapped.State.ProgramCounter.Value}: "
                    + $"{InstructionText.At(prepared.Machine.Definition, trapped.State.ProgramCounter)}");
                if (prepared.Image.SourceAt(trapped.State.ProgramCounter.Value) is { } source) report.Line($"  at {source}");
                report.Line($"  {TrapTable.Of(trapped.Trap).Summary}");
                var told = prepared.ReportOn(trapped);
                foreach (var detail in told.Details) report.Line($"  {detail}");
                if (told.Access is not null)
                    report.Line($"  regions: {string.Join(", ", trapped.State.Memory.Regions.Select(AccessText.Region))}");
                for (var i = 0; i < Registers<Word>.Count; i++) report.Line($"  r{i} = {trapped.State.Registers[i]}");
                break;
        }

        foreach (var change in Changes.Memory(prepared.State, end.State).Where(change => change.Region is not ("stack" or "stack frame")))
            report.Line($"{change.Region} at 0x{change.Address:x} = {Shown(change)}");
        Stored(report, "local", end.State.Host.Local);
        Stored(report, "global", end.State.Host.Global);
        report.Line($"{Counted.Of(steps, "instruction")}{Branches(prepared.State.Budget, end.State.Budget)}");
    }

    private static string Shown(MemoryChange change)
    {
        var bytes = change.Bytes.AsSpan()[..Math.Min(change.Bytes.Count, LongestShown)];
        return Convert.ToHexStringLower(bytes) + (change.Bytes.Count > LongestShown ? $"… ({change.Bytes.Count} bytes)" : "");
    }

    private static void Stored(ITextReport report, string name, Store<Word> store)
    {
        foreach (var entry in store.Entries)
        {
            if (entry.Used.Value) report.Line($"{name} store: {entry.Key.Value} = {entry.Value.Value}");
        }
    }

    private static string Branches(Budget<Word> before, Budget<Word> after) => (before.Branches, after.Branches) switch
    {
        (Allowance<Word>.Remaining(var limit), Allowance<Word>.Remaining(var left)) =>
            $", {limit.Value - left.Value} of {limit.Value} branches",
        _ => "",
    };

    /// <summary>Its members in a JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Prepared prepared, Outcome<Word> end, ulong steps)
    {
        EndReport.Write(writer, prepared.Machine.Definition, prepared.State.Budget, end);
        if (end is Outcome<Word>.Trapped) writer.Source(prepared.Image.SourceAt(end.State.ProgramCounter.Value));

        writer.WriteString("profile", prepared.Machine.Profile.Name);
        writer.WriteNumber("instructions", steps);
        writer.Budget(end.State.Budget);
        writer.Registers(end.State.Registers);
        writer.Memory(Changes.Memory(prepared.State, end.State));
        Stored(writer, "local", end.State.Host.Local);
        Stored(writer, "global", end.State.Host.Global);
        writer.WriteString("output", string.Concat(end.State.Host.Output.AsSpan().ToArray()));
    }

    private static void Stored(Utf8JsonWriter writer, string name, Store<Word> store)
    {
        writer.WriteStartObject(name);
        foreach (var entry in store.Entries)
        {
            if (entry.Used.Value) writer.WriteNumber(entry.Key.Value.ToString(CultureInfo.InvariantCulture), entry.Value.Value);
        }

        writer.WriteEndObject();
    }
}

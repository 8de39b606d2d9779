using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Programs;
using TrapReportJson = RbpfSpec.Conformance.TrapReportJson;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf solve</c>: questions about all runs of a program at once, answered by a solver.</summary>
public static class SolveCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new ExampleCommand(
        "solve",
        "Answers questions about all contexts of a size at once; exit code 3 if it cannot.",
        "./rbpf solve traps examples/increment.o",
        "./rbpf solve reach examples/fletcher32.o --size 4 --r0 0x56502d2a")
    {
        SolveTraps.Create(), SolveReach.Create(), SolveEqual.Create(),
    };

    /// <summary>Says that a question has no answer, and yields the exit code.</summary>
    public static int Undecided(string reason, bool json)
    {
        if (json) Report.Line(Json.Object(writer => Undecided(writer, reason)));
        else Report.Bad($"undecided: {reason}");
        return CommandLine.Undecided;
    }

    /// <summary>Says that no input is what was looked for, and yields the exit code.</summary>
    public static int None(string text, string answer, Answer.None none, int size, int code, bool json)
    {
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("answer", answer);
                writer.WriteNumber("size", size);
                writer.WriteNumber("paths", none.Paths);
                writer.WriteNumber("steps", none.Steps);
            }));
        }
        else
        {
            Report.Good($"{text}: proved for all contexts of {Count(size, "byte")}");
            Report.Line($"{Count(none.Paths, "path")}, at most {Count(none.Steps, "instruction")}");
        }

        return code;
    }

    /// <summary>The context of an input, for people.</summary>
    public static string Context(Input input) =>
        $"context = {(input.Context.IsEmpty ? "none" : Convert.ToHexStringLower(input.Context.AsSpan()))}";

    /// <summary>The end of a run, for people.</summary>
    public static string End(Subject subject, Outcome<Word, Bit> end) => end switch
    {
        Outcome<Word, Bit>.Exited exited =>
            Results.Text(exited.Result),
        Outcome<Word, Bit>.Trapped trapped =>
            $"trap {trapped.Trap} at slot {trapped.State.ProgramCounter.Value}: "
            + RunCommand.InstructionAt(subject.Machine, trapped.State.ProgramCounter),
        Outcome<Word, Bit>.Next => throw new ArgumentException("the run has not ended", nameof(end)),
    };

    /// <summary>What a person needs to know of the end of a run, a line each; nothing unless it is a trap.</summary>
    public static IEnumerable<string> Details(Subject subject, Outcome<Word, Bit> end) =>
        end is Outcome<Word, Bit>.Trapped trapped ? ReportOn(subject, trapped).Details : [];

    private static TrapReport ReportOn(Subject subject, Outcome<Word, Bit>.Trapped trapped) =>
        TrapReport.Of(subject.Machine.Program, subject.Machine.Profile, subject.Start.Budget, trapped);

    /// <summary>The properties of an input.</summary>
    public static void Write(System.Text.Json.Utf8JsonWriter writer, Input input)
    {
        writer.WriteString("context", Convert.ToHexStringLower(input.Context.AsSpan()));
        writer.WriteNumber("now", input.Milliseconds);
    }

    /// <summary>The properties of the end of a run, and of the command line that shows it.</summary>
    public static void Write(System.Text.Json.Utf8JsonWriter writer, Subject subject, Outcome<Word, Bit> end, string run)
    {
        switch (end)
        {
            case Outcome<Word, Bit>.Exited exited:
                writer.WriteString("r0", exited.Result.ToString());
                break;
            case Outcome<Word, Bit>.Trapped trapped:
                writer.WriteString("trap", trapped.Trap.ToString());
                writer.WriteNumber("pc", trapped.State.ProgramCounter.Value);
                writer.WriteString("instruction", RunCommand.InstructionAt(subject.Machine, trapped.State.ProgramCounter));
                TrapReportJson.Write(writer, ReportOn(subject, trapped));
                break;
        }

        writer.WriteString("run", run);
    }

    private static void Undecided(System.Text.Json.Utf8JsonWriter writer, string reason)
    {
        writer.WriteString("answer", "undecided");
        writer.WriteString("reason", reason);
    }

    private static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}

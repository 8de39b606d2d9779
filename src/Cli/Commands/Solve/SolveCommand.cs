using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Programs;

using static System.FormattableString;

namespace RbpfSpec.Cli.Commands.Solve;

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
        SolveTraps.Create(), SolveReach.Create(), SolveEqual.Create(), SolveUnreached.Create(),
    };

    /// <summary>Says that a question has no answer, and yields the exit code.</summary>
    public static int Undecided(string reason, bool json)
    {
        if (json) Report.Line(JsonText.Object(writer => Undecided(writer, reason)));
        else Report.Bad($"undecided: {reason}");
        return CommandLine.Undecided;
    }

    /// <summary>Says that no input is what was looked for, and yields the exit code.</summary>
    public static int None(string text, string answer, SearchResult.None none, string contexts, int size, int code, bool json)
    {
        if (json)
        {
            Report.Line(JsonText.Object(writer =>
            {
                writer.WriteString("answer", answer);
                writer.WriteNumber("size", size);
                writer.WriteNumber("paths", none.Paths);
                writer.WriteNumber("steps", none.Steps);
            }));
        }
        else
        {
            Report.Good($"{text}: proved for {contexts}");
            Report.Line($"{Count(none.Paths, "path")}, at most {Count(none.Steps, "instruction")}");
        }

        return code;
    }

    /// <summary>The one instruction in a slot.</summary>
    /// <exception cref="UsageException">No instruction begins there.</exception>
    public static int Instruction(SymbolicProgram subject, ulong slot)
    {
        var program = subject.Machine.Program;
        if (slot >= (ulong)program.Length)
            throw new UsageException(Invariant($"--slot {slot} is not in the program; expected 0 to {program.Length - 1}"));
        if (!Search.Instructions(subject.Machine).Contains((int)slot))
            throw new UsageException(Invariant($"--slot {slot} is the second of a wide instruction; expected {slot - 1}"));
        return (int)slot;
    }

    /// <summary>Tells of a find that is bad news: the end of the run, the context, and the command line.</summary>
    public static void PrintBad(Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        Report.Bad(End(subjects[0], witness.Ends[0]));
        PrintInput(subjects, witness, runs);
    }

    /// <summary>Tells of a find that is good news: the end of the run, the context, and the command line.</summary>
    public static void PrintGood(Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        Report.Good(End(subjects[0], witness.Ends[0]));
        PrintInput(subjects, witness, runs);
    }

    /// <summary>The properties of a find about one program.</summary>
    public static void WriteFirst(Utf8JsonWriter writer, Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        Write(writer, witness.Input);
        Write(writer, subjects[0], witness.Ends[0], runs[0]);
    }

    private static void PrintInput(Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        foreach (var detail in Details(subjects[0], witness.Ends[0])) Report.Line($"  {detail}");
        Report.Line(Context(witness.Input));
        Report.Line(runs[0]);
    }

    /// <summary>The context of an input, for people.</summary>
    public static string Context(Input input) =>
        $"context = {(input.Context.IsEmpty ? "none" : Convert.ToHexStringLower(input.Context.AsSpan()))}";

    /// <summary>The end of a run, for people.</summary>
    public static string End(SymbolicProgram subject, Outcome<Word> end) => EndReport.Line(subject.Machine, end);

    /// <summary>The details of how a run ended, for a person, a line each; nothing unless it ended in a trap.</summary>
    public static IEnumerable<string> Details(SymbolicProgram subject, Outcome<Word> end) =>
        EndReport.Details(subject.Machine, subject.Start.Budget, end);

    /// <summary>The properties of an input.</summary>
    public static void Write(Utf8JsonWriter writer, Input input)
    {
        writer.WriteString("context", Convert.ToHexStringLower(input.Context.AsSpan()));
        writer.WriteNumber("now", input.Milliseconds);
    }

    /// <summary>The properties of the end of a run, and of the command line that shows it.</summary>
    public static void Write(Utf8JsonWriter writer, SymbolicProgram subject, Outcome<Word> end, string run)
    {
        EndReport.Write(writer, subject.Machine, subject.Start.Budget, end);
        writer.WriteString("run", run);
    }

    private static void Undecided(Utf8JsonWriter writer, string reason)
    {
        writer.WriteString("answer", "undecided");
        writer.WriteString("reason", reason);
    }

    /// <summary>A number of things: <c>1 byte</c>, <c>2 bytes</c>.</summary>
    public static string Count(int count, string unit) =>
        Invariant($"{count} {unit}{(count == 1 ? "" : "s")}");
}

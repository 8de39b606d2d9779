using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.Cli.Commands.Solve;

/// <summary><c>rbpf solve equal</c>: whether two programs do the same on all contexts.</summary>
public static class SolveEqual
{
    /// <summary>The command.</summary>
    public static Command Create() => new SolveQuestion
    {
        Name = "equal",
        Description = "Finds a context on which two programs differ in r0, trap, context or stores, or proves that there is none; "
            + "exit code 0 if they are equal, 1 if they differ.",
        Examples =
        [
            "./rbpf solve equal examples/bubble_sort.o examples/insertion_sort.o --size 12",
            "./rbpf solve equal examples/increment.o examples/fletcher32.o",
        ],
        Json = "One JSON object: the answer, and the context and command lines that show it.",
        Programs = [new(), new("other", "other-", "The program to compare it with, in any of the same forms.")],
        Ask = (_, search, subjects) => search.Difference(subjects[0], subjects[1]),
        Print = Print,
        Write = Write,
        Found = "different",
        None = _ => ("equal", "equal"),
        FoundCode = CommandLine.Fails,
    }.ToCommand();

    private static void Write(Utf8JsonWriter writer, Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        SolveCommand.Write(writer, witness.Input);
        writer.WriteStartArray("differ");
        foreach (var difference in Differences(subjects, witness)) writer.WriteStringValue(difference);
        writer.WriteEndArray();
        writer.WriteStartArray("ends");
        for (var i = 0; i < subjects.Count; i++)
        {
            writer.WriteStartObject();
            SolveCommand.Write(writer, subjects[i], witness.Ends[i], runs[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Print(Sequence<SymbolicProgram> subjects, Witness witness, Sequence<string> runs)
    {
        Report.Bad($"different: {string.Join(", ", (IEnumerable<string>)Differences(subjects, witness))}");
        Report.Line(SolveCommand.Context(witness.Input));
        for (var i = 0; i < subjects.Count; i++)
        {
            Report.Line($"{runs[i]}");
            Report.Line($"  {SolveCommand.End(subjects[i], witness.Ends[i])}");
            foreach (var detail in SolveCommand.Details(subjects[i], witness.Ends[i])) Report.Line($"    {detail}");
            var context = subjects[i].Context(witness.Ends[i].State);
            if (!context.IsEmpty) Report.Line($"  context becomes {Convert.ToHexStringLower(context.AsSpan())}");
        }
    }

    private static Sequence<string> Differences(Sequence<SymbolicProgram> subjects, Witness witness) =>
        Comparison.Differences(subjects[0], witness.Ends[0], subjects[1], witness.Ends[1]);
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf solve equal</c>: whether two programs do the same on all contexts.</summary>
public static class SolveEqual
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var other = new ProgramInput("other", "other-", "The program to compare it with, in any of the same forms.");
        var input = new SolveInput();
        var json = JsonOption.Create("One JSON object: the answer, and the context and command lines that show it.");
        var command = new ExampleCommand(
            "equal",
            "Finds a context on which two programs differ in r0, trap, context or stores, or proves that there is none; "
            + "exit code 0 if they are equal, 1 if they differ.",
            "./rbpf solve equal examples/bubble_sort.o examples/insertion_sort.o --size 12",
            "./rbpf solve equal examples/increment.o examples/fletcher32.o");
        program.AddTo(command);
        other.AddTo(command);
        input.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Load(program, parsed) is not { } left || input.Load(other, parsed) is not { } right) return CommandLine.Fails;
            var answer = input.Ask(parsed, search => search.Difference(left, right));
            var isJson = parsed.GetValue(json);
            switch (answer)
            {
                case Answer.Found found:
                    string[] runs = [input.RunLine(program, parsed, found.Input), input.RunLine(other, parsed, found.Input)];
                    Print([left, right], found, runs, isJson);
                    return CommandLine.Fails;
                case Answer.None none:
                    return SolveCommand.None("equal", "equal", none, left.Size, CommandLine.Holds, isJson);
                case Answer.Undecided(var reason):
                    return SolveCommand.Undecided(reason, isJson);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }

    private static void Print(Subject[] subjects, Answer.Found found, string[] runs, bool json)
    {
        var differences = Comparison.Differences(subjects[0], found.Ends[0], subjects[1], found.Ends[1]);
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("answer", "different");
                SolveCommand.Write(writer, found.Input);
                writer.WriteStartArray("differ");
                foreach (var difference in differences) writer.WriteStringValue(difference);
                writer.WriteEndArray();
                writer.WriteStartArray("ends");
                for (var i = 0; i < subjects.Length; i++)
                {
                    writer.WriteStartObject();
                    SolveCommand.Write(writer, subjects[i], found.Ends[i], runs[i]);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
            return;
        }

        Report.Bad($"different: {string.Join(", ", (IEnumerable<string>)differences)}");
        Report.Line(SolveCommand.Context(found.Input));
        for (var i = 0; i < subjects.Length; i++)
        {
            Report.Line($"{runs[i]}");
            Report.Line($"  {SolveCommand.End(subjects[i], found.Ends[i])}");
            var context = subjects[i].Context(found.Ends[i].State);
            if (!context.IsEmpty) Report.Line($"  context becomes {Convert.ToHexStringLower(context.AsSpan())}");
        }
    }
}

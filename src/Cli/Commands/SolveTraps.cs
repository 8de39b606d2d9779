using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf solve traps</c>: whether some context makes a program trap.</summary>
public static class SolveTraps
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var input = new SolveInput();
        var only = new ChoiceOption<Trap>("--only-trap", "The only trap to look for; any otherwise.");
        var json = JsonOption.Create("One JSON object: the answer, and the context, trap and command line that show it.");
        var command = new ExampleCommand(
            "traps",
            "Finds a context on which a program traps, or proves that there is none; exit code 0 if it cannot trap, 1 if it can.",
            "./rbpf solve traps examples/increment.o",
            "./rbpf solve traps examples/increment.o --size 7");
        program.AddTo(command);
        input.AddTo(command);
        command.Options.Add(only);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Load(program, parsed) is not { } subject) return CommandLine.Fails;
            var trap = parsed.GetValue(only);
            var answer = input.Ask(parsed, search => search.Trap(subject, trap));
            var isJson = parsed.GetValue(json);
            switch (answer)
            {
                case Answer.Found found:
                    Print(subject, found, input.RunLine(program, parsed, found.Input), isJson);
                    return CommandLine.Fails;
                case Answer.None none:
                    var text = trap is null ? "cannot trap" : $"cannot trap by {trap}";
                    return SolveCommand.None(text, "cannot trap", none, subject.Size, CommandLine.Holds, isJson);
                case Answer.Undecided(var reason):
                    return SolveCommand.Undecided(reason, isJson);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }

    private static void Print(Subject subject, Answer.Found found, string run, bool json)
    {
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("answer", "traps");
                SolveCommand.Write(writer, found.Input);
                SolveCommand.Write(writer, subject, found.Ends[0], run);
            }));
            return;
        }

        Report.Bad(SolveCommand.End(subject, found.Ends[0]));
        Report.Line(SolveCommand.Context(found.Input));
        Report.Line(run);
    }
}

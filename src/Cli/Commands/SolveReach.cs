using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Symbolic.Programs;
using Hex = RbpfSpec.Conformance.Hex;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf solve reach</c>: a context that makes a program end with a result.</summary>
public static class SolveReach
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var input = new SolveInput();
        var result = new Option<ulong>("--r0")
        {
            Description = "The result looked for: 64 bits, in decimal or as 0x….",
            HelpName = "number",
            Required = true,
            CustomParser = parsed =>
            {
                if (TryNumber(parsed.Tokens[0].Value, out var number)) return number;
                parsed.AddError($"--r0 '{parsed.Tokens[0].Value}' is no number of 64 bits; expected one such as 42, -1 or 0x2a");
                return 0;
            },
        };
        var json = JsonOption.Create("One JSON object: the answer, and the context and command line that show it.");
        var command = new ExampleCommand(
            "reach",
            "Finds a context on which a program ends with a result; exit code 0 if there is one, 1 if there is none.",
            "./rbpf solve reach examples/increment.o --r0 42",
            "./rbpf solve reach examples/fletcher32.o --size 4 --r0 0x56502d2a");
        program.AddTo(command);
        command.Options.Add(result);
        input.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Load(program, parsed) is not { } subject) return CommandLine.Fails;
            var answer = input.Ask(parsed, search => search.Result(subject, parsed.GetValue(result)));
            var isJson = parsed.GetValue(json);
            switch (answer)
            {
                case Answer.Found found:
                    Print(subject, found, input.RunLine(program, parsed, found.Input), isJson);
                    return CommandLine.Holds;
                case Answer.None none:
                    var text = string.Create(CultureInfo.InvariantCulture, $"never ends with r0 = 0x{parsed.GetValue(result):x}");
                    return SolveCommand.None(text, "unreachable", none, subject.Size, CommandLine.Fails, isJson);
                case Answer.Undecided(var reason):
                    return SolveCommand.Undecided(reason, isJson);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }

    // A negative number stands for the 64 bits that a register holds for it.
    private static bool TryNumber(string text, out ulong number)
    {
        if (Hex.TryNumber(text, out number)) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed)) return false;
        number = unchecked((ulong)signed);
        return true;
    }

    private static void Print(Subject subject, Answer.Found found, string run, bool json)
    {
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("answer", "reached");
                SolveCommand.Write(writer, found.Input);
                SolveCommand.Write(writer, subject, found.Ends[0], run);
            }));
            return;
        }

        Report.Good(SolveCommand.End(subject, found.Ends[0]));
        Report.Line(SolveCommand.Context(found.Input));
        Report.Line(run);
    }
}

using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Programs;
using Hex = RbpfSpec.Conformance.Hex;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf solve reach</c>: a context that makes a program end with a result.</summary>
public static class SolveReach
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
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
        return new SolveQuestion
        {
            Name = "reach",
            Description = "Finds a context on which a program ends with a result; exit code 0 if there is one, 1 if there is none.",
            Examples =
            [
                "./rbpf solve reach examples/increment.o --r0 42",
                "./rbpf solve reach examples/fletcher32.o --size 4 --r0 0x56502d2a",
            ],
            Json = "One JSON object: the answer, and the context and command line that show it.",
            Options = [result],
            Ask = (parsed, search, subjects) => search.Result(subjects[0], parsed.GetValue(result)),
            Print = Print,
            None = parsed => (string.Create(CultureInfo.InvariantCulture, $"never ends with r0 = 0x{parsed.GetValue(result):x}"), "unreachable"),
            FoundCode = CommandLine.Holds,
        }.ToCommand();
    }

    // A negative number stands for the 64 bits that a register holds for it.
    private static bool TryNumber(string text, out ulong number)
    {
        if (Hex.TryNumber(text, out number)) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed)) return false;
        number = unchecked((ulong)signed);
        return true;
    }

    private static void Print(Sequence<Subject> subjects, Answer.Found found, Sequence<string> runs, bool json)
    {
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("answer", "reached");
                SolveCommand.Write(writer, found.Input);
                SolveCommand.Write(writer, subjects[0], found.Ends[0], runs[0]);
            }));
            return;
        }

        Report.Good(SolveCommand.End(subjects[0], found.Ends[0]));
        Report.Line(SolveCommand.Context(found.Input));
        Report.Line(runs[0]);
    }
}

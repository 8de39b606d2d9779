using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.ProgramReports.Solving;

using Hex = RbpfSpec.Images.Inputs.Hex;

namespace RbpfSpec.Cli.Commands.Solve;

/// <summary><c>rbpf solve reach</c>: a context that makes a program end with a result, or come to an instruction.</summary>
public static class SolveReach
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var result = new Option<ulong>("--r0")
        {
            Description = "The result looked for: 64 bits, in decimal or as 0x….",
            HelpName = "number",
            CustomParser = parsed =>
            {
                if (TryNumber(parsed.Tokens[0].Value, out var number)) return number;
                parsed.AddError($"--r0 '{parsed.Tokens[0].Value}' is no number of 64 bits; expected one such as 42, -1 or 0x2a");
                return 0;
            },
        };
        var slot = new CountOption("--slot", "index", "The slot that is to be executed, instead of a result.", int.MaxValue);
        var command = new SolveQuestion
        {
            Name = "reach",
            Description = "Finds a context on which a program ends with a result, or comes to an instruction; exit code 0 if there is one, "
                + "1 if there is none.",
            Examples =
            [
                "./rbpf solve reach examples/increment.o --r0 42",
                "./rbpf solve reach examples/fletcher32.o --size 4 --r0 0x56502d2a",
                "./rbpf solve reach examples/field.o --function field --size 12 --slot 6 --context 02",
            ],
            Json = "One JSON object: the answer, and the context and command line that show it.",
            Options = [result, slot],
            Ask = (parsed, search, subjects) => parsed.GetValue(slot) is { } wanted
                ? search.Slot(subjects[0], SolveCommand.Instruction(subjects[0], wanted))
                : search.Result(subjects[0], parsed.GetValue(result)),
            Print = WitnessReport.PrintGood,
            Write = WitnessReport.Write,
            Found = "reached",
            None = parsed => (
                parsed.GetValue(slot) is { } wanted
                    ? string.Create(CultureInfo.InvariantCulture, $"never comes to slot {wanted}")
                    : string.Create(CultureInfo.InvariantCulture, $"never ends with r0 = 0x{parsed.GetValue(result):x}"),
                "unreachable"),
            FoundCode = CommandLine.Holds,
        }.ToCommand();
        command.Validators.Add(given =>
        {
            if (given.GetResult(result) is null == given.GetResult(slot) is null)
                given.AddError("expected one of --r0, a result, and --slot, an instruction");
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
}

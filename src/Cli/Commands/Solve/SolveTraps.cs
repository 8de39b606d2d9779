using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.ProgramReports.Solving;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Cli.Commands.Solve;

/// <summary><c>rbpf solve traps</c>: whether some context makes a program trap.</summary>
public static class SolveTraps
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var only = new ChoiceOption<Trap>("--only-trap", "The only trap to look for; any otherwise.");
        return new SolveQuestion
        {
            Name = "traps",
            Description =
                "Finds a context on which a program traps, or proves that there is none; exit code 0 if it cannot trap, 1 if it can.",
            Examples = ["./rbpf solve traps examples/increment.o", "./rbpf solve traps examples/increment.o --size 7",
                "./rbpf solve traps examples/field.o --function field_overrun --all 3"],
            Json = "One JSON object: the answer, and the context, trap and command line that show it.",
            Options = [only],
            Ask = (parsed, search, subjects) => search.Trap(subjects[0], parsed.GetValue(only)),
            Print = WitnessReport.PrintBad,
            Write = WitnessReport.Write,
            Found = "traps",
            None = parsed => (parsed.GetValue(only) is { } trap ? $"cannot trap by {trap}" : "cannot trap", "cannot trap"),
            FoundCode = CommandLine.Fails,
        }.ToCommand();
    }
}

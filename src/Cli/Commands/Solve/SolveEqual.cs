using System.CommandLine;
using RbpfSpec.ProgramReports.Solving;

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
        Print = WitnessReport.PrintDifference,
        Write = WitnessReport.WriteDifference,
        Found = "different",
        None = _ => ("equal", "equal"),
        FoundCode = CommandLine.Fails,
    }.ToCommand();
}

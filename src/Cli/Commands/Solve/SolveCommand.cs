using System.CommandLine;
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
}

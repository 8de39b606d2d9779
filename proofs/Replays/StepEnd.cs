using System.Globalization;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Proofs.Replays;

/// <summary>The end of an instruction, in numbers, so that rules on numbers and rules on terms can be compared.</summary>
/// <param name="Event">That it goes on, ends or traps.</param>
/// <param name="Registers">r0 to r10; empty of a trap.</param>
/// <param name="ProgramCounter">The slot that it goes on with.</param>
internal sealed record StepEnd(string Event, Sequence<ulong> Registers, ulong ProgramCounter)
{
    /// <summary>It traps.</summary>
    public static StepEnd Trap(Trap trap) => new($"trap {trap}", [], 0);

    /// <summary>In one line: the registers that the instruction touches, and those that changed.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="touched">The registers that the instruction reads or writes.</param>
    public string Text(State<Word> before, Sequence<int> touched) => Registers.IsEmpty ? Event : string.Concat(
        $"{Event} with pc={Hex(ProgramCounter)}",
        string.Concat(Registers.Select((value, number) =>
            value != before.Registers[number].Value || touched.Contains(number) ? $" r{number}={Hex(value)}" : "")));

    /// <summary>In one line, with every register that holds anything.</summary>
    public override string ToString() => Registers.IsEmpty ? Event : string.Concat(
        $"{Event} with pc={Hex(ProgramCounter)}",
            string.Concat(Registers.Select((value, number) => value == 0 ? "" : $" r{number}={Hex(value)}")));

    private static string Hex(ulong value) => $"0x{value.ToString("x", CultureInfo.InvariantCulture)}";
}

using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Debugging.Places;

/// <summary>An instruction of a program as a listing shows it.</summary>
/// <param name="Slot">The index of its first slot.</param>
/// <param name="Slots">How many slots it has.</param>
/// <param name="Text">The instruction as text.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Function">The name of the function that begins here; empty if none does.</param>
public sealed record ListedInstruction(int Slot, int Slots, string Text, Sequence<byte> Bytes, string Function);

/// <summary>A program as text, a line an instruction: what a debugger shows where no source is known.</summary>
public sealed class ProgramListing
{
    private readonly int[] lineOfSlot;

    /// <summary>That of a program.</summary>
    /// <param name="image">The program.</param>
    /// <param name="machine">A machine that holds it.</param>
    public ProgramListing(Image image, ReferenceMachine machine)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(machine);
        var bytes = machine.Program.ToBytes();
        var functions = image.Functions.GroupBy(function => function.Slot).ToDictionary(group => group.Key, group => group.First().Name);
        lineOfSlot = new int[machine.Program.Length];
        List<ListedInstruction> all = [];
        for (var slot = 0; slot < machine.Program.Length;)
        {
            var (slots, text) = machine.At(slot) switch
            {
                Decoded.Valid(var instruction) => (instruction.Form.Layout.Slots, Disassembler.Print(instruction, Syntax.Conformance)),
                Decoded.Malformed(var problems) => (1, problems[0].Found),
            };
            slots = Math.Min(slots, machine.Program.Length - slot);
            all.Add(new(slot, slots, text, Sequence.Of<byte>(bytes.AsSpan(slot * 8, slots * 8)), functions.GetValueOrDefault(slot, "")));
            Array.Fill(lineOfSlot, all.Count, slot, slots);
            slot += slots;
        }

        Instructions = all.ToSequence();
    }

    /// <summary>The instructions, a line each.</summary>
    public Sequence<ListedInstruction> Instructions { get; }

    /// <summary>The line of a slot, from 1; 0 of one outside the program.</summary>
    public int LineOf(ulong slot) => slot < (ulong)lineOfSlot.Length ? lineOfSlot[(int)slot] : 0;

    /// <summary>The slot of a line, from 1; null if there is no such line.</summary>
    public int? SlotOf(int line) => line >= 1 && line <= Instructions.Count ? Instructions[line - 1].Slot : null;

    /// <summary>The text: slot and instruction a line, the name of a function behind its first.</summary>
    public override string ToString() => string.Join('\n', Instructions.Select(Line));

    /// <summary>One line of it.</summary>
    public static string Line(ListedInstruction instruction)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        var line = string.Create(CultureInfo.InvariantCulture, $"{instruction.Slot,5}  {instruction.Text}");
        return instruction.Function == "" ? line : $"{line,-44}  ; {instruction.Function}";
    }
}

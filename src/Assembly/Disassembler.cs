using System.Text;
using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Assembly;

/// <summary>Assembly text from programs.</summary>
public static class Disassembler
{
    /// <summary>An instruction in one line, without its end; distances are relative, as in <c>ja +3</c>.</summary>
    public static string Print(Instruction instruction, Syntax syntax) =>
        Grammar.Patterns(instruction.Form, syntax)[0].Print(FieldValues.Of(instruction));

    /// <summary>A program, one line an instruction; a slot that is no instruction is written as <c>.slot</c>.</summary>
    /// <remarks>The assembler makes the same program of it, whatever the program.</remarks>
    public static string Text(Program program, Syntax syntax)
    {
        var text = new StringBuilder();
        for (var index = 0; index < program.Length;)
        {
            var instruction = At(program, index);
            text.Append(instruction is { } known ? Print(known, syntax) : Print(program.Slots[index])).Append('\n');
            index += instruction?.Form.Layout.Slots ?? 1;
        }

        return text.ToString();
    }

    /// <summary>A program as <c>llvm-objdump -d</c> lists a section: slot index, bytes and text a line.</summary>
    /// <param name="program">The section's slots.</param>
    /// <param name="symbols">Names of places, in any order; of several at one place the greatest, ordinally.</param>
    /// <param name="section">The section's name, for what stands before the first symbol.</param>
    /// <returns>The lines after "Disassembly of section", the empty one at the beginning left out.</returns>
    /// <remarks>
    /// Equal to what LLVM 14 prints of what clang 14 compiles. Instructions that LLVM 14 does not know, or only with
    /// its option for 32-bit registers, are listed all the same; a slot that is no instruction is
    /// <c>&lt;unknown&gt;</c>, and zero slots in a row are <c>...</c>.
    /// </remarks>
    public static string Listing(Program program, Sequence<Symbol> symbols = default, string section = ".text") =>
        new Listing(program, symbols, section).ToString();

    /// <summary>The instruction at a slot index, if there is one.</summary>
    internal static Instruction? At(Program program, int index) =>
        Semantics.Validity.Preflight.Decode(program, index) switch
        {
            Decoded.Valid(var instruction) => instruction,
            Decoded.Malformed => null,
        };

    private static string Print(Slot slot)
    {
        var line = Grammar.SlotPattern.Print(FieldValues.Of(slot));
        return OutsideRfc.Of(slot) is { } known ? $"{line}  # {known}" : line;
    }
}

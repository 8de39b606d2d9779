using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Specification.Script;

/// <summary>The assembly text of an encoding with its fields left open, from what the disassembler prints.</summary>
internal static class Notation
{
    private const short Offset = 12345;
    private const int Immediate = 1234567;
    private const int NextImmediate = 2345678;

    /// <summary>The text, such as <c>ldxw {dst}, [{src}{offset}]</c>.</summary>
    /// <remarks>
    /// <c>{offset}</c> is an addend with its sign, empty for zero; <c>{distance:offset}</c> and <c>{distance:imm}</c>
    /// are distances with their sign; <c>{wide}</c> is the number of both immediates.
    /// </remarks>
    public static string Of(Form form)
    {
        var instruction = Instruction.Of(form, new(1), new(2), Offset, Immediate, NextImmediate);
        var text = Disassembler.Print(instruction, Syntax.Conformance);
        var isDistance = !form.Displacement.IsEmpty;
        var wide = $"0x{instruction.WideImmediate.ToString("x", CultureInfo.InvariantCulture)}";
        foreach (var (printed, name) in ((string, string)[])[
            ("%r1", "{dst}"),
            ("%r2", "{src}"),
            ($"+{Offset}", isDistance ? "{distance:offset}" : "{offset}"),
            (wide, "{wide}"),
            ($"+{Immediate}", "{distance:imm}"),
            ($"{Immediate}", "{imm}"),
            ($"{NextImmediate}", "{next}")])
        {
            text = Regex.Replace(text, $@"{Regex.Escape(printed)}(?!\d)", name, RegexOptions.None, TimeSpan.FromSeconds(1));
        }

        return text;
    }
}

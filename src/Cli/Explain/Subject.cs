using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Cli.Explain;

/// <summary>What a user asks to have explained.</summary>
/// <param name="Forms">The encodings; none if there is nothing to explain.</param>
/// <param name="Slot">Of one slot, what it says.</param>
/// <param name="Problem">Where there is nothing to explain, why.</param>
public sealed record Subject(Sequence<Form> Forms, Sequence<string> Slot, string Problem)
{
    /// <summary>Finds what a text stands for: a rule id, a mnemonic, an opcode byte, or a slot.</summary>
    public static Subject Find(string text)
    {
        var wanted = text.Trim().ToLowerInvariant();
        var named = OperationTable.Forms.Where(form => Names(form).Contains(wanted, StringComparer.Ordinal)).ToSequence();
        if (!named.IsEmpty) return new(named, [], "");
        var digits = wanted.StartsWith("0x", StringComparison.Ordinal) ? wanted[2..] : wanted;
        digits = digits.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length == 2 && byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var opcode))
        {
            var forms = OperationTable.WithOpcode(opcode);
            return new(forms, [], $"opcode 0x{opcode:x2} is not an instruction of RFC 9669");
        }

        if (digits.Length is 16 or 32 && digits.All(char.IsAsciiHexDigit)) return OfSlots(Convert.FromHexString(digits));
        return new([], [], $"there is no instruction '{text}'; expected a mnemonic such as div32, an opcode byte such as 0x3c, "
            + "a slot of 16 hexadecimal digits (32 of a wide instruction), or a rule id such as alu/div32-x");
    }

    private static Subject OfSlots(byte[] bytes)
    {
        var program = Program.Of(bytes);
        switch (Decoder.Decode(program, 0))
        {
            case Decoded.Valid(var instruction) when program.Length > instruction.Form.Layout.Slots:
                return new([], [], $"{instruction.Form.Id} takes one slot; expected 16 hexadecimal digits");
            case Decoded.Valid(var instruction):
                return new(
                    [instruction.Form],
                    [
                        Disassembler.Print(instruction, Syntax.Conformance),
                        Disassembler.Print(instruction, Syntax.Llvm),
                        .. Fields(program.Slots[0]),
                    ],
                    "");
            case Decoded.Malformed(var problems):
                return new([], [], string.Join("; ", problems.Select(problem => $"{problem.Found}, expected {problem.Expected}")));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string[] Fields(Slot slot) =>
    [
        $"opcode 0x{slot.Opcode:x2}, dst_reg {slot.Destination}, src_reg {slot.Source}, offset {slot.Offset}, imm {slot.Immediate} (0x{slot.Immediate:x})",
    ];

    private static string[] Names(Form form) =>
        [form.Id, form.Id[(form.Id.IndexOf('/', StringComparison.Ordinal) + 1)..], form.Mnemonic, form.Operation.Mnemonic];
}

using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>What somebody looks up in the specification.</summary>
public abstract record Subject
{
    // Checks of whole programs, which are no predicates over slots.
    private static readonly Sequence<string> WholeProgram = ["length", "entry"];

    private Subject()
    {
    }

    /// <summary>Encodings.</summary>
    /// <param name="Forms">At least one.</param>
    /// <param name="Slot">Of one slot, what it says; else empty.</param>
    public sealed record Encodings(Sequence<Form> Forms, Sequence<string> Slot) : Subject;

    /// <summary>A trap.</summary>
    public sealed record OfTrap(TrapDescription Trap) : Subject;

    /// <summary>A decision point with its deviation.</summary>
    public sealed record OfDeviation(DecisionPoint Point) : Subject;

    /// <summary>A requirement of the chapters; of a check of the preflight, that which states it.</summary>
    public sealed record OfRequirement(Requirement Requirement) : Subject;

    /// <summary>Words, and where they occur.</summary>
    public sealed record Words(Sequence<Hit> Hits) : Subject;

    /// <summary>Nothing, and why.</summary>
    public sealed record Nothing(string Problem) : Subject;

    /// <summary>Finds what a text stands for: a rule id, a mnemonic, an opcode byte, a slot, a trap, a check, a deviation, or words.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <param name="book">The specification.</param>
    public static Subject Find(string text, Book book)
    {
        var wanted = text.Trim().ToLowerInvariant();
        var named = OperationTable.Forms.Where(form => Names(form).Contains(wanted, StringComparer.Ordinal)).ToSequence();
        if (!named.IsEmpty) return new Encodings(named, []);
        var digits = (wanted.StartsWith("0x", StringComparison.Ordinal) ? wanted[2..] : wanted).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length == 2 && byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var opcode))
        {
            var forms = OperationTable.WithOpcode(opcode);
            return forms.IsEmpty ? new Nothing($"opcode 0x{opcode:x2} is not an instruction of RFC 9669") : new Encodings(forms, []);
        }

        if (digits.Length is 16 or 32 && digits.All(char.IsAsciiHexDigit)) return OfSlots(Convert.FromHexString(digits));
        if (Enum.GetValues<Trap>().Where(trap => Plain(trap.ToString()) == Plain(wanted)).ToList() is [var raised]) return new OfTrap(TrapTable.Of(raised));
        if (DecisionPoint.All.FirstOrDefault(point => Plain(point.Deviation.Number) == Plain(wanted)) is { } point) return new OfDeviation(point);
        foreach (var id in (string[])[wanted, .. IsCheck(wanted) ? (ReadOnlySpan<string>)[$"preflight/{wanted}"] : []])
        {
            if (book.Requirements.FirstOrDefault(requirement => requirement.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } requirement)
                return new OfRequirement(requirement);
        }

        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Sequence<Hit> hits = words.Length == 0 ? [] : Hit.All(words, book).ToSequence();
        return hits.IsEmpty
            ? new Nothing($"nothing is called '{text}', and no page has these words; expected a mnemonic such as div32, an opcode byte such as 0x3c, "
                + "a slot of 16 hexadecimal digits (32 of a wide instruction), a rule id such as alu/div32-x, a trap such as DivisionByZero, "
                + "a check such as reserved/imm, a deviation such as D-01, or words"
                + (book.Chapters.IsEmpty ? "; the chapters, with the checks, are read only where the working folder is in the project" : ""))
            : new Words(hits);
    }

    private static bool IsCheck(string text) => WholeProgram.Contains(text) || Preflight.Checks.Any(check => check.Id == text);

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Subject OfSlots(byte[] bytes)
    {
        var program = Program.Of(bytes);
        return Decoder.Decode(program, 0) switch
        {
            Decoded.Valid(var instruction) => program.Length > instruction.Form.Layout.Slots
                ? new Nothing($"{instruction.Form.Id} takes one slot; expected 16 hexadecimal digits")
                : new Encodings(
                    [instruction.Form],
                    [
                        Disassembler.Print(instruction, Syntax.Conformance),
                        Disassembler.Print(instruction, Syntax.Llvm),
                        Fields(program.Slots[0]),
                    ]),
            Decoded.Malformed(var problems) =>
                new Nothing(string.Join("; ", problems.Select(problem => $"{problem.Found}, expected {problem.Expected}"))),
        };
    }

    private static string Fields(Slot slot) =>
        $"opcode 0x{slot.Opcode:x2}, dst_reg {slot.Destination}, src_reg {slot.Source}, offset {slot.Offset}, imm {slot.Immediate} (0x{slot.Immediate:x})";

    // sdiv64 names what div64 and an offset of 1 are called in assembly, whichever the second operand is.
    private static string[] Names(Form form)
    {
        var tail = form.Id[(form.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var both = form.Operand is SourceOperand.None || !(tail.EndsWith("-k", StringComparison.Ordinal) || tail.EndsWith("-x", StringComparison.Ordinal))
            ? tail
            : tail[..^2];
        return [form.Id, tail, both, form.Mnemonic, form.Operation.Mnemonic];
    }
}

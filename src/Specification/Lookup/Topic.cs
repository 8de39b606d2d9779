using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>A thing that somebody looks up in the specification.</summary>
public abstract record Topic
{
    // Checks of whole programs, which are no predicates over slots.
    private static readonly Sequence<string> WholeProgram = ["length", "entry"];

    private Topic()
    {
    }

    /// <summary>Encodings.</summary>
    /// <param name="Forms">At least one.</param>
    /// <param name="Slot">Of one slot, what it says; else empty.</param>
    public sealed record Encodings(Sequence<Form> Forms, Sequence<string> Slot) : Topic;

    /// <summary>A family of operations.</summary>
    public sealed record OfFamily(InstructionFamily Family) : Topic;

    /// <summary>A trap.</summary>
    public sealed record OfTrap(TrapDescription Trap) : Topic;

    /// <summary>A decision point with its deviation.</summary>
    public sealed record OfDeviation(DecisionPoint Point) : Topic;

    /// <summary>A deviation of the host from those that were published.</summary>
    public sealed record OfHostDeviation(HostDeviation Deviation) : Topic;

    /// <summary>All decision points.</summary>
    public sealed record OfDeviations : Topic;

    /// <summary>A requirement of the chapters; of a check of the preflight, that which states it.</summary>
    public sealed record OfRequirement(Requirement Requirement) : Topic;

    /// <summary>A heading of a chapter, with what stands below it.</summary>
    public sealed record OfSection(Chapter Chapter, Block.Heading Heading) : Topic;

    /// <summary>Helper functions.</summary>
    /// <param name="Helpers">At least one.</param>
    /// <param name="Requirements">The requirements about them.</param>
    public sealed record OfHelpers(Sequence<Helper> Helpers, Sequence<Requirement> Requirements) : Topic;

    /// <summary>Instructions of others, which RFC 9669 does not define.</summary>
    /// <param name="Instructions">At least one.</param>
    public sealed record Outside(Sequence<OutsideRfc> Instructions) : Topic;

    /// <summary>Words, and the places that speak of them, the best first.</summary>
    /// <param name="Hits">The places.</param>
    /// <param name="Notes">Which words were taken for others, and which are nowhere; a line each.</param>
    public sealed record Words(Sequence<Hit> Hits, Sequence<string> Notes) : Topic;

    /// <summary>Nothing, and why.</summary>
    public sealed record Nothing(string Problem) : Topic;

    /// <summary>
    /// Finds what a text stands for: a rule id, a mnemonic, an opcode byte, a slot, a line of assembly, names of the kernel, a trap, a
    /// check, a deviation, a helper, a heading, or words.
    /// </summary>
    /// <param name="text">The text, in any case.</param>
    /// <param name="book">The specification.</param>
    public static Topic Find(string text, Book book)
    {
        var wanted = text.Trim().ToLowerInvariant();
        return OfEncoding(wanted) ?? Named(wanted, book) ?? OfAssembly(text) ?? Asked(text, book);
    }

    private static Topic? OfEncoding(string wanted)
    {
        var named = OperationTable.Forms.Where(form => Names(form).Contains(wanted, StringComparer.Ordinal)).ToSequence();
        if (!named.IsEmpty) return new Encodings(named, []);
        var digits = (wanted.StartsWith("0x", StringComparison.Ordinal) ? wanted[2..] : wanted).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length == 2 && byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var opcode))
        {
            var forms = OperationTable.WithOpcode(opcode);
            if (!forms.IsEmpty) return new Encodings(forms, []);
            var outside = OutsideRfc.All.Where(other => other.Opcodes.Contains(opcode)).ToSequence();
            if (!outside.IsEmpty) return new Outside(outside);
            return HelperOf($"0x{digits}") is null ? new Nothing($"opcode 0x{opcode:x2} is not an instruction of RFC 9669") : null;
        }

        if (OutsideRfc.Named(wanted) is { } other) return new Outside([other]);
        if (digits.Length is 16 or 32 && digits.All(char.IsAsciiHexDigit)) return OfSlots(Convert.FromHexString(digits));
        var kernel = KernelNames.Find(wanted);
        return kernel.IsEmpty ? null : new Encodings(kernel, []);
    }

    private static Topic? Named(string wanted, Book book)
    {
        if (RequirementOf(wanted, book) is { } named) return new OfRequirement(named);
        if (wanted is "helper" or "helpers")
            return new OfHelpers(HelperCatalogue.Declarations, Concerning("helper", book));
        if (wanted is "deviations") return new OfDeviations();
        if (Enum.GetValues<Trap>().Where(trap => Plain(trap.ToString()) == Plain(wanted)).ToList() is [var raised])
            return new OfTrap(TrapTable.Of(raised));
        if (DecisionPoint.All.FirstOrDefault(point => Plain(point.Deviation.Number) == Plain(wanted)) is { } found)
            return new OfDeviation(found);
        if (HostDeviation.All.FirstOrDefault(deviation => Plain(deviation.Number) == Plain(wanted)) is { } ofHost)
            return new OfHostDeviation(ofHost);
        if (IsCheck(wanted) && RequirementOf($"preflight/{wanted}", book) is { } requirement) return new OfRequirement(requirement);
        if (HelperOf(wanted.StartsWith("helper ", StringComparison.Ordinal) ? wanted["helper ".Length..].Trim() : wanted) is { } helper)
            return new OfHelpers([helper], Concerning(helper.Name, book));
        if (InstructionFamily.All.FirstOrDefault(family => $"{family.Path}" == $"{wanted}.md") is { } family) return new OfFamily(family);
        foreach (var chapter in book.Chapters)
        {
            foreach (var heading in chapter.Blocks.OfType<Block.Heading>())
            {
                if (Place.IdOf(chapter, heading) == wanted) return new OfSection(chapter, heading);
            }
        }

        return null;
    }

    // A line of assembly, in either syntax.
    private static Encodings? OfAssembly(string text)
    {
        if (Assembler.Parse(text.Trim()) is not Assembled.Success { Program: var program } || program.Length == 0) return null;
        return Preflight.Decode(program, 0) is Decoded.Valid(var instruction) && instruction.Form.Layout.Slots == program.Length
            ? Of(instruction, program)
            : null;
    }

    private static Topic Asked(string text, Book book)
    {
        var index = book.Index;

        // One place is what was meant.
        if (index.Called(text).ToList() is [var only]) return Find(only.Id, book);
        var answer = index.Ask(text);
        if (!answer.Places.IsEmpty)
        {
            return new Words(
                answer.Places.Map(place => new Hit(place.Id, place.Line, place.Page)),
                [
                    .. answer.Corrected.GroupBy(pair => pair.Asked)
                        .Select(group => $"no page says '{group.Key}'; did you mean {Listed(group.Select(pair => pair.Taken))}?"),
                    .. answer.Unknown.Select(word => $"no page says '{word}', or anything near it"),
                ]);
        }

        return new Nothing(
            $"nothing is called '{text}', and no page has these words, or near ones; expected a mnemonic such as div32, "
            + "an opcode byte such as 0x3c, a slot of 16 hexadecimal digits (32 of a wide instruction), "
            + "a line of assembly such as 'r0 += r1', a name of the kernel such as BPF_JEQ, "
            + "a rule id such as alu/div32-x, a trap such as DivisionByZero, a check such as reserved/imm, "
            + "a deviation such as D-01, or words"
            + (book.Chapters.IsEmpty
                ? "; the chapters, with the checks, are read only where the working folder or the program is in the project"
                : ""));
    }

    private static string Listed(IEnumerable<string> words) => string.Join(" or ", words.Select(word => $"'{word}'"));

    private static Requirement? RequirementOf(string id, Book book) =>
        book.Requirements.FirstOrDefault(one => one.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static bool IsCheck(string text) => WholeProgram.Contains(text) || Preflight.Checks.Any(check => check.Id == text);

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Helper? HelperOf(string text)
    {
        var isNumber = text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
        return HelperCatalogue.Declarations.FirstOrDefault(helper =>
            isNumber ? helper.Id == id : helper.IsCalled(text));
    }

    // Requirements about a helper say its name, or are called as it is.
    private static Sequence<Requirement> Concerning(string name, Book book) => book.Requirements
        .Where(requirement => name == "helper"
            ? requirement.Id.StartsWith("helpers/", StringComparison.Ordinal) || requirement.Id == "preflight/helper"
            : requirement.Text.Contains($"`{name}`", StringComparison.Ordinal))
        .ToSequence();

    private static Topic OfSlots(byte[] bytes)
    {
        var program = Program.Of(bytes);
        return Preflight.Decode(program, 0) switch
        {
            Decoded.Valid(var instruction) => program.Length > instruction.Form.Layout.Slots
                ? new Nothing($"{instruction.Form.Id} takes one slot; expected 16 hexadecimal digits")
                : Of(instruction, program),
            Decoded.Malformed when OutsideRfc.Of(program.Slots[0]) is { } other => new Outside([other]),
            Decoded.Malformed(var problems) =>
                new Nothing(string.Join("; ", problems.Select(problem => $"{problem.Found}, expected {problem.Expected}"))),
        };
    }

    private static Encodings Of(Instruction instruction, Program program) => new(
        [instruction.Form],
        [
            Disassembler.Print(instruction, Syntax.Conformance),
            Disassembler.Print(instruction, Syntax.Llvm),
            Fields(program.Slots[0]),
        ]);

    private static string Fields(Slot slot) =>
        $"opcode 0x{slot.Opcode:x2}, dst_reg {slot.Destination}, src_reg {slot.Source}, offset {slot.Offset}, "
        + $"imm {slot.Immediate} (0x{slot.Immediate:x})";

    // sdiv64 names what div64 and an offset of 1 are called in assembly, whichever the second operand is.
    private static string[] Names(Form form)
    {
        var tail = form.Id[(form.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var both = form.Operand is SourceOperand.None
            || !(tail.EndsWith("-k", StringComparison.Ordinal) || tail.EndsWith("-x", StringComparison.Ordinal))
            ? tail
            : tail[..^2];
        return [form.Id, tail, both, form.Mnemonic, form.Operation.Mnemonic, Place.IdOf(form.Operation)];
    }
}

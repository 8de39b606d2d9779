using System.Globalization;
using System.Text;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Images.Inputs;

/// <summary>The sections of an object as text, nothing linked.</summary>
/// <remarks>
/// Names longer than 255 characters are cut, because each may stand on any number of lines. What RFC 9669 does not
/// define is named in a comment. Linear in the number of slots and relocations.
/// </remarks>
public static class SectionText
{
    private const int LongestName = 255;

    /// <summary>Assembly text that <c>asm</c> reads back to the section's slots; names and relocations are comments.</summary>
    /// <param name="range">Which slots.</param>
    /// <param name="syntax">The syntax of the instructions.</param>
    public static string Assembly(CodeRange range, Syntax syntax)
    {
        var section = range.Section;
        var names = Names(section).ToLookup(static symbol => symbol.Slot, static symbol => symbol.Name);
        var references = BySlot(section);
        var slots = Program.Of(section.Slots.AsSpan());
        var text = new StringBuilder($"# section {Cut(section.Name)}\n");
        for (var index = range.First; index < range.End;)
        {
            foreach (var name in names[index]) text.Append($"# {name}:\n");
            var (instruction, length) = Instruction(slots, index, syntax);
            text.Append(instruction);
            for (var slot = index; slot < index + length; slot++)
            {
                foreach (var reference in references[slot]) text.Append($"  # {reference.Type} {Cut(reference.Symbol)}");
            }

            text.Append('\n');
            index += length;
        }

        return text.ToString();
    }

    /// <summary>The lines of a program, each as the assembler reads it; what RFC 9669 does not define is named.</summary>
    public static string Assembly(Program program, Syntax syntax)
    {
        var text = new StringBuilder();
        for (var index = 0; index < program.Length;)
        {
            var (instruction, length) = Instruction(program, index, syntax);
            text.Append(instruction).Append('\n');
            index += length;
        }

        return text.ToString();
    }

    /// <summary>The listing of <c>llvm-objdump -dr</c>: slot, bytes as the file has them, text, relocations.</summary>
    /// <param name="range">Which slots.</param>
    /// <param name="isAlone">Whether nothing else is listed; otherwise a heading begins it.</param>
    public static string Listing(CodeRange range, bool isAlone)
    {
        var section = range.Section;
        var references = BySlot(section);
        var slots = Program.Of(section.Slots.AsSpan());
        var listing = Disassembler.Listing(slots, Names(section).ToSequence(), Cut(section.Name));
        var text = new StringBuilder(isAlone ? "" : $"Disassembly of section {Cut(section.Name)}:\n\n");
        var isInside = true;
        foreach (var line in listing.TrimEnd('\n').Split('\n'))
        {
            var columns = line.Split('\t', 3);
            if (SlotOfName(line) is { } named) isInside = named >= range.First && named < range.End;
            if (!isInside) continue;
            if (columns.Length < 3
                || !int.TryParse(columns[0].TrimEnd(':'), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var index))
            {
                text.Append(line).Append('\n');
                continue;
            }

            // Three characters a byte, but for the last.
            var length = (columns[1].Length + 1) / 3;
            var bytes = string.Join(
                ' ', section.Stored.AsSpan().Slice(index * Slot.Size, length).ToArray().Select(static value => $"{value:x2}"));
            text.Append(CultureInfo.InvariantCulture, $"{columns[0]}\t{bytes}\t{columns[2]}{Comment(slots, index)}\n");
            for (var slot = index; slot < index + (length / Slot.Size); slot++)
            {
                foreach (var reference in references[slot])
                    text.Append(CultureInfo.InvariantCulture, $"\t\t{reference.Offset:x16}:  {reference.Type}\t{Cut(reference.Symbol)}\n");
            }
        }

        // Between functions stands an empty line, which ends none.
        return text.ToString().TrimEnd('\n') + "\n";
    }

    // The slot of a line such as "0000000000000010 <name>:".
    private static long? SlotOfName(string line)
    {
        const int digits = 16;
        return line.Length > digits && line[digits] == ' '
            && long.TryParse(line.AsSpan(0, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            ? address / Slot.Size
            : null;
    }

    private static (string Text, int Slots) Instruction(Program program, int index, Syntax syntax) =>
        Semantics.Validity.Preflight.Decode(program, index) switch
        {
            Decoded.Valid(var instruction) => (Disassembler.Print(instruction, syntax), instruction.Form.Layout.Slots),
            Decoded.Malformed => (
                Disassembler.Text(new([program.Slots[index]]), syntax).TrimEnd('\n'), 1),
        };

    private static string Comment(Program program, int index) =>
        Semantics.Validity.Preflight.Decode(program, index) is Decoded.Malformed && OutsideRfc.Of(program.Slots[index]) is { } known
            ? $"  # {known}" : "";

    private static IEnumerable<Symbol> Names(CodeSection section) =>
    [
        .. section.Functions.Select(static function => new Symbol(Cut(function.Name), function.Slot)),
        .. section.Labels.Select(static label => new Symbol(Cut(label.Name), label.Slot)),
    ];

    private static ILookup<int, CodeReference> BySlot(CodeSection section) =>
        section.References
            .Where(reference => reference.Offset < (ulong)section.Slots.Count)
            .ToLookup(static reference => (int)(reference.Offset / Slot.Size));

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}

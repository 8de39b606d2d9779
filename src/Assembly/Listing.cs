using System.Globalization;
using System.Text;
using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly;

/// <summary>The listing of a program, being written.</summary>
internal sealed class Listing
{
    private readonly Program program;
    private readonly Symbol[] symbols;
    private readonly Dictionary<int, Symbol> bySlot;
    private readonly StringBuilder text = new();

    /// <summary>A listing of a program with the given names.</summary>
    public Listing(Program program, Sequence<Symbol> symbols, string section)
    {
        this.program = program;
        var named = symbols.GroupBy(symbol => symbol.Slot).Select(Last);
        var start = symbols.Any(symbol => symbol.Slot == 0) ? [] : new[] { new Symbol(section, 0) };
        this.symbols = [.. start.Concat(named).OrderBy(symbol => symbol.Slot)];
        bySlot = this.symbols.ToDictionary(symbol => symbol.Slot);
    }

    /// <summary>The lines, each ended by a line feed.</summary>
    public override string ToString()
    {
        text.Clear();
        for (var index = 0; index < program.Length;)
        {
            AppendHeader(index);
            index += AppendZeros(index) is > 0 and var zeros ? zeros : AppendInstruction(index);
        }

        return text.ToString();
    }

    private static Symbol Last(IEnumerable<Symbol> symbols) =>
        symbols.OrderBy(symbol => symbol.Name, StringComparer.Ordinal).Last();

    private void AppendHeader(int index)
    {
        if (SymbolAt(index) is not { } symbol) return;
        if (index > 0) text.Append('\n');
        text.Append($"{(long)index * Slot.Size:x16} <{symbol.Name}>:\n");
    }

    // Zeros up to the next symbol; no instruction is zero.
    private int AppendZeros(int index)
    {
        var count = 0;
        while (index + count < program.Length
            && program.Slots[index + count].Bits == 0
            && (count == 0 || SymbolAt(index + count) is null))
        {
            count++;
        }

        if (count > 0) text.Append("\t\t...\n");
        return count;
    }

    private int AppendInstruction(int index)
    {
        var instruction = Disassembler.At(program, index);
        var length = instruction?.Form.Layout.Slots ?? 1;
        text.Append(CultureInfo.InvariantCulture, $"{index,8}:\t");
        text.AppendJoin(' ', program.Slots.AsSpan().Slice(index, length).ToArray().SelectMany(Bytes));
        text.Append('\t').Append(instruction is { } known ? Print(known, index) : "<unknown>").Append('\n');
        return length;
    }

    private static IEnumerable<string> Bytes(Slot slot) =>
        slot.ToString().Chunk(2).Select(digits => new string(digits));

    private string Print(Instruction instruction, int index)
    {
        var values = FieldValues.Of(instruction);
        var form = instruction.Form;
        var line = LlvmPatterns.Listed(form).Print(values);
        return form.Operation is JumpOperation
            ? line + Target((long)index + form.Layout.Slots + values[form.Displacement[0]])
            : line;
    }

    // The last symbol at or before the target, and how many bytes after it; addresses before 0 wrap around.
    private string Target(long slot)
    {
        var nearest = NearestTo((ulong)slot);
        var distance = (slot - nearest.Slot) * Slot.Size;
        return distance == 0 ? $" <{nearest.Name}>" : $" <{nearest.Name}+0x{distance:x}>";
    }

    // By halves: a long program has many symbols, and a jump in every other slot.
    private Symbol NearestTo(ulong slot)
    {
        var (low, high) = (0, symbols.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if ((ulong)symbols[middle].Slot <= slot) low = middle;
            else high = middle;
        }

        return symbols[low];
    }

    private Symbol? SymbolAt(int index) => bySlot.GetValueOrDefault(index);
}

using System.Numerics;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Objects;

/// <content>Directives that stand for bytes.</content>
internal sealed partial class ObjectBuilder
{
    // What LLVM fills code with: a slot that is no instruction, and that nothing reaches.
    private static readonly byte[] CodeFiller = [0, 0, 0, 0x15, 0, 0, 0, 0];

    private Misuse? Align(Arguments arguments, bool isPower)
    {
        if (Number(arguments, 0, isPower ? 12UL : 4096) is not { } number || (!isPower && number != 0 && !BitOperations.IsPow2(number)))
            return arguments.Wrong(0, isPower ? "a power of two: its exponent, up to 12" : "an alignment: a power of two up to 4096");
        var alignment = isPower ? 1UL << (int)number : Math.Max(1, number);
        var filler = 0UL;
        var isFilled = arguments.Count > 1 && arguments.Joined(1) != "";
        if (isFilled)
        {
            if (Number(arguments, 1, byte.MaxValue) is not { } given) return arguments.Wrong(1, "a byte to fill with");
            filler = given;
        }

        var most = ulong.MaxValue;
        if (arguments.Count > 2)
        {
            if (Number(arguments, 2, MaximumSize) is not { } limit) return arguments.Wrong(2, "the most bytes to add");
            most = limit;
        }

        var padding = Padding(current.Size, alignment);
        if (padding > most) return null;
        current.Alignment = Math.Max(current.Alignment, alignment);
        if (isFilled || !current.IsCode) return Grow(current, padding, (byte)filler, arguments);
        if (padding % Slot.Size != 0)
        {
            return new(
                arguments.Name.Column,
                $"code of {current.Size} bytes",
                $"a multiple of {Slot.Size}, as instructions have, or a byte to fill with");
        }

        for (var i = 0UL; i < padding; i += Slot.Size) current.Add(CodeFiller, arguments.Line);
        return null;
    }

    private Misuse? Text(Arguments arguments, bool isEnded)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments.Bytes(i) is not { } bytes) return arguments.Wrong(i, "text in quotes");
            if (Put(isEnded ? [.. bytes, 0] : bytes, arguments, i) is { } problem) return problem;
        }

        return arguments.Count == 0 ? arguments.Wrong(0, "text in quotes") : null;
    }

    private Misuse? Fill(Arguments arguments)
    {
        if (Number(arguments, 0, MaximumSize) is not { } count) return arguments.Wrong(0, $"a number of bytes up to {MaximumSize}");
        var filler = arguments.Count > 1 ? Number(arguments, 1, byte.MaxValue) : 0;
        return filler is { } value ? Grow(current, count, (byte)value, arguments) : arguments.Wrong(1, "a byte to fill with");
    }

    private Misuse? Repeat(Arguments arguments)
    {
        if (Number(arguments, 0, MaximumSize) is not { } count) return arguments.Wrong(0, $"a count up to {MaximumSize}");
        var size = arguments.Count > 1 ? Number(arguments, 1, 8) : 1;
        if (size is not { } width) return arguments.Wrong(1, "a number of bytes up to 8");
        var value = arguments.Count > 2 ? Number(arguments, 2, ulong.MaxValue) : 0;
        if (value is not { } number) return arguments.Wrong(2, "a number of 64 bits");
        if (Room(current, count * width, arguments) is { } problem) return problem;
        for (var i = 0UL; i < count && current.IsKept; i++) current.Add(Little(number, (int)width), arguments.Line);
        return null;
    }

    private Misuse? Integer(Arguments arguments, int width)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments.Sum(i, Symbols.Constants) is not { } sum) return arguments.Wrong(i, "a number, or a label");
            if (!current.IsKept) continue;
            var limit = BigInteger.One << (width * 8);
            if (sum.IsNumber && (sum.Number >= limit || sum.Number < -(limit / 2)))
                return arguments.Wrong(i, $"a number of {width * 8} bits");
            if (!sum.IsNumber && current.Type is SectionType.Zeros) return OnlyZeros(arguments, i);
            var offset = current.Size;
            if (Put(Little(sum.Number, width), arguments, i) is { } problem) return problem;
            if (!sum.IsNumber) Refer(arguments, i, width, Meant(sum), offset);
        }

        return arguments.Count == 0 ? arguments.Wrong(0, "a number, or a label") : null;
    }

    private Sum Meant(Sum sum) => sum with
    {
        Plus = sum.Plus is { } plus ? plus with { Text = Symbols.Meant(plus) } : null,
        Minus = sum.Minus is { } minus ? minus with { Text = Symbols.Meant(minus) } : null,
    };

    // Notes a reference from data to labels, which may be defined later.
    private void Refer(Arguments arguments, int index, int width, Sum sum, ulong offset)
    {
        var section = current;
        fixups.Add(() =>
        {
            if (Value(sum) is { } value)
            {
                section.Replace(offset, Little(value, width));
                return;
            }

            if (sum is not { Plus: { } label, Minus: null } || width < 4)
            {
                var expected = width < 4 ? "a number; an address has 4 or 8 bytes" : "labels of one section, defined here";
                errors.Add(arguments.Wrong(index, expected).At(arguments.Line));
                return;
            }

            if (Unreferable(label, label.Text, arguments.Line) is { } problem)
            {
                errors.Add(problem);
                return;
            }

            var symbol = Symbols[label.Text];
            var addend = sum.Number + (IsTemporary(symbol) ? symbol.Offset : 0);
            section.Replace(offset, Little(addend, width));
            section.Relocations.Add((offset, width == 8 ? RelocationType.Data64 : RelocationType.Data32, label.Text));
            needs.Add(new(AssemblyErrorKind.NeedsObject, arguments.Line, label.Column, $"an address, {label.Found}, in data", AsObject));
        });
    }

    private Misuse? Leb(Arguments arguments, bool isSigned)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!current.IsKept) continue;
            if (arguments.Sum(i, Symbols.Constants) is not { } sum || Value(sum) is not { } number || (!isSigned && number < 0))
                return arguments.Wrong(i, isSigned ? "a number" : "a number that is not negative");
            if (Put(Leb(number, isSigned), arguments, i) is { } problem) return problem;
        }

        return null;
    }

    private static byte[] Leb(BigInteger number, bool isSigned)
    {
        var bytes = new List<byte>();
        while (true)
        {
            var low = (byte)(number & 0x7f);
            number >>= 7;
            var isLast = isSigned ? (number.IsZero && low < 0x40) || (number == -1 && low >= 0x40) : number.IsZero;
            bytes.Add(isLast ? low : (byte)(low | 0x80));
            if (isLast) return [.. bytes];
        }
    }

    private Misuse? Put(byte[] bytes, Arguments arguments, int index)
    {
        if (!current.IsKept) return null;
        if (current.Type is SectionType.Zeros && bytes.AsSpan().ContainsAnyExcept((byte)0))
            return OnlyZeros(arguments, index);
        if (Room(current, (ulong)bytes.Length, arguments) is { } problem) return problem;
        current.Add(bytes, arguments.Line);
        return null;
    }

    private Misuse OnlyZeros(Arguments arguments, int index) => arguments.Wrong(index, $"zeros: {current.Name} holds nothing else");

    private static Misuse? Grow(SectionBuilder section, ulong count, byte filler, Arguments arguments)
    {
        if (!section.IsKept) return null;
        if (Room(section, count, arguments) is { } problem) return problem;
        var bytes = new byte[count];
        bytes.AsSpan().Fill(filler);
        section.Add(bytes, arguments.Line);
        return null;
    }

    private static Misuse? Room(SectionBuilder section, ulong count, Arguments arguments) =>
        section.IsKept && section.Size + count > MaximumSize
            ? new(arguments.Name.Column, $"{section.Size + count} bytes in {Token.Quote(section.Name)}", $"at most {MaximumSize}")
            : null;
}

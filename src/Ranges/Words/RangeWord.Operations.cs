using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Words;

public sealed partial class RangeWord
{
    public static RangeWord operator +(RangeWord left, RangeWord right)
    {
        if (left.Base is not null && right.Base is not null) return Any(left.Width);
        if (right.IsZeroNumber) return left;
        if (left.IsZeroNumber) return right;
        if (AreNumbers(left, right)) return Constant(left.Values.Arc.Start.Value + right.Values.Arc.Start.Value, Width.Bits64);
        return new(
            Apply(left, right, static (one, other) => one + other, static (one, other) => one + other),
            left.Base ?? right.Base,
            Linked(left, right, static (one, other) => one + other),
            Low(left, right, static (one, other) => one + other) as Origin ?? new Origin.Sum(left, right));
    }

    public static RangeWord operator -(RangeWord left, RangeWord right)
    {
        if (right.Base is not null && !Equals(left.Base, right.Base)) return Any(left.Width);
        if (right.IsZeroNumber) return left;
        var link = Linked(left, right, static (one, other) => one - other);
        var @base = right.Base is null ? left.Base : null;
        if (@base is null && link is { Scale: 0, Offset: var distance }) return Constant(distance, left.Width);
        return new(
            Apply(left, right, static (one, other) => one - other, static (one, other) => one - other),
            @base,
            link,
            Low(left, right, static (one, other) => one - other) as Origin ?? new Origin.Difference(left, right));
    }

    public static RangeWord operator *(RangeWord left, RangeWord right) => Of(
        left,
        right,
        static (one, other) => one * other,
        static (one, other) => one * other,
        left.IsKnown(out var factor) ? Times(right, factor) : right.IsKnown(out factor) ? Times(left, factor) : null,
        left.IsOne || right.IsOne ? static (one, other) => one * other : null);

    public static RangeWord operator &(RangeWord left, RangeWord right)
    {
        if (AreSame(left, right)) return left;
        if (left.Base is null && right.Base is null)
        {
            if (Tnum<Word>.IsKept(left.Values.Bits, right.Values.Bits).Value) return left;
            if (Tnum<Word>.IsKept(right.Values.Bits, left.Values.Bits).Value) return right;
        }

        var result = Of(left, right, static (one, other) => one & other, static (one, other) => one & other);
        return left.Base is null && right.Base is null ? new(result.Values, null, null, new Origin.Conjunction(left, right)) : result;
    }

    public static RangeWord operator |(RangeWord left, RangeWord right)
    {
        if (right.IsZeroNumber || AreSame(left, right)) return left;
        if (left.IsZeroNumber) return right;
        return Of(left, right, static (one, other) => one | other, static (one, other) => one | other);
    }

    public static RangeWord operator ^(RangeWord left, RangeWord right)
    {
        if (AreSame(left, right)) return Constant(0, left.Width);
        if (right.IsZeroNumber) return left;
        if (left.IsZeroNumber) return right;
        return Of(left, right, static (one, other) => one ^ other, static (one, other) => one ^ other);
    }

    public static RangeWord ShiftLeft(RangeWord value, RangeWord amount)
    {
        // An amount may be the low part of a word that is greater: a whole word is shifted by it all the same.
        if (amount.IsZeroNumber) return value;
        var isSmall = amount.IsKnown(out var by) && by < 64;
        return Of(
            value,
            amount,
            Word.ShiftLeft,
            ValueRange<Word>.ShiftLeft,
            isSmall ? Times(value, 1UL << (int)by) : null,
            isSmall ? (one, _) => ShiftLeft(one, Constant(by, one.Width)) : null);
    }

    public static RangeWord ShiftRightLogical(RangeWord value, RangeWord amount) => amount.IsZeroNumber
        ? value
        : amount.IsKnown(out var by) && by < 64
            ? Divided(Of(value, amount, Word.ShiftRightLogical, ValueRange<Word>.ShiftRightLogical), value, 1UL << (int)by)
            : Of(value, amount, Word.ShiftRightLogical, ValueRange<Word>.ShiftRightLogical);

    public static RangeWord ShiftRightArithmetic(RangeWord value, RangeWord amount) => amount.IsZeroNumber
        ? value
        : Of(value, amount, Word.ShiftRightArithmetic, ValueRange<Word>.ShiftRightArithmetic);

    public static RangeWord DivideUnsigned(RangeWord dividend, RangeWord divisor)
    {
        var quotient = Of(dividend, divisor, Word.DivideUnsigned, ValueRange<Word>.DivideUnsigned);
        return divisor.IsKnown(out var by) && by != 0 ? Divided(quotient, dividend, by) : quotient;
    }

    public static RangeWord RemainderUnsigned(RangeWord dividend, RangeWord divisor) =>
        Of(dividend, divisor, Word.RemainderUnsigned, ValueRange<Word>.RemainderUnsigned);

    public static RangeWord DivideSigned(RangeWord dividend, RangeWord divisor) =>
        Of(dividend, divisor, Word.DivideSigned, ValueRange<Word>.DivideSigned);

    public static RangeWord RemainderSigned(RangeWord dividend, RangeWord divisor) =>
        Of(dividend, divisor, Word.RemainderSigned, ValueRange<Word>.RemainderSigned);

    public RangeWord Slice(int lowest, Width width)
    {
        if (width == Width) return this;
        var origin = lowest == 0 ? new Origin.LowPart(this) : null;
        return Base is not null
            ? new(ValueRange<Word>.Any(width), null, null, origin)
            : new(
                IsOne ? ValueRange<Word>.Constant(Values.Arc.Start.Slice(lowest, width)) : Values.Slice(lowest, width),
                null,
                lowest == 0 ? Link : null,
                origin);
    }

    public RangeWord Low(Width width) => Slice(0, width);

    public RangeWord ZeroExtend(Width width)
    {
        if (width == Width) return this;
        var values = IsOne ? ValueRange<Word>.Constant(Values.Arc.Start.ZeroExtend(width)) : Values.ZeroExtend(width);
        return Origin is Origin.LowPart(var whole) && whole.Width == width && whole.Base is null
            && whole.Values.Greatest.Value <= Width.Mask
                ? Fitting(whole, values)
                : new(values);
    }

    public RangeWord SignExtend(Width width)
    {
        if (width == Width) return this;
        var values = IsOne ? ValueRange<Word>.Constant(Values.Arc.Start.SignExtend(width)) : Values.SignExtend(width);
        var highest = (long)(Width.Mask >> 1);
        return Origin is Origin.LowPart(var whole) && whole.Width == width && whole.Base is null
            && whole.Values.LeastSigned.Signed >= -highest - 1 && whole.Values.GreatestSigned.Signed <= highest
                ? Fitting(whole, values)
                : new(values);
    }

    public RangeWord ReverseBytes() => Base is not null
        ? Any(Width)
        : new(IsOne ? ValueRange<Word>.Constant(Values.Arc.Start.ReverseBytes()) : Values.ReverseBytes());

    private static RangeWord Divided(RangeWord quotient, RangeWord dividend, ulong divisor) => dividend.Base is null
        ? new(quotient.Values, null, null, new Origin.Quotient(dividend, divisor))
        : quotient;

    // A word whose low part, extended again, is itself; both say what its values are.
    private static RangeWord Fitting(RangeWord whole, ValueRange<Word> values)
    {
        if (whole.IsOne) return whole;
        var both = ValueRange<Word>.Meet(whole.Values, values);
        return both.IsEmpty.Value ? whole : whole.With(both.Set);
    }

    // An operation of numbers; of addresses, nothing is known.
    private static RangeWord Of(
        RangeWord left,
        RangeWord right,
        Func<Word, Word, Word> ofOne,
        Func<ValueRange<Word>, ValueRange<Word>, ValueRange<Word>> ofMany,
        Link? link = null,
        Func<RangeWord, RangeWord, RangeWord>? ofWhole = null) =>
        left.Base is not null || right.Base is not null
            ? Any(left.Width)
            : new(Apply(left, right, ofOne, ofMany), null, link, ofWhole is null ? null : Low(left, right, ofWhole));

    private static ValueRange<Word> Apply(
        RangeWord left,
        RangeWord right,
        Func<Word, Word, Word> ofOne,
        Func<ValueRange<Word>, ValueRange<Word>, ValueRange<Word>> ofMany) => left.IsOne && right.IsOne
            ? ValueRange<Word>.Constant(ofOne(left.Values.Arc.Start, right.Values.Arc.Start))
            : ofMany(left.Values, right.Values);

    // The link of a sum or a difference: a constant has every value, none times.
    private static Link? Linked(RangeWord left, RangeWord right, Func<ulong, ulong, ulong> function)
    {
        if ((left.Link ?? Fixed(left, right.Link)) is not { } one || (right.Link ?? Fixed(right, left.Link)) is not { } other) return null;
        return one.Value == other.Value
            ? new(one.Value, function(one.Scale, other.Scale), function(one.Offset, other.Offset))
            : null;

        static Link? Fixed(RangeWord word, Link? beside) => beside is { } link && word.IsOne
            ? new(link.Value, 0, word.Values.Arc.Start.Value)
            : null;
    }

    private static Link? Times(RangeWord word, ulong factor) =>
        word.Base is null && word.Link is { } link ? new(link.Value, link.Scale * factor, link.Offset * factor) : null;

    // Sums, differences and products of low parts are the low parts of those of the whole words.
    private static Origin.LowPart? Low(RangeWord left, RangeWord right, Func<RangeWord, RangeWord, RangeWord> function) =>
        left.Origin is Origin.LowPart(var one) && right.Origin is Origin.LowPart(var other) && one.Width == other.Width
        && one.Base is null && other.Base is null
            ? new(function(one, other))
            : null;

    // Two whole words of one number each: of what they were made nothing is to be found out.
    private static bool AreNumbers(RangeWord left, RangeWord right) =>
        left.IsOne && right.IsOne && left.Width == Width.Bits64 && right.Width == Width.Bits64
        && left.Base is null && right.Base is null && left.Link is null && right.Link is null;

    private bool IsZeroNumber => Base is null && IsOne && Values.Arc.Start.Value == 0;

    // Whether two are surely one word.
    private static bool AreSame(RangeWord left, RangeWord right) =>
        Equals(left.Base, right.Base)
        && ((left.Link is { } link && link == right.Link)
            || (left.IsOne && right.IsOne && left.Values.Arc.Start == right.Values.Arc.Start));
}

using System.Globalization;
using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

/// <summary>A set of words that follow each other on the circle of all words: from start to start + span, modulo 2^width.</summary>
/// <remarks>One arc says what an unsigned and a signed interval say, and what neither does: it may cross 0 and the signed end.</remarks>
/// <param name="Start">The first member.</param>
/// <param name="Span">The distance from the first member to the last, unsigned; all ones of the set of all words.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly partial record struct Arc<T>(T Start, T Span)
    where T : IWord<T>
{
    /// <summary>The number of bits of its members.</summary>
    public Width Width => Start.Width;

    /// <summary>The last member.</summary>
    public T End => Start + Span;

    /// <summary>Whether it goes from the greatest unsigned word on to zero.</summary>
    public Truth<T> Wraps => T.LessUnsigned(End, Start);

    /// <summary>Whether it has all words.</summary>
    public Truth<T> IsFull => T.Same(Span, Ones<T>(Width));

    /// <summary>Whether it has one member only.</summary>
    public Truth<T> IsConstant => T.IsZero(Span);

    /// <summary>The least and the greatest member, unsigned.</summary>
    public Interval<T> Unsigned => new(
        T.Choose(Wraps, T.Zero(Width), Start), T.Choose(Wraps, Ones<T>(Width), End));

    /// <summary>The least and the greatest member, signed.</summary>
    public Interval<T> Signed
    {
        get
        {
            // Shifted by half the circle, the signed order is the unsigned one.
            var half = T.LeastSigned(Width);
            var shifted = new Arc<T>(Start + half, Span).Unsigned;
            return new(shifted.Lowest - half, shifted.Highest - half);
        }
    }

    /// <summary>The set of one word.</summary>
    public static Arc<T> Constant(T value) => new(value, T.Zero(value.Width));

    /// <summary>The set of all words of a width.</summary>
    public static Arc<T> Full(Width width) => new(T.Zero(width), Ones<T>(width));

    /// <summary>The words from one to another, upwards and around the end if need be.</summary>
    public static Arc<T> Between(T start, T end) => new(start, end - start);

    /// <summary>Whether a word is a member.</summary>
    public Truth<T> Contains(T word) => T.AtMost(word - Start, Span);

    /// <summary>One of two.</summary>
    public static Arc<T> Choose(Truth<T> condition, Arc<T> then, Arc<T> otherwise) =>
        new(T.Choose(condition, then.Start, otherwise.Start), T.Choose(condition, then.Span, otherwise.Span));

    /// <summary>The one with fewer members; the first if they have as many.</summary>
    public static Arc<T> Shorter(Arc<T> first, Arc<T> second) => Choose(T.LessUnsigned(second.Span, first.Span), second, first);

    /// <summary>Whether all members of this one are members of another.</summary>
    public Truth<T> IsIncludedIn(Arc<T> other)
    {
        var first = Start - other.Start;
        return other.IsFull | (T.AtMost(first, other.Span) & T.AtMost(Span, other.Span - first));
    }

    /// <summary>The shortest arc with the members of both: the circle without the larger gap between them.</summary>
    public static Arc<T> Join(Arc<T> left, Arc<T> right)
    {
        // Of two that are as short, the one that begins lower: so the order of the operands does not matter.
        var (first, second) = (From(left, right), From(right, left));
        return Choose(
            T.LessUnsigned(second.Span, first.Span) | (T.Same(second.Span, first.Span) & T.LessUnsigned(second.Start, first.Start)),
            second,
            first);
    }

    // From the start of one until both are covered.
    private static Arc<T> From(Arc<T> one, Arc<T> other)
    {
        var until = (other.Start - one.Start) + other.Span;
        return Choose(
            T.LessUnsigned(until, other.Span), Full(one.Width), new(one.Start, Greater(one.Span, until)));
    }

    /// <summary>The shortest part of another arc that has all members of both: empty exactly if there is none.</summary>
    public MaybeEmpty<Arc<T>, T> Within(Arc<T> other)
    {
        // As seen from the other's start.
        var first = Start - other.Start;
        var last = first + Span;
        var wraps = T.LessUnsigned(last, first);
        var beginsInside = T.AtMost(first, other.Span);
        var least = T.Choose(wraps, T.Zero(Width), first);
        var greatest = T.Choose(wraps & beginsInside, other.Span, Smaller(last, other.Span));
        return new(new(other.Start + least, greatest - least), !wraps & !beginsInside);
    }

    /// <summary>
    /// A shortest arc, of the two and what they have in common, that has all members of both: empty exactly if there is none.
    /// </summary>
    /// <remarks>Two arcs may meet at both their ends; then the shorter of them is the answer. So this is not monotone.</remarks>
    public static MaybeEmpty<Arc<T>, T> Meet(Arc<T> left, Arc<T> right)
    {
        var part = left.Within(right);
        return part with { Set = Shorter(part.Set, left) };
    }

    /// <summary>An arc cut to the first of some words from its start on and the last until its end; empty if the first is beyond.</summary>
    internal static MaybeEmpty<Arc<T>, T> Trimmed(Arc<T> arc, T first, T last) =>
        new(Between(first, last), T.LessUnsigned(arc.Span, first - arc.Start));

    /// <summary>An arc without a word, if that is at one of its ends.</summary>
    internal static MaybeEmpty<Arc<T>, T> Without(Arc<T> arc, T word)
    {
        var one = One<T>(arc.Width);
        var isFirst = T.Same(arc.Start, word);
        var shorter = Choose(
            arc.IsFull,
            Between(word + one, word - one),
            Choose(isFirst, new(arc.Start + one, arc.Span - one), Choose(T.Same(arc.End, word), new(arc.Start, arc.Span - one), arc)));
        var isEmpty = isFirst & arc.IsConstant;
        return new(Choose(isEmpty, arc, shorter), isEmpty);
    }

    /// <summary>Whether there is a member of both.</summary>
    public static Truth<T> Overlap(Arc<T> left, Arc<T> right) => !left.Within(right).IsEmpty;

    /// <summary>The least and the greatest member, as in <c>[0, 92]</c>: signed if they cross zero, else unsigned.</summary>
    public override string ToString()
    {
        if (!Start.IsKnown(out var start) || !Span.IsKnown(out var span)) return $"({Start}, {Span})";
        if (span == Width.Mask) return "any";
        var bits = Width.Bits;
        var end = (start + span) & Width.Mask;
        return end < start || (start >> (bits - 1)) != 0
            ? $"[{Signed(start)}, {Signed(end)}]"
            : string.Create(CultureInfo.InvariantCulture, $"[{start}, {end}]");

        string Signed(ulong number) =>
            ((long)(number << (64 - bits)) >> (64 - bits)).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Two words and all between them, in an order that who speaks of it names.</summary>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly record struct Interval<T>(T Lowest, T Highest)
    where T : IWord<T>
{
    /// <summary>One of two.</summary>
    public static Interval<T> Choose(Truth<T> condition, Interval<T> then, Interval<T> otherwise) =>
        new(T.Choose(condition, then.Lowest, otherwise.Lowest), T.Choose(condition, then.Highest, otherwise.Highest));

    /// <summary>The same words as an arc.</summary>
    public Arc<T> Arc => Arc<T>.Between(Lowest, Highest);
}

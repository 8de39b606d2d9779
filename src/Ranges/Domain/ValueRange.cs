using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

/// <summary>A set of words by their bits and by an arc that they lie on: the words that are members of both.</summary>
/// <param name="Bits">What is known of each bit.</param>
/// <param name="Arc">Between which words.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly partial record struct ValueRange<T>(Tnum<T> Bits, Arc<T> Arc)
    where T : IWord<T>
{
    /// <summary>The number of bits of its members.</summary>
    public Width Width => Bits.Width;

    /// <summary>The least member is no less, unsigned.</summary>
    public T Least => Greater(Bits.Least, Arc.Unsigned.Lowest);

    /// <summary>The greatest member is no more, unsigned.</summary>
    public T Greatest => Smaller(Bits.Greatest, Arc.Unsigned.Highest);

    /// <summary>The least member is no less, signed.</summary>
    public T LeastSigned
    {
        get
        {
            var (bits, arc) = (Bits.LeastSigned, Arc.Signed.Lowest);
            return T.Choose(T.LessSigned(bits, arc), arc, bits);
        }
    }

    /// <summary>The greatest member is no more, signed.</summary>
    public T GreatestSigned
    {
        get
        {
            var (bits, arc) = (Bits.GreatestSigned, Arc.Signed.Highest);
            return T.Choose(T.LessSigned(arc, bits), arc, bits);
        }
    }

    /// <summary>Whether it surely has one member only.</summary>
    public Truth<T> IsConstant => Bits.IsConstant | Arc.IsConstant;

    /// <summary>The set of one word.</summary>
    public static ValueRange<T> Constant(T value) => new(Tnum<T>.Constant(value), Arc<T>.Constant(value));

    /// <summary>The set of all words of a width.</summary>
    public static ValueRange<T> Any(Width width) => new(Tnum<T>.Unknown(width), Arc<T>.Full(width));

    /// <summary>The words from the lowest to the highest, unsigned.</summary>
    public static ValueRange<T> Between(T lowest, T highest) => Of(Arc<T>.Between(lowest, highest));

    /// <summary>The members of an arc.</summary>
    public static ValueRange<T> Of(Arc<T> arc) => new(Tnum<T>.FromArc(arc), arc);

    /// <summary>Whether a word is a member.</summary>
    public Truth<T> Contains(T word) => Bits.Contains(word) & Arc.Contains(word);

    /// <summary>Whether all members of this one are members of another, as far as bits and arcs tell one by one.</summary>
    public Truth<T> IsIncludedIn(ValueRange<T> other) => Bits.IsIncludedIn(other.Bits) & Arc.IsIncludedIn(other.Arc);

    /// <summary>One of two.</summary>
    public static ValueRange<T> Choose(Truth<T> condition, ValueRange<T> then, ValueRange<T> otherwise) =>
        new(Tnum<T>.Choose(condition, then.Bits, otherwise.Bits), Arc<T>.Choose(condition, then.Arc, otherwise.Arc));

    /// <summary>A set that has the members of both.</summary>
    public static ValueRange<T> Join(ValueRange<T> left, ValueRange<T> right) =>
        new(Tnum<T>.Join(left.Bits, right.Bits), Arc<T>.Join(left.Arc, right.Arc));

    /// <summary>The members of both, as far as bits and arcs tell.</summary>
    public static MaybeEmpty<ValueRange<T>, T> Meet(ValueRange<T> left, ValueRange<T> right)
    {
        var bits = Tnum<T>.Meet(left.Bits, right.Bits);
        var arc = Arc<T>.Meet(left.Arc, right.Arc);
        var reduced = new ValueRange<T>(bits.Set, arc.Set).Reduced();
        return reduced with { IsEmpty = reduced.IsEmpty | bits.IsEmpty | arc.IsEmpty };
    }

    /// <summary>The same members, said tighter: what bits say of the arc, and the arc of the bits, twice.</summary>
    public MaybeEmpty<ValueRange<T>, T> Reduced()
    {
        // What changes nothing would change nothing again.
        var once = ReducedOnce();
        if (once.Set.Equals(this)) return once;
        var twice = once.Set.ReducedOnce();
        return twice with { IsEmpty = once.IsEmpty | twice.IsEmpty };
    }

    private MaybeEmpty<ValueRange<T>, T> ReducedOnce()
    {
        var bits = Tnum<T>.Meet(Bits, Tnum<T>.FromArc(Arc));
        var arc = Trim(Arc, bits.Set);
        return new(new(bits.Set, arc.Set), bits.IsEmpty | arc.IsEmpty);
    }

    // A result whose parts are sets of the same words, of which there are some.
    private static ValueRange<T> Both(Tnum<T> bits, Arc<T> arc) => new ValueRange<T>(bits, arc).Reduced().Set;

    /// <summary>An arc cut at both ends to members by their bits; of the arc of all words, at the shorter of both views.</summary>
    internal static MaybeEmpty<Arc<T>, T> Trim(Arc<T> arc, Tnum<T> bits)
    {
        var trimmed = Arc<T>.Trimmed(arc, bits.FirstFrom(arc.Start), bits.LastUntil(arc.End));
        if (arc.IsFull.IsKnown(out var isFull) && !isFull) return trimmed;
        var all = Arc<T>.Shorter(
            Arc<T>.Between(bits.Least, bits.Greatest), Arc<T>.Between(bits.LeastSigned, bits.GreatestSigned));
        return trimmed with { Set = Arc<T>.Choose(arc.IsFull, all, trimmed.Set) };
    }

    /// <summary>The bounds, and the bits where they tell more, as in <c>[0, 92] 0b0xxxxx00</c>.</summary>
    public override string ToString()
    {
        if (Arc.IsConstant.IsKnown(out var isConstant) && isConstant) return Arc.Start.IsKnown(out var value) ? $"{value}" : $"{Arc.Start}";
        var bits = Tnum<T>.FromArc(Arc);
        return bits.Equals(Bits) ? Arc.ToString() : $"{Arc} {Bits}";
    }
}

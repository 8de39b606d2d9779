using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

/// <summary>Whether a relation of two words can hold, and whether it can fail, if they are members of two sets.</summary>
/// <param name="CanHold">Whether it may hold of some.</param>
/// <param name="CanFail">Whether it may fail of some.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly record struct Decision<T>(Truth<T> CanHold, Truth<T> CanFail)
    where T : IWord<T>;

/// <summary>Two sets, narrowed by a condition; where the condition is impossible, empty.</summary>
/// <param name="Left">The set of the left operand.</param>
/// <param name="Right">The set of the right operand.</param>
/// <param name="IsEmpty">Whether no members satisfy the condition.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly record struct NarrowedPair<T>(ValueRange<T> Left, ValueRange<T> Right, Truth<T> IsEmpty)
    where T : IWord<T>;

public readonly partial record struct ValueRange<T>
{
    /// <summary>Whether members can be equal, and whether they can differ.</summary>
    public static Decision<T> Same(ValueRange<T> left, ValueRange<T> right) => new(
        Tnum<T>.Overlap(left.Bits, right.Bits) & Arc<T>.Overlap(left.Arc, right.Arc),
        !(left.IsConstant & right.IsConstant & T.Same(left.Least, right.Least)));

    /// <summary>Whether a left member can be below a right one, unsigned, and whether it can be not below.</summary>
    public static Decision<T> LessUnsigned(ValueRange<T> left, ValueRange<T> right) => new(
        T.LessUnsigned(left.Least, right.Greatest), !T.LessUnsigned(left.Greatest, right.Least));

    /// <summary>Whether a left member can be below a right one, signed, and whether it can be not below.</summary>
    public static Decision<T> LessSigned(ValueRange<T> left, ValueRange<T> right) => new(
        T.LessSigned(left.LeastSigned, right.GreatestSigned), !T.LessSigned(left.GreatestSigned, right.LeastSigned));

    /// <summary>The members that can be equal to one of the other.</summary>
    public static NarrowedPair<T> WhereSame(ValueRange<T> left, ValueRange<T> right)
    {
        var both = Meet(left, right);
        return new(both.Set, both.Set, both.IsEmpty);
    }

    /// <summary>The members that can differ from one of the other: a constant at an end of an arc is cut off.</summary>
    public static NarrowedPair<T> WhereDifferent(ValueRange<T> left, ValueRange<T> right)
    {
        var (one, other) = (left.Without(right), right.Without(left));
        return new(one.Set, other.Set, one.IsEmpty | other.IsEmpty);
    }

    /// <summary>The members that can be below, on the left, and above, on the right; unsigned.</summary>
    public static NarrowedPair<T> WhereLessUnsigned(ValueRange<T> left, ValueRange<T> right) =>
        Narrow(left, right, Order.Of(left.Least, right.Greatest, isSigned: false, orSame: false));

    /// <summary>The members that can be at most, on the left, and at least, on the right; unsigned.</summary>
    public static NarrowedPair<T> WhereAtMostUnsigned(ValueRange<T> left, ValueRange<T> right) =>
        Narrow(left, right, Order.Of(left.Least, right.Greatest, isSigned: false, orSame: true));

    /// <summary>The members that can be below, on the left, and above, on the right; signed.</summary>
    public static NarrowedPair<T> WhereLessSigned(ValueRange<T> left, ValueRange<T> right) =>
        Narrow(left, right, Order.Of(left.LeastSigned, right.GreatestSigned, isSigned: true, orSame: false));

    /// <summary>The members that can be at most, on the left, and at least, on the right; signed.</summary>
    public static NarrowedPair<T> WhereAtMostSigned(ValueRange<T> left, ValueRange<T> right) =>
        Narrow(left, right, Order.Of(left.LeastSigned, right.GreatestSigned, isSigned: true, orSame: true));

    /// <summary>The members whose conjunction with a member of another set can be a member of a third.</summary>
    public static MaybeEmpty<ValueRange<T>, T> WhereConjunction(ValueRange<T> operand, ValueRange<T> other, ValueRange<T> result)
    {
        return Meet(operand, new(OfConjunction(other.Bits, result.Bits), Arc<T>.Full(operand.Width)));
    }

    /// <summary>The bits that a word has whose conjunction with a member of one set is a member of another.</summary>
    internal static Tnum<T> OfConjunction(Tnum<T> other, Tnum<T> result)
    {
        // A bit of the result that is one is one here; one that is zero is zero here where the other operand has a one.
        var zeros = Complement(result.Greatest) & other.Value;
        return new(result.Value, Complement(result.Value | zeros));
    }

    /// <summary>The words of a width whose low bits are members of a set.</summary>
    internal static Tnum<T> WithLow(Tnum<T> low, Width width) =>
        new(low.Value.ZeroExtend(width), low.Mask.ZeroExtend(width) | T.Constant(~low.Width.Mask, width));

    /// <summary>The members whose low bits can be members of a set of narrower words.</summary>
    public static MaybeEmpty<ValueRange<T>, T> WhereLow(ValueRange<T> value, ValueRange<T> low)
    {
        var bits = Tnum<T>.Meet(value.Bits, WithLow(low.Bits, value.Width));
        var arc = TrimLow(value.Arc, low.Arc);
        var reduced = new ValueRange<T>(bits.Set, arc.Set).Reduced();
        return reduced with { IsEmpty = reduced.IsEmpty | bits.IsEmpty | arc.IsEmpty };
    }

    /// <summary>An arc cut at both ends to words whose low bits lie on an arc of narrower words.</summary>
    internal static MaybeEmpty<Arc<T>, T> TrimLow(Arc<T> arc, Arc<T> low)
    {
        var width = arc.Width;
        var (first, last) = (arc.Start.Low(low.Width), arc.End.Low(low.Width));

        var skipped = Skipped(first, low).ZeroExtend(width);
        var dropped = Dropped(last, low).ZeroExtend(width);
        return new(
            Arc<T>.Choose(
                arc.IsFull | T.LessUnsigned(arc.Span, skipped), arc, Arc<T>.Between(arc.Start + skipped, arc.End - dropped)),
            T.LessUnsigned(arc.Span, skipped));
    }

    /// <summary>How far a word is from the next one on an arc, upwards.</summary>
    internal static T Skipped(T word, Arc<T> arc) => T.Choose(arc.Contains(word), T.Zero(arc.Width), arc.Start - word);

    /// <summary>How far a word is from the next one on an arc, downwards.</summary>
    internal static T Dropped(T word, Arc<T> arc) => T.Choose(arc.Contains(word), T.Zero(arc.Width), word - arc.End);

    // Without the one word that another set has, if it is at an end.
    private MaybeEmpty<ValueRange<T>, T> Without(ValueRange<T> other)
    {
        var without = Arc<T>.Without(Arc, other.Least);
        var isEmpty = other.IsConstant & without.IsEmpty;
        var reduced = new ValueRange<T>(Bits, Arc<T>.Choose(other.IsConstant, without.Set, Arc)).Reduced();
        return reduced with { IsEmpty = reduced.IsEmpty | isEmpty };
    }

    private static NarrowedPair<T> Narrow(ValueRange<T> left, ValueRange<T> right, Order order)
    {
        var (one, other) = (Meet(left, Of(order.Left)), Meet(right, Of(order.Right)));
        return new(one.Set, other.Set, one.IsEmpty | other.IsEmpty | order.IsImpossible);
    }

    /// <summary>Where two words lie of which one is below the other.</summary>
    /// <param name="Left">The arc of the lower.</param>
    /// <param name="Right">The arc of the higher.</param>
    /// <param name="IsImpossible">Whether there are no such two.</param>
    internal readonly record struct Order(Arc<T> Left, Arc<T> Right, Truth<T> IsImpossible)
    {
        /// <summary>Where they lie if the lower is no less than some word, and the higher no more than another.</summary>
        /// <param name="least">The word that the lower is no less than.</param>
        /// <param name="greatest">The word that the higher is no more than.</param>
        /// <param name="isSigned">Whether words are read as signed.</param>
        /// <param name="orSame">Whether they may be the same.</param>
        public static Order Of(T least, T greatest, bool isSigned, bool orSame)
        {
            var width = least.Width;
            var lowest = isSigned ? T.LeastSigned(width) : T.Zero(width);
            var step = T.Constant(orSame ? 0UL : 1, width);
            var isLess = isSigned ? T.LessSigned(least, greatest) : T.LessUnsigned(least, greatest);
            return new(
                Arc<T>.Between(lowest, greatest - step),
                Arc<T>.Between(least + step, Complement(lowest)),
                !(orSame ? isLess | T.Same(least, greatest) : isLess));
        }
    }
}

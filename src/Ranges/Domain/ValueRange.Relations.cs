using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

/// <summary>What a condition says of two words, given that they are members of two sets.</summary>
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
    public static NarrowedPair<T> WhereLessUnsigned(ValueRange<T> left, ValueRange<T> right)
    {
        var (least, greatest) = (left.Least, right.Greatest);
        var one = One<T>(left.Width);
        return Narrow(
            left,
            Arc<T>.Between(T.Zero(left.Width), greatest - one),
            right,
            Arc<T>.Between(least + one, Ones<T>(left.Width)),
            !T.LessUnsigned(least, greatest));
    }

    /// <summary>The members that can be at most, on the left, and at least, on the right; unsigned.</summary>
    public static NarrowedPair<T> WhereAtMostUnsigned(ValueRange<T> left, ValueRange<T> right)
    {
        var (least, greatest) = (left.Least, right.Greatest);
        return Narrow(
            left,
            Arc<T>.Between(T.Zero(left.Width), greatest),
            right,
            Arc<T>.Between(least, Ones<T>(left.Width)),
            T.LessUnsigned(greatest, least));
    }

    /// <summary>The members that can be below, on the left, and above, on the right; signed.</summary>
    public static NarrowedPair<T> WhereLessSigned(ValueRange<T> left, ValueRange<T> right)
    {
        var (least, greatest) = (left.LeastSigned, right.GreatestSigned);
        var one = One<T>(left.Width);
        return Narrow(
            left,
            Arc<T>.Between(T.LeastSigned(left.Width), greatest - one),
            right,
            Arc<T>.Between(least + one, Complement(T.LeastSigned(left.Width))),
            !T.LessSigned(least, greatest));
    }

    /// <summary>The members that can be at most, on the left, and at least, on the right; signed.</summary>
    public static NarrowedPair<T> WhereAtMostSigned(ValueRange<T> left, ValueRange<T> right)
    {
        var (least, greatest) = (left.LeastSigned, right.GreatestSigned);
        return Narrow(
            left,
            Arc<T>.Between(T.LeastSigned(left.Width), greatest),
            right,
            Arc<T>.Between(least, Complement(T.LeastSigned(left.Width))),
            T.LessSigned(greatest, least));
    }

    /// <summary>The members whose conjunction with a member of another set can be a member of a third.</summary>
    public static MaybeEmpty<ValueRange<T>, T> WhereConjunction(ValueRange<T> operand, ValueRange<T> other, ValueRange<T> result)
    {
        // A bit of the result that is one is one here; one that is zero is zero here where the other operand has a one.
        var zeros = Complement(result.Bits.Greatest) & other.Bits.Value;
        var ones = result.Bits.Value;
        return Meet(operand, new(new(ones, Complement(ones | zeros)), Arc<T>.Full(operand.Width)));
    }

    /// <summary>The members whose low bits can be members of a set of narrower words.</summary>
    public static MaybeEmpty<ValueRange<T>, T> WhereLow(ValueRange<T> value, ValueRange<T> low)
    {
        var width = value.Width;
        var bits = Tnum<T>.Meet(
            value.Bits,
            new(low.Bits.Value.ZeroExtend(width), low.Bits.Mask.ZeroExtend(width) | T.Constant(~low.Width.Mask, width)));
        var arc = TrimLow(value.Arc, low.Arc);
        var reduced = new ValueRange<T>(bits.Set, arc.Set).Reduced();
        return reduced with { IsEmpty = reduced.IsEmpty | bits.IsEmpty | arc.IsEmpty };
    }

    /// <summary>An arc cut at both ends to words whose low bits lie on an arc of narrower words.</summary>
    internal static MaybeEmpty<Arc<T>, T> TrimLow(Arc<T> arc, Arc<T> low)
    {
        var width = arc.Width;
        var (first, last) = (arc.Start.Low(low.Width), arc.End.Low(low.Width));

        // How far the first and the last word are from the next ones with such low bits.
        var skipped = T.Choose(low.Contains(first), T.Zero(low.Width), low.Start - first).ZeroExtend(width);
        var dropped = T.Choose(low.Contains(last), T.Zero(low.Width), last - low.End).ZeroExtend(width);
        return new(
            Arc<T>.Choose(
                arc.IsFull | T.LessUnsigned(arc.Span, skipped), arc, Arc<T>.Between(arc.Start + skipped, arc.End - dropped)),
            T.LessUnsigned(arc.Span, skipped));
    }

    // Without the one word that another set has, if it is at an end.
    private MaybeEmpty<ValueRange<T>, T> Without(ValueRange<T> other)
    {
        var word = other.Least;
        var one = One<T>(Width);
        var atStart = other.IsConstant & T.Same(Arc.Start, word);
        var atEnd = other.IsConstant & T.Same(Arc.End, word);
        var arc = Arc<T>.Choose(
            Arc.IsFull & other.IsConstant,
            Arc<T>.Between(word + one, word - one),
            Arc<T>.Choose(
                atStart, new(Arc.Start + one, Arc.Span - one), Arc<T>.Choose(atEnd, new(Arc.Start, Arc.Span - one), Arc)));
        var isEmpty = atStart & Arc.IsConstant;
        var reduced = new ValueRange<T>(Bits, Arc<T>.Choose(isEmpty, Arc, arc)).Reduced();
        return reduced with { IsEmpty = reduced.IsEmpty | isEmpty };
    }

    private static NarrowedPair<T> Narrow(ValueRange<T> left, Arc<T> leftTo, ValueRange<T> right, Arc<T> rightTo, Truth<T> isEmpty)
    {
        var (one, other) = (Meet(left, Of(leftTo)), Meet(right, Of(rightTo)));
        return new(one.Set, other.Set, one.IsEmpty | other.IsEmpty | isEmpty);
    }
}

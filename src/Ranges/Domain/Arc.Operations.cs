using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

public readonly partial record struct Arc<T>
{
    /// <summary>The sums.</summary>
    public static Arc<T> Add(Arc<T> left, Arc<T> right) => Spanning(left.Start + right.Start, left.Span, right.Span);

    /// <summary>The differences.</summary>
    public static Arc<T> Subtract(Arc<T> left, Arc<T> right) => Spanning(left.Start - right.End, left.Span, right.Span);

    /// <summary>The negated members.</summary>
    public static Arc<T> Negate(Arc<T> operand) => new(T.Zero(operand.Width) - operand.End, operand.Span);

    /// <summary>The inverted members.</summary>
    public static Arc<T> Not(Arc<T> operand) => new(Complement(operand.End), operand.Span);

    // From a start on as far as two spans reach together.
    private static Arc<T> Spanning(T start, T one, T other)
    {
        var span = one + other;
        return Choose(T.LessUnsigned(span, one), Full(start.Width), new(start, span));
    }

    /// <summary>The members shifted left by one amount.</summary>
    public static Arc<T> ShiftLeft(Arc<T> operand, T amount)
    {
        // Where the span loses bits, all multiples of the power of two are there.
        var span = T.ShiftLeft(operand.Span, amount);
        var fits = T.Same(T.ShiftRightLogical(span, amount), operand.Span);
        return Choose(
            fits,
            new(T.ShiftLeft(operand.Start, amount), span),
            new(T.Zero(operand.Width), T.ShiftLeft(Ones<T>(operand.Width), amount)));
    }

    /// <summary>The members shifted right by one amount, zeros in.</summary>
    public static Arc<T> ShiftRightLogical(Arc<T> operand, T amount)
    {
        var (lowest, highest) = operand.Unsigned;
        return Choose(
            T.IsZero(amount), operand, Between(T.ShiftRightLogical(lowest, amount), T.ShiftRightLogical(highest, amount)));
    }

    /// <summary>The members shifted right by one amount, copies of the sign in.</summary>
    public static Arc<T> ShiftRightArithmetic(Arc<T> operand, T amount)
    {
        var (lowest, highest) = operand.Signed;
        return Choose(
            T.IsZero(amount), operand, Between(T.ShiftRightArithmetic(lowest, amount), T.ShiftRightArithmetic(highest, amount)));
    }

    /// <summary>The same unsigned values in at least as many bits.</summary>
    public Arc<T> ZeroExtend(Width width)
    {
        var (lowest, highest) = Unsigned;
        return new(lowest.ZeroExtend(width), (highest - lowest).ZeroExtend(width));
    }

    /// <summary>The same two's complement values in at least as many bits.</summary>
    public Arc<T> SignExtend(Width width)
    {
        var (lowest, highest) = Signed;
        return new(lowest.SignExtend(width), (highest - lowest).ZeroExtend(width));
    }

    /// <summary>Some bits of the members.</summary>
    public Arc<T> Slice(int lowest, Width width)
    {
        var shifted = ShiftRightLogical(this, T.Constant((ulong)lowest, Width));
        if (width == Width) return shifted;
        return Choose(
            T.LessUnsigned(shifted.Span, T.Constant(width.Mask, Width)),
            new(shifted.Start.Low(width), shifted.Span.Low(width)),
            Full(width));
    }

    /// <summary>The bitwise conjunctions: the best unsigned interval of the operands' unsigned intervals.</summary>
    public static Arc<T> And(Arc<T> left, Arc<T> right) => And(left.Unsigned, right.Unsigned).Arc;

    /// <summary>The bitwise disjunctions: the best unsigned interval of the operands' unsigned intervals.</summary>
    public static Arc<T> Or(Arc<T> left, Arc<T> right) => Or(left.Unsigned, right.Unsigned).Arc;

    /// <summary>The bitwise exclusive disjunctions: the best unsigned interval of the operands' unsigned intervals.</summary>
    public static Arc<T> Xor(Arc<T> left, Arc<T> right)
    {
        var (one, other) = (left.Unsigned, right.Unsigned);

        // x ^ y = (x & ~y) | (~x & y) = (x | y) & ~(x & y), and the bits that both operands' prefixes fix.
        var either = Or(And(one, Not(other)), And(Not(one), other));
        var notBoth = And(Or(one, other), Not(And(one, other)));
        var bits = Tnum<T>.Xor(Tnum<T>.FromInterval(one.Lowest, one.Highest), Tnum<T>.FromInterval(other.Lowest, other.Highest));
        return Between(
            Greater(Greater(either.Lowest, notBoth.Lowest), bits.Least),
            Smaller(Smaller(either.Highest, notBoth.Highest), bits.Greatest));
    }

    private static Interval<T> Not(Interval<T> operand) => new(Complement(operand.Highest), Complement(operand.Lowest));

    private static Interval<T> And(Interval<T> left, Interval<T> right) => Not(Or(Not(left), Not(right)));

    /// <summary>The least and the greatest disjunction of members of two unsigned intervals.</summary>
    internal static Interval<T> Or(Interval<T> left, Interval<T> right)
    {
        // Below the highest bit in which its ends differ, a member of an interval may have any bits: above its lowest if
        // that bit of it is raised, below its highest if that bit of it is cleared. (Warren's bounds, without his loops.)
        var (leftFree, rightFree) = (Smear(left.Lowest ^ left.Highest), Smear(right.Lowest ^ right.Highest));

        // The greatest: where both highest have a bit and one can do without it, that one has all bits below it instead.
        var spare = Smear(left.Highest & right.Highest & (leftFree | rightFree));
        var greatest = left.Highest | right.Highest | T.ShiftRightLogical(spare, One<T>(left.Lowest.Width));

        // The least: where one lowest has a bit and the other can take it on, the other has no bits below it any more.
        var leftRises = Complement(left.Lowest) & right.Lowest & leftFree;
        var rightRises = left.Lowest & Complement(right.Lowest) & rightFree;
        var saved = T.ShiftRightLogical(Smear(leftRises | rightRises), One<T>(left.Lowest.Width));
        var leftDoes = T.LessUnsigned(rightRises, leftRises);
        var below = T.Choose(leftDoes, right.Lowest, left.Lowest);
        var least = ((left.Lowest | right.Lowest) & Complement(saved)) | (below & saved);
        return new(least, greatest);
    }
}

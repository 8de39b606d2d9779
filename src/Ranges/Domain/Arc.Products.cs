using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

public readonly partial record struct Arc<T>
{
    /// <summary>The products, modulo 2^width: of the unsigned and the signed values, whichever gives the shorter arc.</summary>
    public static Arc<T> Multiply(Arc<T> left, Arc<T> right) =>
        Shorter(Products(left.Unsigned, right.Unsigned), BySign(left, right, Products, dividesByRight: false).Set);

    /// <summary>The unsigned quotients; all ones of a zero divisor.</summary>
    public static Arc<T> DivideUnsigned(Arc<T> dividend, Arc<T> divisor)
    {
        var (lowest, highest) = divisor.Unsigned;
        var one = One<T>(dividend.Width);
        var proper = Quotients(dividend.Unsigned, new(Greater(lowest, one), Greater(highest, one)), T.DivideUnsigned);
        var ofZero = Constant(Ones<T>(dividend.Width));
        return Choose(T.IsZero(lowest), Choose(T.IsZero(highest), ofZero, Join(proper, ofZero)), proper);
    }

    /// <summary>The unsigned remainders; the dividend of a zero divisor.</summary>
    public static Arc<T> RemainderUnsigned(Arc<T> dividend, Arc<T> divisor)
    {
        var isBelow = T.LessUnsigned(dividend.Unsigned.Highest, divisor.Unsigned.Lowest);
        return Choose(isBelow, dividend, Remainders(dividend.Unsigned, divisor.Unsigned));
    }

    /// <summary>The signed quotients, rounded towards zero, modulo 2^width; of a zero divisor 1 or all ones.</summary>
    public static Arc<T> DivideSigned(Arc<T> dividend, Arc<T> divisor)
    {
        var proper = BySign(
            dividend, divisor, static (one, other) => Quotients(one, other, T.DivideUnsigned), dividesByRight: true);
        var (nonNegative, negative) = (NonNegative(dividend), Magnitudes(dividend));
        var hasZero = divisor.Contains(T.Zero(dividend.Width));
        var ofNonNegative = new MaybeEmpty<Arc<T>, T>(Constant(Ones<T>(dividend.Width)), !hasZero | nonNegative.IsEmpty);
        var ofNegative = new MaybeEmpty<Arc<T>, T>(Constant(One<T>(dividend.Width)), !hasZero | negative.IsEmpty);
        return Join(proper, Join(ofNonNegative, ofNegative)).Set;
    }

    /// <summary>The remainders with the sign of the dividend; the dividend of a zero divisor.</summary>
    public static Arc<T> RemainderSigned(Arc<T> dividend, Arc<T> divisor)
    {
        var (nonNegative, negative) = (NonNegative(divisor), Magnitudes(divisor));
        var magnitudes = Choose(
            negative.IsEmpty,
            nonNegative.Set.Arc,
            Choose(
                nonNegative.IsEmpty,
                negative.Set.Arc,
                Between(
                    Smaller(nonNegative.Set.Lowest, negative.Set.Lowest),
                    Greater(nonNegative.Set.Highest, negative.Set.Highest))));
        var (positive, below) = (NonNegative(dividend), Magnitudes(dividend));
        var first = new MaybeEmpty<Arc<T>, T>(RemainderUnsigned(positive.Set.Arc, magnitudes), positive.IsEmpty);
        var second = new MaybeEmpty<Arc<T>, T>(Negate(RemainderUnsigned(below.Set.Arc, magnitudes)), below.IsEmpty);
        return Join(first, second).Set;
    }

    /// <summary>The set with the members of both, of which one may be empty.</summary>
    internal static MaybeEmpty<Arc<T>, T> Join(MaybeEmpty<Arc<T>, T> left, MaybeEmpty<Arc<T>, T> right) => new(
        Choose(left.IsEmpty, right.Set, Choose(right.IsEmpty, left.Set, Join(left.Set, right.Set))),
        left.IsEmpty & right.IsEmpty);

    private static Arc<T> Products(Interval<T> left, Interval<T> right) => BetweenProducts(
        new(left.Lowest * right.Lowest, left.Highest * right.Highest),
        MultiplyHigh(left.Lowest, right.Lowest),
        MultiplyHigh(left.Highest, right.Highest));

    /// <summary>From a least to a greatest product in twice the width: short enough, it is an arc whatever the high halves are.</summary>
    internal static Arc<T> BetweenProducts(Interval<T> low, T leastHigh, T greatestHigh)
    {
        var width = low.Lowest.Width;
        var borrow = T.Choose(T.LessUnsigned(low.Highest, low.Lowest), One<T>(width), T.Zero(width));
        return Choose(T.Same(greatestHigh - leastHigh, borrow), low.Arc, Full(width));
    }

    /// <summary>The unsigned quotients of members of two intervals; the divisor's has no zero.</summary>
    internal static Arc<T> Quotients(Interval<T> dividend, Interval<T> divisor, Func<T, T, T> divide) =>
        Between(divide(dividend.Lowest, divisor.Highest), divide(dividend.Highest, divisor.Lowest));

    private static Arc<T> Remainders(Interval<T> dividend, Interval<T> divisor)
    {
        // Of one divisor and dividends that share their quotient, the remainders rise with the dividends.
        var isOne = T.Same(divisor.Lowest, divisor.Highest) & !T.IsZero(divisor.Lowest) & T.Same(
            T.DivideUnsigned(dividend.Lowest, divisor.Lowest), T.DivideUnsigned(dividend.Highest, divisor.Lowest));
        return Choose(
            isOne,
            Between(
                T.RemainderUnsigned(dividend.Lowest, divisor.Lowest), T.RemainderUnsigned(dividend.Highest, divisor.Lowest)),
            RemaindersBelow(dividend, divisor));
    }

    /// <summary>From zero to the greatest remainder: less than the divisor, unless that is zero; never more than the dividend.</summary>
    internal static Arc<T> RemaindersBelow(Interval<T> dividend, Interval<T> divisor)
    {
        var zero = T.Zero(dividend.Lowest.Width);
        return Between(
            zero,
            T.Choose(
                T.IsZero(divisor.Lowest), dividend.Highest, Smaller(dividend.Highest, divisor.Highest - One<T>(zero.Width))));
    }

    // A function of unsigned magnitudes put together for the four combinations of signs; different signs negate.
    private static MaybeEmpty<Arc<T>, T> BySign(
        Arc<T> left, Arc<T> right, Func<Interval<T>, Interval<T>, Arc<T>> function, bool dividesByRight)
    {
        var (leftPositive, leftNegative) = (NonNegative(left), Magnitudes(left));
        var rightPositive = dividesByRight ? Positive(right) : NonNegative(right);
        var rightNegative = Magnitudes(right);
        return Join(
            Join(Of(leftPositive, rightPositive, isNegated: false), Of(leftNegative, rightNegative, isNegated: false)),
            Join(Of(leftPositive, rightNegative, isNegated: true), Of(leftNegative, rightPositive, isNegated: true)));

        MaybeEmpty<Arc<T>, T> Of(MaybeEmpty<Interval<T>, T> one, MaybeEmpty<Interval<T>, T> other, bool isNegated)
        {
            var arc = function(one.Set, other.Set);
            return new(isNegated ? Negate(arc) : arc, one.IsEmpty | other.IsEmpty);
        }
    }

    /// <summary>The members from 0 to the greatest signed word.</summary>
    internal static MaybeEmpty<Interval<T>, T> NonNegative(Arc<T> arc)
    {
        var part = arc.Within(Between(T.Zero(arc.Width), Complement(T.LeastSigned(arc.Width))));
        return new(new(part.Set.Start, part.Set.End), part.IsEmpty);
    }

    /// <summary>The members from 1 to the greatest signed word.</summary>
    internal static MaybeEmpty<Interval<T>, T> Positive(Arc<T> arc)
    {
        var part = arc.Within(Between(One<T>(arc.Width), Complement(T.LeastSigned(arc.Width))));
        return new(new(part.Set.Start, part.Set.End), part.IsEmpty);
    }

    /// <summary>The negative members, negated: from 1 to 2^(width-1), as unsigned words.</summary>
    internal static MaybeEmpty<Interval<T>, T> Magnitudes(Arc<T> arc)
    {
        var part = Negate(arc).Within(Between(One<T>(arc.Width), T.LeastSigned(arc.Width)));
        return new(new(part.Set.Start, part.Set.End), part.IsEmpty);
    }
}

using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

public readonly partial record struct Tnum<T>
{
    /// <summary>The sums, the best set.</summary>
    public static Tnum<T> Add(Tnum<T> left, Tnum<T> right)
    {
        // Bits that the least and the greatest sum differ in, and those that are unknown themselves, are unknown.
        var least = left.Value + right.Value;
        return Of(least, ((least + left.Mask + right.Mask) ^ least) | left.Mask | right.Mask);
    }

    /// <summary>The differences, the best set.</summary>
    public static Tnum<T> Subtract(Tnum<T> left, Tnum<T> right)
    {
        var difference = left.Value - right.Value;
        return Of(difference, ((difference + left.Mask) ^ (difference - right.Mask)) | left.Mask | right.Mask);
    }

    /// <summary>The negated members.</summary>
    public static Tnum<T> Negate(Tnum<T> operand) => Subtract(Constant(T.Zero(operand.Width)), operand);

    /// <summary>The inverted members.</summary>
    public static Tnum<T> Not(Tnum<T> operand) => new(Complement(operand.Value | operand.Mask), operand.Mask);

    /// <summary>The bitwise conjunctions.</summary>
    public static Tnum<T> And(Tnum<T> left, Tnum<T> right)
    {
        var value = left.Value & right.Value;
        return new(value, left.Greatest & right.Greatest & Complement(value));
    }

    /// <summary>Whether the conjunction of a left member with a right one is surely the left one.</summary>
    public static Truth<T> IsKept(Tnum<T> left, Tnum<T> right) => T.IsZero(left.Greatest & Complement(right.Value));

    /// <summary>The bitwise disjunctions.</summary>
    public static Tnum<T> Or(Tnum<T> left, Tnum<T> right)
    {
        var value = left.Value | right.Value;
        return new(value, (left.Mask | right.Mask) & Complement(value));
    }

    /// <summary>The bitwise exclusive disjunctions.</summary>
    public static Tnum<T> Xor(Tnum<T> left, Tnum<T> right) => Of(left.Value ^ right.Value, left.Mask | right.Mask);

    /// <summary>The members shifted left by one amount.</summary>
    public static Tnum<T> ShiftLeft(Tnum<T> operand, T amount) =>
        new(T.ShiftLeft(operand.Value, amount), T.ShiftLeft(operand.Mask, amount));

    /// <summary>The members shifted right by one amount, zeros in.</summary>
    public static Tnum<T> ShiftRightLogical(Tnum<T> operand, T amount) =>
        new(T.ShiftRightLogical(operand.Value, amount), T.ShiftRightLogical(operand.Mask, amount));

    /// <summary>The members shifted right by one amount, copies of the sign in.</summary>
    public static Tnum<T> ShiftRightArithmetic(Tnum<T> operand, T amount) =>
        new(T.ShiftRightArithmetic(operand.Value, amount), T.ShiftRightArithmetic(operand.Mask, amount));

    /// <summary>The products: what both orders of adding shifted operands agree on.</summary>
    public static Tnum<T> Multiply(Tnum<T> left, Tnum<T> right) =>
        Meet(MultiplyBy(left, right), MultiplyBy(right, left)).Set;

    // For each bit of the multiplier the multiplicand, shifted, is added, is not added, or may be.
    private static Tnum<T> MultiplyBy(Tnum<T> multiplicand, Tnum<T> multiplier)
    {
        var width = multiplicand.Width;
        var sum = Constant(T.Zero(width));
        for (var bit = 0; bit < width.Bits; bit++)
        {
            var isOne = IsSet(multiplier.Value, bit);
            var isUnknown = IsSet(multiplier.Mask, bit);
            if ((isOne | isUnknown).IsKnown(out var matters) && !matters) continue;
            sum = MultiplyStep(sum, ShiftLeft(multiplicand, T.Constant((ulong)bit, width)), isOne, isUnknown);
        }

        return sum;
    }

    /// <summary>The sums with one more multiple of the multiplicand: added, perhaps added, or not.</summary>
    internal static Tnum<T> MultiplyStep(Tnum<T> sum, Tnum<T> shifted, Truth<T> isOne, Truth<T> isUnknown)
    {
        var added = Add(sum, shifted);
        return Choose(isOne, added, Choose(isUnknown, Join(sum, added), sum));
    }

    /// <summary>The unsigned quotients; all ones of a zero divisor.</summary>
    public static Tnum<T> DivideUnsigned(Tnum<T> dividend, Tnum<T> divisor) => Choose(
        T.IsZero(divisor.Value),
        Unknown(dividend.Width),
        new(T.Zero(dividend.Width), Smear(T.DivideUnsigned(dividend.Greatest, divisor.Value))));

    /// <summary>The unsigned remainders; the dividend of a zero divisor.</summary>
    public static Tnum<T> RemainderUnsigned(Tnum<T> dividend, Tnum<T> divisor)
    {
        // The bits below the lowest that may be set in a divisor stay those of the dividend.
        var kept = Complement(divisor.Greatest) & (divisor.Greatest - One<T>(dividend.Width));
        var greatest = T.Choose(
            T.IsZero(divisor.Value),
            dividend.Greatest,
            Smaller(dividend.Greatest, divisor.Greatest - One<T>(dividend.Width)));
        return new(dividend.Value & kept, (dividend.Mask & kept) | (Smear(greatest) & Complement(kept)));
    }

    /// <summary>The same unsigned values in at least as many bits.</summary>
    public Tnum<T> ZeroExtend(Width width) => new(Value.ZeroExtend(width), Mask.ZeroExtend(width));

    /// <summary>The same two's complement values in at least as many bits.</summary>
    public Tnum<T> SignExtend(Width width) => new(Value.SignExtend(width), Mask.SignExtend(width));

    /// <summary>Some bits of the members.</summary>
    public Tnum<T> Slice(int lowest, Width width) => new(Value.Slice(lowest, width), Mask.Slice(lowest, width));

    /// <summary>The members with their bytes in reverse order.</summary>
    public Tnum<T> ReverseBytes() => new(Value.ReverseBytes(), Mask.ReverseBytes());

    private static Truth<T> IsSet(T word, int bit) => !T.IsZero(word & T.Constant(1UL << bit, word.Width));

    // A number with the bits that are unknown of it.
    private static Tnum<T> Of(T number, T unknown) => new(number & Complement(unknown), unknown);
}

namespace RbpfSpec.Ranges.Domain;

public readonly partial record struct ValueRange<T>
{
    /// <summary>The sums.</summary>
    public static ValueRange<T> operator +(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.Add(left.Bits, right.Bits), Arc<T>.Add(left.Arc, right.Arc));

    /// <summary>The differences.</summary>
    public static ValueRange<T> operator -(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.Subtract(left.Bits, right.Bits), Arc<T>.Subtract(left.Arc, right.Arc));

    /// <summary>The products.</summary>
    public static ValueRange<T> operator *(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.Multiply(left.Bits, right.Bits), Arc<T>.Multiply(left.Arc, right.Arc));

    /// <summary>The bitwise conjunctions.</summary>
    public static ValueRange<T> operator &(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.And(left.Bits, right.Bits), Arc<T>.And(left.Arc, right.Arc));

    /// <summary>The bitwise disjunctions.</summary>
    public static ValueRange<T> operator |(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.Or(left.Bits, right.Bits), Arc<T>.Or(left.Arc, right.Arc));

    /// <summary>The bitwise exclusive disjunctions.</summary>
    public static ValueRange<T> operator ^(ValueRange<T> left, ValueRange<T> right) =>
        Both(Tnum<T>.Xor(left.Bits, right.Bits), Arc<T>.Xor(left.Arc, right.Arc));

    /// <summary>The members shifted left by each of the amounts.</summary>
    public static ValueRange<T> ShiftLeft(ValueRange<T> value, ValueRange<T> amounts) => Shifted(value, amounts, (one, amount) =>
        new(Tnum<T>.ShiftLeft(one.Bits, amount), Arc<T>.ShiftLeft(one.Arc, amount)));

    /// <summary>The members shifted right by each of the amounts, zeros in.</summary>
    public static ValueRange<T> ShiftRightLogical(ValueRange<T> value, ValueRange<T> amounts) => Shifted(value, amounts, (one, amount) =>
        new(Tnum<T>.ShiftRightLogical(one.Bits, amount), Arc<T>.ShiftRightLogical(one.Arc, amount)));

    /// <summary>The members shifted right by each of the amounts, copies of the sign in.</summary>
    public static ValueRange<T> ShiftRightArithmetic(ValueRange<T> value, ValueRange<T> amounts) => Shifted(value, amounts, (one, amount) =>
        new(Tnum<T>.ShiftRightArithmetic(one.Bits, amount), Arc<T>.ShiftRightArithmetic(one.Arc, amount)));

    /// <summary>The unsigned quotients; all ones of a zero divisor.</summary>
    public static ValueRange<T> DivideUnsigned(ValueRange<T> dividend, ValueRange<T> divisor) =>
        Both(Tnum<T>.DivideUnsigned(dividend.Bits, divisor.Bits), Arc<T>.DivideUnsigned(dividend.Arc, divisor.Arc));

    /// <summary>The unsigned remainders; the dividend of a zero divisor.</summary>
    public static ValueRange<T> RemainderUnsigned(ValueRange<T> dividend, ValueRange<T> divisor) =>
        Both(Tnum<T>.RemainderUnsigned(dividend.Bits, divisor.Bits), Arc<T>.RemainderUnsigned(dividend.Arc, divisor.Arc));

    /// <summary>The signed quotients, rounded towards zero, modulo 2^width; of a zero divisor 1 or all ones.</summary>
    public static ValueRange<T> DivideSigned(ValueRange<T> dividend, ValueRange<T> divisor) =>
        Of(Arc<T>.DivideSigned(dividend.Arc, divisor.Arc));

    /// <summary>The remainders with the sign of the dividend; the dividend of a zero divisor.</summary>
    public static ValueRange<T> RemainderSigned(ValueRange<T> dividend, ValueRange<T> divisor) =>
        Of(Arc<T>.RemainderSigned(dividend.Arc, divisor.Arc));

    /// <summary>Some bits of the members.</summary>
    public ValueRange<T> Slice(int lowest, Width width) => Both(Bits.Slice(lowest, width), Arc.Slice(lowest, width));

    /// <summary>The same unsigned values in at least as many bits.</summary>
    public ValueRange<T> ZeroExtend(Width width) => Both(Bits.ZeroExtend(width), Arc.ZeroExtend(width));

    /// <summary>The same two's complement values in at least as many bits.</summary>
    public ValueRange<T> SignExtend(Width width) => Both(Bits.SignExtend(width), Arc.SignExtend(width));

    /// <summary>The members with their bytes in reverse order.</summary>
    public ValueRange<T> ReverseBytes()
    {
        var bits = Bits.ReverseBytes();
        return Both(bits, Arc<T>.Choose(IsConstant, Arc<T>.Constant(Arc.Start.ReverseBytes()), Arc<T>.Full(Width)));
    }

    // The join over all amounts that are members; from the width on, all amounts do the same.
    private static ValueRange<T> Shifted(
        ValueRange<T> value, ValueRange<T> amounts, Func<ValueRange<T>, T, ValueRange<T>> shift)
    {
        var width = value.Width;
        var all = Constant(T.Zero(width));
        var isNone = Truth<T>.Of(true);
        for (var amount = 0; amount <= width.Bits; amount++)
        {
            var by = T.Constant((ulong)amount, width);
            var isOne = amount < width.Bits ? amounts.Contains(by) : T.AtMost(by, amounts.Greatest);
            if (isOne.IsKnown(out var known) && !known) continue;
            var one = shift(value, by);
            all = Choose(isOne, Choose(isNone, one, Join(all, one)), all);
            isNone &= !isOne;
        }

        return Both(all.Bits, all.Arc);
    }
}

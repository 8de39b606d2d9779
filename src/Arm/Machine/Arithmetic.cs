using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Machine;

/// <summary>A word and the carry that comes with it.</summary>
/// <param name="Value">The word, 32 bits.</param>
/// <param name="Carry">The carry out.</param>
public readonly record struct Carried<T>(T Value, Truth<T> Carry)
    where T : IWord<T>;

/// <summary>The functions of the manual's pseudocode that the rules share, over words of any domain.</summary>
public static class Arithmetic<T>
    where T : IWord<T>
{
    private static readonly Width Wide = Width.Of(33);

    /// <summary>A word of 32 bits.</summary>
    public static T Constant(uint value) => T.Constant(value, Width.Bits32);

    /// <summary>Whether a bit is set.</summary>
    public static Truth<T> Bit(T word, int index) => !T.IsZero(word.Slice(index, Width.Bits1));

    /// <summary>Whether the highest bit is set.</summary>
    public static Truth<T> Sign(T word) => T.LessSigned(word, T.Zero(word.Width));

    /// <summary>A word with its two low bits zero.</summary>
    public static T Aligned(T word) => word & Constant(0xfffffffc);

    /// <summary>Whether two truth values are the same.</summary>
    public static Truth<T> Iff(Truth<T> left, Truth<T> right) => (left & right) | (!left & !right);

    /// <summary>AddWithCarry: the sum of two words and a carry, and the flags of it.</summary>
    public static (T Sum, Flags<T> Flags) Add(T left, T right, Truth<T> carry)
    {
        var one = T.Choose(carry, Constant(1), Constant(0));
        var sum = left + right + one;
        var carryOut = carry.IsKnown(out var isSet) && !isSet
            ? T.LessUnsigned(sum, left)
            : Bit(left.ZeroExtend(Wide) + right.ZeroExtend(Wide) + one.ZeroExtend(Wide), 32);
        return (sum, new(Sign(sum), T.IsZero(sum), carryOut, Sign((left ^ sum) & (right ^ sum))));
    }

    /// <summary>The difference of two words less what the carry says was borrowed, and the flags of it.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    /// <param name="carry">Whether nothing was borrowed.</param>
    public static (T Difference, Flags<T> Flags) Subtract(T left, T right, Truth<T> carry)
    {
        if (!carry.IsKnown(out var isSet) || !isSet) return Add(left, right ^ Constant(uint.MaxValue), carry);
        var difference = left - right;
        return (difference, new(
            Sign(difference), T.Same(left, right), T.AtMost(right, left), Sign((left ^ right) & (left ^ difference))));
    }

    /// <summary>Shift_C by a constant amount.</summary>
    /// <param name="value">What is shifted.</param>
    /// <param name="shift">How.</param>
    /// <param name="amount">By how many bits: 0 to 31, of the shifts right 1 to 32, of <see cref="Shift.Rrx"/> 1.</param>
    /// <param name="carry">The carry before.</param>
    public static Carried<T> ShiftBy(T value, Shift shift, int amount, Truth<T> carry)
    {
        if (amount == 0) return new(value, carry);
        if (shift is not Shift.Rrx) return ShiftBy(value, shift, Constant((uint)amount), carry);
        var top = T.Choose(carry, Constant(0x80000000), Constant(0));
        return new(top | T.ShiftRightLogical(value, Constant(1)), Bit(value, 0));
    }

    /// <summary>Shift_C by an amount in a register: its low byte.</summary>
    public static Carried<T> ShiftBy(T value, Shift shift, T amount, Truth<T> carry)
    {
        amount = amount & Constant(0xff);
        var wideAmount = amount.ZeroExtend(Wide);
        var above = T.ShiftLeft(value.ZeroExtend(Wide), T.Constant(1, Wide));
        var rotation = amount & Constant(31);
        var shifted = shift switch
        {
            Shift.Lsl => new Carried<T>(T.ShiftLeft(value, amount), Bit(T.ShiftLeft(value.ZeroExtend(Wide), wideAmount), 32)),
            Shift.Lsr => new(T.ShiftRightLogical(value, amount), Bit(T.ShiftRightLogical(above, wideAmount), 0)),
            Shift.Asr => new(T.ShiftRightArithmetic(value, amount), Bit(T.ShiftRightArithmetic(above, wideAmount), 0)),
            Shift.Ror => Rotated(T.ShiftRightLogical(value, rotation) | T.ShiftLeft(value, Constant(32) - rotation)),
            Shift.Rrx => throw new ArgumentOutOfRangeException(nameof(shift), shift, "no register says how far it goes"),
        };
        var isNone = T.IsZero(amount);
        return shifted with { Carry = (isNone & carry) | (!isNone & shifted.Carry) };
    }

    private static Carried<T> Rotated(T value) => new(value, Sign(value));
}

using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace RbpfSpec.Words;

/// <summary>A concrete word: a number below 2^width.</summary>
/// <remarks>The default value is not a word that rules make; it has no width and equals only itself.</remarks>
public readonly record struct Word : IWord<Word>
{
    private Word(ulong value, Width width)
    {
        Value = value;
        Width = width;
    }

    /// <summary>The bits, zero-extended to 64.</summary>
    public ulong Value { get; }

    public Width Width { get; }

    /// <summary>The value as a two's complement number of this width.</summary>
    public long Signed => (long)(Value << (64 - Width.Bits)) >> (64 - Width.Bits);

    /// <summary>The word of the given width that holds the low bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word Wrap(ulong value, Width width) => new(value & width.Mask, width);

    /// <summary>A word of 64 bits.</summary>
    public static Word Of(ulong value) => new(value, Width.Bits64);

    public bool IsKnown(out ulong value)
    {
        value = Value;
        return true;
    }

    public static Word Constant(ulong value, Width width) => Wrap(value, width);

    public static Word operator +(Word left, Word right) => Wrap(unchecked(left.Value + right.Value), Common(left, right));

    public static Word operator -(Word left, Word right) => Wrap(unchecked(left.Value - right.Value), Common(left, right));

    public static Word operator *(Word left, Word right) => Wrap(unchecked(left.Value * right.Value), Common(left, right));

    public static Word operator &(Word left, Word right) => new(left.Value & right.Value, Common(left, right));

    public static Word operator |(Word left, Word right) => new(left.Value | right.Value, Common(left, right));

    public static Word operator ^(Word left, Word right) => new(left.Value ^ right.Value, Common(left, right));

    public static Word ShiftLeft(Word value, Word amount) =>
        Wrap(amount.Value < (ulong)Common(value, amount).Bits ? value.Value << (int)amount.Value : 0, value.Width);

    public static Word ShiftRightLogical(Word value, Word amount) =>
        new(amount.Value < (ulong)Common(value, amount).Bits ? value.Value >> (int)amount.Value : 0, value.Width);

    public static Word ShiftRightArithmetic(Word value, Word amount) =>
        Wrap((ulong)(value.Signed >> (int)Math.Min(amount.Value, (ulong)Common(value, amount).Bits - 1)), value.Width);

    public static Word DivideUnsigned(Word dividend, Word divisor) =>
        new(divisor.Value == 0 ? Common(dividend, divisor).Mask : dividend.Value / divisor.Value, Common(dividend, divisor));

    public static Word RemainderUnsigned(Word dividend, Word divisor) =>
        new(divisor.Value == 0 ? dividend.Value : dividend.Value % divisor.Value, Common(dividend, divisor));

    public static Word DivideSigned(Word dividend, Word divisor) => (dividend.Signed, divisor.Signed) switch
    {
        ( < 0, 0) => Wrap(1, Common(dividend, divisor)),
        (_, 0) => Wrap(ulong.MaxValue, Common(dividend, divisor)),

        // The one quotient that does not fit wraps; C#'s division of long.MinValue by -1 throws.
        (var signed, -1) => Wrap(unchecked((ulong)-signed), Common(dividend, divisor)),
        var (left, right) => Wrap((ulong)(left / right), Common(dividend, divisor)),
    };

    public static Word RemainderSigned(Word dividend, Word divisor) => divisor.Signed switch
    {
        0 => Wrap(dividend.Value, Common(dividend, divisor)),
        -1 => Wrap(0, Common(dividend, divisor)),
        var signed => Wrap((ulong)(dividend.Signed % signed), Common(dividend, divisor)),
    };

    public static Truth<Word> Same(Word left, Word right) => Truth(Common(left, right) != default && left.Value == right.Value);

    public static Truth<Word> LessUnsigned(Word left, Word right) => Truth(Common(left, right) != default && left.Value < right.Value);

    public static Truth<Word> LessSigned(Word left, Word right) => Truth(Common(left, right) != default && left.Signed < right.Signed);

    public static Truth<Word> TruthOf(bool value) => Truth(value);

    public static bool IsTruthKnown(Truth<Word> truth, out bool value)
    {
        value = truth.Value;
        return true;
    }

    public static Truth<Word> Not(Truth<Word> operand) => Truth(!operand.Value);

    public static Truth<Word> And(Truth<Word> left, Truth<Word> right) => Truth(left.Value & right.Value);

    public static Truth<Word> Or(Truth<Word> left, Truth<Word> right) => Truth(left.Value | right.Value);

    public static Word Choose(Truth<Word> condition, Word then, Word otherwise) =>
        Common(then, otherwise) != default && condition.Value ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word Slice(int lowest, Width width) => lowest >= 0 && lowest + width.Bits <= Width.Bits
        ? Wrap(Value >> lowest, width)
        : Outside(lowest, width, Width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word Low(Width width) => Slice(0, width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word ZeroExtend(Width width) => new(Value, Wider(width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word SignExtend(Width width) => Wrap((ulong)Signed, Wider(width));

    public Word ReverseBytes() => Width.Bits % 8 == 0
        ? new(BinaryPrimitives.ReverseEndianness(Value) >> (64 - Width.Bits), Width)
        : throw new InvalidOperationException($"{Width} are no whole bytes");

    /// <summary>The value in hexadecimal, as in <c>0x1f</c>.</summary>
    public override string ToString() => $"0x{Value.ToString("x", CultureInfo.InvariantCulture)}";

    // A truth value is a word of one bit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Truth<Word> Truth(bool value) => new(new Word(value ? 1UL : 0, Width.Bits1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Width Common(Word left, Word right) =>
        left.Width == right.Width ? left.Width : Different(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Width Wider(Width width) => width >= Width ? width : Narrower(width, Width);

    // Throwing apart from the operations lets the compiler put these into the rules that use them; throwing without the
    // word itself lets it keep the word in registers.
    private static Width Different(Word left, Word right) =>
        throw new ArgumentException($"words of different widths, {left.Width} and {right.Width}", nameof(right));

    private static Width Narrower(Width width, Width own) =>
        throw new ArgumentOutOfRangeException(nameof(width), $"{own} does not extend to {width}");

    private static Word Outside(int lowest, Width width, Width own) => throw new ArgumentOutOfRangeException(
        nameof(lowest), $"bits {lowest} to {lowest + width.Bits - 1} of {own}");
}

/// <summary>Concrete truth values.</summary>
public static class WordTruths
{
    extension(Truth<Word> truth)
    {
        /// <summary>The C# Boolean.</summary>
        public bool Value => truth.Representation.Value != 0;
    }
}

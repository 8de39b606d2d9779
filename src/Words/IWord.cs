namespace RbpfSpec.Words;

/// <summary>An abstract bit-vector: a number when rules run, a term when they are proved.</summary>
/// <remarks>
/// Every operation is total and has the value that SMT-LIB's theory of bit-vectors gives it, so that any two domains
/// can be compared on all inputs; what the machine does instead (a trap, another value) is a guard or a choice
/// written in the rule. Binary operations take words of one width and yield that width.
/// </remarks>
/// <typeparam name="TWord">The word itself.</typeparam>
/// <typeparam name="TBit">The truth value of its comparisons.</typeparam>
public interface IWord<TWord, TBit>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The number of bits.</summary>
    Width Width { get; }

    /// <summary>Whether the value is known without a solver; if so, <paramref name="value"/> is it, zero-extended.</summary>
    bool IsKnown(out ulong value);

    /// <summary>The word of the given width that holds the low bits of a number.</summary>
    static abstract TWord Constant(ulong value, Width width);

    /// <summary>Sum modulo 2^width.</summary>
    static abstract TWord operator +(TWord left, TWord right);

    /// <summary>Difference modulo 2^width.</summary>
    static abstract TWord operator -(TWord left, TWord right);

    /// <summary>Product modulo 2^width.</summary>
    static abstract TWord operator *(TWord left, TWord right);

    /// <summary>Bitwise and.</summary>
    static abstract TWord operator &(TWord left, TWord right);

    /// <summary>Bitwise or.</summary>
    static abstract TWord operator |(TWord left, TWord right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TWord operator ^(TWord left, TWord right);

    /// <summary>Shift towards the high bits, zeros in; zero where the amount is the width or more (<c>bvshl</c>).</summary>
    static abstract TWord ShiftLeft(TWord value, TWord amount);

    /// <summary>Shift towards the low bits, zeros in; zero where the amount is the width or more (<c>bvlshr</c>).</summary>
    static abstract TWord ShiftRightLogical(TWord value, TWord amount);

    /// <summary>Shift towards the low bits, copies of the sign in, for any amount (<c>bvashr</c>).</summary>
    static abstract TWord ShiftRightArithmetic(TWord value, TWord amount);

    /// <summary>Unsigned quotient; all ones for a zero divisor (<c>bvudiv</c>).</summary>
    static abstract TWord DivideUnsigned(TWord dividend, TWord divisor);

    /// <summary>Unsigned remainder; the dividend for a zero divisor (<c>bvurem</c>).</summary>
    static abstract TWord RemainderUnsigned(TWord dividend, TWord divisor);

    /// <summary>
    /// Signed quotient rounded towards zero, modulo 2^width; for a zero divisor 1 if the dividend is negative,
    /// else all ones (<c>bvsdiv</c>).
    /// </summary>
    static abstract TWord DivideSigned(TWord dividend, TWord divisor);

    /// <summary>Remainder with the sign of the dividend; the dividend for a zero divisor (<c>bvsrem</c>).</summary>
    static abstract TWord RemainderSigned(TWord dividend, TWord divisor);

    /// <summary>Equality.</summary>
    static abstract TBit Same(TWord left, TWord right);

    /// <summary>Whether the left is below the right, both read as unsigned.</summary>
    static abstract TBit LessUnsigned(TWord left, TWord right);

    /// <summary>Whether the left is below the right, both read as two's complement.</summary>
    static abstract TBit LessSigned(TWord left, TWord right);

    /// <summary>One of two words of the same width.</summary>
    static abstract TWord Choose(TBit condition, TWord then, TWord otherwise);

    /// <summary>The bits from <paramref name="lowest"/> (0 is the least significant) up, as many as the width says.</summary>
    TWord Slice(int lowest, Width width);

    /// <summary>The low bits, as many as the width says.</summary>
    TWord Low(Width width);

    /// <summary>The same unsigned value in at least as many bits.</summary>
    TWord ZeroExtend(Width width);

    /// <summary>The same two's complement value in at least as many bits.</summary>
    TWord SignExtend(Width width);

    /// <summary>The bytes in reverse order; the width is a number of whole bytes.</summary>
    TWord ReverseBytes();

    /// <summary>The zero of a width.</summary>
    static virtual TWord Zero(Width width) => TWord.Constant(0, width);

    /// <summary>The least two's complement number of a width: its highest bit alone.</summary>
    static virtual TWord LeastSigned(Width width) => TWord.Constant(1UL << (width.Bits - 1), width);

    /// <summary>Whether a word is zero.</summary>
    static virtual TBit IsZero(TWord word) => TWord.Same(word, TWord.Zero(word.Width));

    /// <summary>Whether the left is at most the right, both read as unsigned.</summary>
    static virtual TBit AtMost(TWord left, TWord right) => !TWord.LessUnsigned(right, left);
}

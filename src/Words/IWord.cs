namespace RbpfSpec.Words;

/// <summary>An abstract bit-vector: a number when rules run, a term when they are proved.</summary>
/// <remarks>
/// Every operation is total and has the value that SMT-LIB's theory of bit-vectors gives it, so that any two domains
/// can be compared on all inputs; what the machine does instead (a trap, another value) is a guard or a choice
/// written in the rule. Binary operations take words of one width and yield that width.
/// </remarks>
/// <typeparam name="T">The word itself.</typeparam>
public interface IWord<T>
    where T : IWord<T>
{
    /// <summary>The number of bits.</summary>
    Width Width { get; }

    /// <summary>Whether the value is known without a solver; if so, <paramref name="value"/> is it, zero-extended.</summary>
    bool IsKnown(out ulong value);

    /// <summary>The word of the given width that holds the low bits of a number.</summary>
    static abstract T Constant(ulong value, Width width);

    /// <summary>Sum modulo 2^width.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Difference modulo 2^width.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>Product modulo 2^width.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Bitwise and.</summary>
    static abstract T operator &(T left, T right);

    /// <summary>Bitwise or.</summary>
    static abstract T operator |(T left, T right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract T operator ^(T left, T right);

    /// <summary>Shift towards the high bits, zeros in; zero where the amount is the width or more (<c>bvshl</c>).</summary>
    static abstract T ShiftLeft(T value, T amount);

    /// <summary>Shift towards the low bits, zeros in; zero where the amount is the width or more (<c>bvlshr</c>).</summary>
    static abstract T ShiftRightLogical(T value, T amount);

    /// <summary>Shift towards the low bits, copies of the sign in, for any amount (<c>bvashr</c>).</summary>
    static abstract T ShiftRightArithmetic(T value, T amount);

    /// <summary>Unsigned quotient; all ones for a zero divisor (<c>bvudiv</c>).</summary>
    static abstract T DivideUnsigned(T dividend, T divisor);

    /// <summary>Unsigned remainder; the dividend for a zero divisor (<c>bvurem</c>).</summary>
    static abstract T RemainderUnsigned(T dividend, T divisor);

    /// <summary>
    /// Signed quotient rounded towards zero, modulo 2^width; for a zero divisor 1 if the dividend is negative,
    /// else all ones (<c>bvsdiv</c>).
    /// </summary>
    static abstract T DivideSigned(T dividend, T divisor);

    /// <summary>Remainder with the sign of the dividend; the dividend for a zero divisor (<c>bvsrem</c>).</summary>
    static abstract T RemainderSigned(T dividend, T divisor);

    /// <summary>Equality.</summary>
    static abstract Truth<T> Same(T left, T right);

    /// <summary>Whether the left is below the right, both read as unsigned.</summary>
    static abstract Truth<T> LessUnsigned(T left, T right);

    /// <summary>Whether the left is below the right, both read as two's complement.</summary>
    static abstract Truth<T> LessSigned(T left, T right);

    /// <summary>The truth value of a C# Boolean.</summary>
    static abstract Truth<T> TruthOf(bool value);

    /// <summary>Whether a truth value is known without a solver; if so, <paramref name="value"/> is it.</summary>
    static abstract bool IsTruthKnown(Truth<T> truth, out bool value);

    /// <summary>Negation.</summary>
    static abstract Truth<T> Not(Truth<T> operand);

    /// <summary>Conjunction, of both operands always.</summary>
    static abstract Truth<T> And(Truth<T> left, Truth<T> right);

    /// <summary>Disjunction, of both operands always.</summary>
    static abstract Truth<T> Or(Truth<T> left, Truth<T> right);

    /// <summary>One of two words of the same width.</summary>
    static abstract T Choose(Truth<T> condition, T then, T otherwise);

    /// <summary>The bits from <paramref name="lowest"/> (0 is the least significant) up, as many as the width says.</summary>
    T Slice(int lowest, Width width);

    /// <summary>The low bits, as many as the width says.</summary>
    T Low(Width width);

    /// <summary>The same unsigned value in at least as many bits.</summary>
    T ZeroExtend(Width width);

    /// <summary>The same two's complement value in at least as many bits.</summary>
    T SignExtend(Width width);

    /// <summary>The bytes in reverse order; the width is a number of whole bytes.</summary>
    T ReverseBytes();

    /// <summary>The zero of a width.</summary>
    static virtual T Zero(Width width) => T.Constant(0, width);

    /// <summary>The least two's complement number of a width: its highest bit alone.</summary>
    static virtual T LeastSigned(Width width) => T.Constant(1UL << (width.Bits - 1), width);

    /// <summary>Whether a word is zero.</summary>
    static virtual Truth<T> IsZero(T word) => T.Same(word, T.Zero(word.Width));

    /// <summary>Whether the left is at most the right, both read as unsigned.</summary>
    static virtual Truth<T> AtMost(T left, T right) => !T.LessUnsigned(right, left);
}

namespace RbpfSpec.Symbolic.Terms;

/// <summary>
/// Products, quotients and remainders by others: equalities of all bit-vectors, zero divisors included, as SMT-LIB defines the
/// operations, that solvers do not find among other things.
/// </summary>
public static class Identities
{
    /// <summary>
    /// A product of 64 bits in words of 32: (a + 2^32 b)(c + 2^32 d) = ac + 2^32 (ad + bc) modulo 2^64.
    /// </summary>
    /// <param name="left">The words of the left factor.</param>
    /// <param name="right">The words of the right factor.</param>
    /// <param name="multiply">The product of two words, 32 bits.</param>
    public static Term Product((Term Low, Term High) left, (Term Low, Term High) right, Func<Term, Term, Term> multiply) =>
        (left.Low.ZeroExtended(64) * right.Low.ZeroExtended(64))
        + Make.Concatenate(multiply(left.Low, right.High) + multiply(left.High, right.Low), Make.Constant(0, 32));

    /// <summary>
    /// A remainder by the quotient, d - (d / s) s: also of s = 0, where the product is zero.
    /// </summary>
    /// <param name="quotient">The operation that yields the quotient, signed or unsigned as the remainder is.</param>
    /// <param name="dividend">The dividend.</param>
    /// <param name="divisor">The divisor.</param>
    public static Term Remainder(Operator quotient, Term dividend, Term divisor) =>
        dividend - (Make.Binary(quotient, dividend, divisor) * divisor);

    /// <summary>
    /// A signed quotient or remainder by those of magnitudes: a quotient is negative where one of the two is, a remainder where the
    /// dividend is.
    /// </summary>
    /// <param name="isQuotient">Whether it is the quotient.</param>
    /// <param name="dividend">The dividend.</param>
    /// <param name="divisor">The divisor.</param>
    public static Term Signed(bool isQuotient, Term dividend, Term divisor)
    {
        var zero = Make.Constant(0, dividend.Width);
        var (isNegative, divisorIsNegative) = (dividend.BelowSigned(zero), divisor.BelowSigned(zero));
        return Make.Choose(
            isNegative,
            Make.Choose(divisorIsNegative, isQuotient ? Of(zero - dividend, zero - divisor) : zero - Of(zero - dividend, zero - divisor),
                zero - Of(zero - dividend, divisor)),
            Make.Choose(divisorIsNegative, isQuotient ? zero - Of(dividend, zero - divisor) : Of(dividend, zero - divisor),
                Of(dividend, divisor)));

        Term Of(Term left, Term right) =>
            Make.Binary(isQuotient ? Operator.DivideUnsigned : Operator.RemainderUnsigned, left, right);
    }
}

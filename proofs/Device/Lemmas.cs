using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Device;

/// <summary>Products, quotients and remainders in the parts that the device computes them of.</summary>
/// <remarks>
/// A solver does not find these identities among other things. They are facts about numbers, stated as claims of their own or
/// in the trusted base.
/// </remarks>
internal static class Lemmas
{
    /// <summary>
    /// A 64-bit product in words of 32 bits: that of the low words, and in the high word the low words of two more.
    /// </summary>
    public static Term Product(Term left, Term right)
    {
        var (low, high) = (left.Bits(0, 32), Signed(left));
        var (otherLow, otherHigh) = (right.Bits(0, 32), Signed(right));
        return (low.ZeroExtended(64) * otherLow.ZeroExtended(64))
            + Make.Concatenate((low * otherHigh) + (high * otherLow), Make.Constant(0, 32));
    }

    /// <summary>A remainder by the quotient: what is left after so many times the divisor.</summary>
    public static Term Remainder(Operator quotient, Term dividend, Term divisor) =>
        dividend - (Make.Binary(quotient, dividend, divisor) * divisor);

    /// <summary>A signed quotient or remainder by those of magnitudes.</summary>
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

    /// <summary>A formula with the identities put into it.</summary>
    public static Term Put(Term formula) => Dag.Rebuild(formula, Parts);

    // Of a choice, that of each case: an instruction under a condition has an operand that was chosen before.
    private static Term Parts(Term term, Term[] operands) => (term.Operator, term.Width) switch
    {
        (Operator.Multiply or Operator.DivideUnsigned or Operator.DivideSigned or Operator.RemainderUnsigned or Operator.RemainderSigned, _)
            when Array.FindIndex(operands, operand => operand.Operator is Operator.Choose) is >= 0 and var chosen =>
            Make.Choose(
                operands[chosen].First,
                Parts(term, [.. operands.Select((operand, index) => index == chosen ? operand.Second : operand)]),
                Parts(term, [.. operands.Select((operand, index) => index == chosen ? operand.Third : operand)])),
        (Operator.Multiply, 64) when !IsProductOfWords(operands) => Product(operands[0], operands[1]),
        (Operator.RemainderUnsigned, 32) => Remainder(Operator.DivideUnsigned, operands[0], operands[1]),
        (Operator.RemainderSigned, 32) => Make.Choose(
            operands[1].EqualTo(uint.MaxValue), Make.Constant(0, 32), Remainder(Operator.DivideSigned, operands[0], operands[1])),
        (Operator.DivideSigned, 64) => Signed(isQuotient: true, operands[0], operands[1]),
        (Operator.RemainderSigned, 64) => Signed(isQuotient: false, operands[0], operands[1]),
        (Operator.ShiftRightArithmetic, var width)
            when operands[1].IsConstant && operands[1].Value > 0 && operands[1].Value < (ulong)width => operands[0]
            .Bits((int)operands[1].Value, width - (int)operands[1].Value).SignExtended(width),
        (Operator.ShiftLeft, var width) when operands[1].IsConstant && operands[1].Value < (ulong)width && operands[1].Value > 0 =>
            Make.Concatenate(operands[0].Bits(0, width - (int)operands[1].Value), Make.Constant(0, (int)operands[1].Value)),
        _ => Make.With(term, operands),
    };

    /// <summary>That signed quotients by -1 in a formula are negations; a claim of the engines proves it.</summary>
    public static IEnumerable<Term> ByMinusOne(Term formula) =>
        from term in Dag.PostOrder(formula)
        where term is { Operator: Operator.DivideSigned, Width: 32 }
        select Engines.RefinementSetup.ByMinusOne(Operator.DivideSigned, term.First, term.Second);

    private static Term Signed(Term word) => word is { Operator: Operator.SignExtend, First.Width: 32 }
        ? word.First.Bits(31, 1).SignExtended(32)
        : word.Bits(32, 32);

    private static bool IsProductOfWords(Term[] operands) => Array.TrueForAll(
        operands,
        operand => operand is { Operator: Operator.ZeroExtend, First.Width: <= 32 } || (operand.IsConstant && operand.Value >> 32 == 0));
}

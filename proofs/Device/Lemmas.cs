using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Device;

/// <summary>Products, quotients and remainders in the parts that the device computes them of.</summary>
/// <remarks>
/// A solver does not find these identities among other things. They are facts about numbers, stated as claims of their own or
/// in the trusted base.
/// </remarks>
internal static class Lemmas
{
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
        (Operator.Multiply, 64) when !IsProductOfWords(operands) => Identities.Product(
            (operands[0].Bits(0, 32), High(operands[0])), (operands[1].Bits(0, 32), High(operands[1])), (left, right) => left * right),
        (Operator.RemainderUnsigned, 32) => Identities.Remainder(Operator.DivideUnsigned, operands[0], operands[1]),
        (Operator.RemainderSigned, 32) => Make.Choose(
            operands[1].EqualTo(uint.MaxValue),
            Make.Constant(0, 32),
            Identities.Remainder(Operator.DivideSigned, operands[0], operands[1])),
        (Operator.DivideSigned, 64) => Identities.Signed(isQuotient: true, operands[0], operands[1]),
        (Operator.RemainderSigned, 64) => Identities.Signed(isQuotient: false, operands[0], operands[1]),
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

    private static Term High(Term word) => word is { Operator: Operator.SignExtend, First.Width: 32 }
        ? word.First.Bits(31, 1).SignExtended(32)
        : word.Bits(32, 32);

    private static bool IsProductOfWords(Term[] operands) => Array.TrueForAll(
        operands,
        operand => operand is { Operator: Operator.ZeroExtend, First.Width: <= 32 } || (operand.IsConstant && operand.Value >> 32 == 0));
}

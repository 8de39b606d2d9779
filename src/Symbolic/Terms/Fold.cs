namespace RbpfSpec.Symbolic.Terms;

/// <summary>The operators on numbers, by the definitions of SMT-LIB: a second formulation, apart from the concrete words.</summary>
/// <remarks>Truth values are 0 and 1; bit-vectors are zero-extended.</remarks>
public static class Fold
{
    /// <summary>The value of an operator for known operands.</summary>
    /// <param name="term">Which operator, sort and parameters; not of arrays, variables or uninterpreted functions.</param>
    /// <param name="operands">The values of its operands.</param>
    public static ulong Value(Term term, ReadOnlySpan<ulong> operands) => term.Operator switch
    {
        Operator.Constant => term.Value,
        Operator.Not => 1 - operands[0],
        Operator.And => operands[0] & operands[1],
        Operator.Or => operands[0] | operands[1],
        Operator.Equal => Truth(operands[0] == operands[1]),
        Operator.Choose => operands[0] == 1 ? operands[1] : operands[2],
        Operator.LessUnsigned => Truth(operands[0] < operands[1]),
        Operator.LessSigned => Truth(Signed(operands[0], term.First.Width) < Signed(operands[1], term.First.Width)),
        Operator.Concatenate => (operands[0] << term.Second.Width) | operands[1],
        Operator.Extract => (operands[0] >> term.Lowest) & Make.Mask(term.Width),
        Operator.ZeroExtend => operands[0],
        Operator.SignExtend => (ulong)Signed(operands[0], term.First.Width) & Make.Mask(term.Width),
        Operator.Variable or Operator.Apply or Operator.Select or Operator.Store =>
            throw new ArgumentException($"{term.Operator} has no value of its own", nameof(term)),
        _ => Arithmetic(term.Operator, operands[0], operands[1], term.Width) & Make.Mask(term.Width),
    };

    private static ulong Arithmetic(Operator @operator, ulong left, ulong right, int width) => unchecked(@operator switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.DivideUnsigned => right == 0 ? ulong.MaxValue : left / right,
        Operator.RemainderUnsigned => right == 0 ? left : left % right,
        Operator.DivideSigned => IsNegative(left, width) == IsNegative(right, width)
            ? Arithmetic(Operator.DivideUnsigned, Magnitude(left, width), Magnitude(right, width), width)
            : 0 - (Arithmetic(Operator.DivideUnsigned, Magnitude(left, width), Magnitude(right, width), width) & Make.Mask(width)),
        Operator.RemainderSigned => IsNegative(left, width)
            ? 0 - Arithmetic(Operator.RemainderUnsigned, Magnitude(left, width), Magnitude(right, width), width)
            : Arithmetic(Operator.RemainderUnsigned, left, Magnitude(right, width), width),
        Operator.BitwiseAnd => left & right,
        Operator.BitwiseOr => left | right,
        Operator.BitwiseXor => left ^ right,
        Operator.ShiftLeft => right >= (ulong)width ? 0 : left << (int)right,
        Operator.ShiftRightLogical => right >= (ulong)width ? 0 : left >> (int)right,
        Operator.ShiftRightArithmetic => (ulong)(Signed(left, width) >> (int)Math.Min(right, 63)),
        _ => throw new ArgumentException($"{@operator} is no arithmetic operation", nameof(@operator)),
    });

    private static ulong Truth(bool value) => value ? 1UL : 0;

    private static long Signed(ulong value, int width) => (long)(value << (64 - width)) >> (64 - width);

    private static bool IsNegative(ulong value, int width) => (value >> (width - 1)) != 0;

    // bvneg of what bvsdiv and bvsrem are defined by.
    private static ulong Magnitude(ulong value, int width) =>
        IsNegative(value, width) ? unchecked(0 - value) & Make.Mask(width) : value;
}

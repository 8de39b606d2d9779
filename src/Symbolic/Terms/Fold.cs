namespace RbpfSpec.Symbolic.Terms;

/// <summary>The operators on numbers, by the definitions of SMT-LIB: a second formulation, apart from the concrete words.</summary>
/// <remarks>Truth values are 0 and 1; bit-vectors are zero-extended.</remarks>
public static class Fold
{
    /// <summary>The value of an operator for known operands.</summary>
    /// <param name="term">Which operator, sort and parameters; not of arrays, variables or uninterpreted functions.</param>
    /// <param name="operands">The values of its operands.</param>
    public static UInt128 Value(Term term, ReadOnlySpan<UInt128> operands) => term.Operator switch
    {
        Operator.Constant => term.Value,
        Operator.Not => UInt128.One - operands[0],
        Operator.And => operands[0] & operands[1],
        Operator.Or => operands[0] | operands[1],
        Operator.Equal => Truth(operands[0] == operands[1]),
        Operator.Choose => operands[0] == UInt128.One ? operands[1] : operands[2],
        Operator.LessUnsigned => Truth(operands[0] < operands[1]),
        Operator.LessSigned => Truth(Signed(operands[0], term.First.Width) < Signed(operands[1], term.First.Width)),
        Operator.Concatenate => (operands[0] << term.Second.Width) | operands[1],
        Operator.Extract => (operands[0] >> term.Lowest) & Make.Mask(term.Width),
        Operator.ZeroExtend => operands[0],
        Operator.SignExtend => (UInt128)Signed(operands[0], term.First.Width) & Make.Mask(term.Width),
        Operator.Variable or Operator.Apply or Operator.Select or Operator.Store =>
            throw new ArgumentException($"{term.Operator} has no value of its own", nameof(term)),
        _ => Arithmetic(term.Operator, operands[0], operands[1], term.Width) & Make.Mask(term.Width),
    };

    private static UInt128 Arithmetic(Operator @operator, UInt128 left, UInt128 right, int width) => unchecked(@operator switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.DivideUnsigned => right == UInt128.Zero ? UInt128.MaxValue : left / right,
        Operator.RemainderUnsigned => right == UInt128.Zero ? left : left % right,
        Operator.DivideSigned => IsNegative(left, width) == IsNegative(right, width)
            ? Arithmetic(Operator.DivideUnsigned, Magnitude(left, width), Magnitude(right, width), width)
            : UInt128.Zero - (
                Arithmetic(Operator.DivideUnsigned, Magnitude(left, width), Magnitude(right, width), width) & Make.Mask(width)),
        Operator.RemainderSigned => IsNegative(left, width)
            ? UInt128.Zero - Arithmetic(Operator.RemainderUnsigned, Magnitude(left, width), Magnitude(right, width), width)
            : Arithmetic(Operator.RemainderUnsigned, left, Magnitude(right, width), width),
        Operator.BitwiseAnd => left & right,
        Operator.BitwiseOr => left | right,
        Operator.BitwiseXor => left ^ right,
        Operator.ShiftLeft => right >= (UInt128)width ? UInt128.Zero : left << (int)right,
        Operator.ShiftRightLogical => right >= (UInt128)width ? UInt128.Zero : left >> (int)right,
        Operator.ShiftRightArithmetic => (UInt128)(Signed(left, width) >> (int)UInt128.Min(right, 127)),
        _ => throw new ArgumentException($"{@operator} is no arithmetic operation", nameof(@operator)),
    });

    private static UInt128 Truth(bool value) => value ? UInt128.One : UInt128.Zero;

    private static Int128 Signed(UInt128 value, int width) => (Int128)(value << (128 - width)) >> (128 - width);

    private static bool IsNegative(UInt128 value, int width) => (value >> (width - 1)) != UInt128.Zero;

    // bvneg of what bvsdiv and bvsrem are defined by.
    private static UInt128 Magnitude(UInt128 value, int width) =>
        IsNegative(value, width) ? unchecked(UInt128.Zero - value) & Make.Mask(width) : value;
}

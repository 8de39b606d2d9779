using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>A word of the prover: a bit-vector term.</summary>
/// <param name="Term">A term of a bit-vector sort.</param>
public readonly record struct TermWord(Term Term) : IWord<TermWord>
{
    /// <inheritdoc/>
    public Width Width => Width.Of(Term.Width);

    /// <summary>A free word.</summary>
    public static TermWord Variable(string name, Width width) => new(Make.Variable(name, width.Bits));

    /// <inheritdoc/>
    public bool IsKnown(out ulong value)
    {
        value = (ulong)Term.Value;
        return Term.IsConstant;
    }

    /// <inheritdoc/>
    public static TermWord Constant(ulong value, Width width) => new(Alteration.Constant(value, width.Bits));

    /// <inheritdoc/>
    public static TermWord operator +(TermWord left, TermWord right) => Word(Operator.Add, left, right);

    /// <inheritdoc/>
    public static TermWord operator -(TermWord left, TermWord right) => Word(Operator.Subtract, left, right);

    /// <inheritdoc/>
    public static TermWord operator *(TermWord left, TermWord right) => Word(Operator.Multiply, left, right);

    /// <inheritdoc/>
    public static TermWord operator &(TermWord left, TermWord right) => Word(Operator.BitwiseAnd, left, right);

    /// <inheritdoc/>
    public static TermWord operator |(TermWord left, TermWord right) => Word(Operator.BitwiseOr, left, right);

    /// <inheritdoc/>
    public static TermWord operator ^(TermWord left, TermWord right) => Word(Operator.BitwiseXor, left, right);

    /// <inheritdoc/>
    public static TermWord ShiftLeft(TermWord value, TermWord amount) => Word(Operator.ShiftLeft, value, amount);

    /// <inheritdoc/>
    public static TermWord ShiftRightLogical(TermWord value, TermWord amount) => Word(Operator.ShiftRightLogical, value, amount);

    /// <inheritdoc/>
    public static TermWord ShiftRightArithmetic(TermWord value, TermWord amount) => Word(Operator.ShiftRightArithmetic, value, amount);

    /// <inheritdoc/>
    public static TermWord DivideUnsigned(TermWord dividend, TermWord divisor) => Word(Operator.DivideUnsigned, dividend, divisor);

    /// <inheritdoc/>
    public static TermWord RemainderUnsigned(TermWord dividend, TermWord divisor) => Word(Operator.RemainderUnsigned, dividend, divisor);

    /// <inheritdoc/>
    public static TermWord DivideSigned(TermWord dividend, TermWord divisor) => Word(Operator.DivideSigned, dividend, divisor);

    /// <inheritdoc/>
    public static TermWord RemainderSigned(TermWord dividend, TermWord divisor) => Word(Operator.RemainderSigned, dividend, divisor);

    /// <inheritdoc/>
    public static Truth<TermWord> Same(TermWord left, TermWord right) => Bit(Operator.Equal, left.Term, right.Term);

    /// <inheritdoc/>
    public static Truth<TermWord> LessUnsigned(TermWord left, TermWord right) => Bit(Operator.LessUnsigned, left.Term, right.Term);

    /// <inheritdoc/>
    public static Truth<TermWord> LessSigned(TermWord left, TermWord right) => Bit(Operator.LessSigned, left.Term, right.Term);

    /// <inheritdoc/>
    public static Truth<TermWord> TruthOf(bool value) => TermBits.Of(Make.Truth(value));

    /// <inheritdoc/>
    public static bool IsTruthKnown(Truth<TermWord> truth, out bool value)
    {
        value = truth.Term.IsTrue;
        return truth.Term.IsConstant;
    }

    /// <inheritdoc/>
    public static Truth<TermWord> Not(Truth<TermWord> operand) => TermBits.Of(Alteration.Apply(Operator.Not, [operand.Term]));

    /// <inheritdoc/>
    public static Truth<TermWord> And(Truth<TermWord> left, Truth<TermWord> right) => Bit(Operator.And, left.Term, right.Term);

    /// <inheritdoc/>
    public static Truth<TermWord> Or(Truth<TermWord> left, Truth<TermWord> right) => Bit(Operator.Or, left.Term, right.Term);

    /// <inheritdoc/>
    public static TermWord Choose(Truth<TermWord> condition, TermWord then, TermWord otherwise) =>
        new(Alteration.Apply(Operator.Choose, [condition.Term, then.Term, otherwise.Term]));

    /// <inheritdoc/>
    public TermWord Slice(int lowest, Width width) => new(Alteration.Apply(Operator.Extract, [Term], width.Bits, lowest));

    /// <inheritdoc/>
    public TermWord Low(Width width) => Slice(0, width);

    /// <inheritdoc/>
    public TermWord ZeroExtend(Width width) => new(Alteration.Apply(Operator.ZeroExtend, [Term], width.Bits));

    /// <inheritdoc/>
    public TermWord SignExtend(Width width) => new(Alteration.Apply(Operator.SignExtend, [Term], width.Bits));

    /// <inheritdoc/>
    public TermWord ReverseBytes() => new(Alteration.ReverseBytes(Term));

    /// <summary>The SMT-LIB text.</summary>
    public override string ToString() => Term.ToString();

    private static TermWord Word(Operator @operator, TermWord left, TermWord right) =>
        new(Alteration.Apply(@operator, [left.Term, right.Term]));

    private static Truth<TermWord> Bit(Operator @operator, Term left, Term right) => TermBits.Of(Alteration.Apply(@operator, [left, right]));
}

using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>A word of the prover: a bit-vector term.</summary>
/// <param name="Term">A term of a bit-vector sort.</param>
public readonly record struct TermWord(Term Term) : IWord<TermWord>
{
    public Width Width => Width.Of(Term.Width);

    /// <summary>A free word.</summary>
    public static TermWord Variable(string name, Width width) => new(Make.Variable(name, width.Bits));

    public bool IsKnown(out ulong value)
    {
        value = (ulong)Term.Value;
        return Term.IsConstant;
    }

    public static TermWord Constant(ulong value, Width width) => new(Make.Constant(value, width.Bits));

    public static TermWord operator +(TermWord left, TermWord right) => Word(Operator.Add, left, right);

    public static TermWord operator -(TermWord left, TermWord right) => Word(Operator.Subtract, left, right);

    public static TermWord operator *(TermWord left, TermWord right) => Word(Operator.Multiply, left, right);

    public static TermWord operator &(TermWord left, TermWord right) => Word(Operator.BitwiseAnd, left, right);

    public static TermWord operator |(TermWord left, TermWord right) => Word(Operator.BitwiseOr, left, right);

    public static TermWord operator ^(TermWord left, TermWord right) => Word(Operator.BitwiseXor, left, right);

    public static TermWord ShiftLeft(TermWord value, TermWord amount) => Word(Operator.ShiftLeft, value, amount);

    public static TermWord ShiftRightLogical(TermWord value, TermWord amount) => Word(Operator.ShiftRightLogical, value, amount);

    public static TermWord ShiftRightArithmetic(TermWord value, TermWord amount) => Word(Operator.ShiftRightArithmetic, value, amount);

    public static TermWord DivideUnsigned(TermWord dividend, TermWord divisor) => Word(Operator.DivideUnsigned, dividend, divisor);

    public static TermWord RemainderUnsigned(TermWord dividend, TermWord divisor) => Word(Operator.RemainderUnsigned, dividend, divisor);

    public static TermWord DivideSigned(TermWord dividend, TermWord divisor) => Word(Operator.DivideSigned, dividend, divisor);

    public static TermWord RemainderSigned(TermWord dividend, TermWord divisor) => Word(Operator.RemainderSigned, dividend, divisor);

    public static Truth<TermWord> Same(TermWord left, TermWord right) => Bit(Operator.Equal, left.Term, right.Term);

    public static Truth<TermWord> LessUnsigned(TermWord left, TermWord right) => Bit(Operator.LessUnsigned, left.Term, right.Term);

    public static Truth<TermWord> LessSigned(TermWord left, TermWord right) => Bit(Operator.LessSigned, left.Term, right.Term);

    public static Truth<TermWord> TruthOf(bool value) => TermTruths.Of(Make.Truth(value));

    public static bool IsTruthKnown(Truth<TermWord> truth, out bool value)
    {
        value = truth.Term.IsTrue;
        return truth.Term.IsConstant;
    }

    public static Truth<TermWord> Not(Truth<TermWord> operand) => TermTruths.Of(!operand.Term);

    public static Truth<TermWord> And(Truth<TermWord> left, Truth<TermWord> right) => Bit(Operator.And, left.Term, right.Term);

    public static Truth<TermWord> Or(Truth<TermWord> left, Truth<TermWord> right) => Bit(Operator.Or, left.Term, right.Term);

    public static TermWord Choose(Truth<TermWord> condition, TermWord then, TermWord otherwise) =>
        new(Make.Choose(condition.Term, then.Term, otherwise.Term));

    public TermWord Slice(int lowest, Width width) => new(Make.Extract(Term, lowest, width.Bits));

    public TermWord Low(Width width) => Slice(0, width);

    public TermWord ZeroExtend(Width width) => new(Make.ZeroExtend(Term, width.Bits));

    public TermWord SignExtend(Width width) => new(Make.SignExtend(Term, width.Bits));

    public TermWord ReverseBytes()
    {
        var term = Term;
        return new(Enumerable.Range(0, Term.Width / 8).Select(index => Make.Extract(term, index * 8, 8)).Aggregate(Make.Concatenate));
    }

    /// <summary>The SMT-LIB text.</summary>
    public override string ToString() => Term.ToString();

    private static TermWord Word(Operator @operator, TermWord left, TermWord right) =>
        new(Make.Binary(@operator, left.Term, right.Term));

    private static Truth<TermWord> Bit(Operator @operator, Term left, Term right) => TermTruths.Of(Make.Binary(@operator, left, right));
}

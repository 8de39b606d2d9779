using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>The mark of an altered word: a rule may know it, and the run learns from meeting it.</summary>
internal enum Mark : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its value, as of a register's number.</summary>
    Known,

    /// <summary>It is the length of the first region.</summary>
    FirstLength,

    /// <summary>It is the length of a further region.</summary>
    Length,
}

/// <summary>A word of another domain whose operations can go wrong: one definition of mutants for every domain.</summary>
/// <param name="Inner">The word.</param>
/// <param name="Mark">What is known of it.</param>
internal readonly record struct AlteredWord<T>(T Inner, Mark Mark = Mark.None)
    : IWord<AlteredWord<T>>
    where T : IWord<T>
{
    public Width Width => Inner.Width;

    public bool IsKnown(out ulong value)
    {
        value = default;
        return Mark is Mark.Known && Inner.IsKnown(out value);
    }

    public static AlteredWord<T> Constant(ulong value, Width width) =>
        new(T.Constant(AlteredRun.Next(Changes.OfConstant) is null ? value : unchecked(value + 1), width));

    public static AlteredWord<T> operator +(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.Add, left, right);

    public static AlteredWord<T> operator -(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.Subtract, left, right);

    public static AlteredWord<T> operator *(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.Multiply, left, right);

    public static AlteredWord<T> operator &(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.BitwiseAnd, left, right);

    public static AlteredWord<T> operator |(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.BitwiseOr, left, right);

    public static AlteredWord<T> operator ^(AlteredWord<T> left, AlteredWord<T> right) =>
        Word(Operator.BitwiseXor, left, right);

    public static AlteredWord<T> ShiftLeft(AlteredWord<T> value, AlteredWord<T> amount) =>
        Word(Operator.ShiftLeft, value, amount);

    public static AlteredWord<T> ShiftRightLogical(AlteredWord<T> value, AlteredWord<T> amount) =>
        Word(Operator.ShiftRightLogical, value, amount);

    public static AlteredWord<T> ShiftRightArithmetic(AlteredWord<T> value, AlteredWord<T> amount) =>
        Word(Operator.ShiftRightArithmetic, value, amount);

    public static AlteredWord<T> DivideUnsigned(AlteredWord<T> dividend, AlteredWord<T> divisor) =>
        Word(Operator.DivideUnsigned, dividend, divisor);

    public static AlteredWord<T> RemainderUnsigned(AlteredWord<T> dividend, AlteredWord<T> divisor) =>
        Word(Operator.RemainderUnsigned, dividend, divisor);

    public static AlteredWord<T> DivideSigned(AlteredWord<T> dividend, AlteredWord<T> divisor) =>
        Word(Operator.DivideSigned, dividend, divisor);

    public static AlteredWord<T> RemainderSigned(AlteredWord<T> dividend, AlteredWord<T> divisor) =>
        Word(Operator.RemainderSigned, dividend, divisor);

    public static Truth<AlteredWord<T>> Same(AlteredWord<T> left, AlteredWord<T> right)
    {
        var same = T.Same(left.Inner, right.Inner);
        return Up(AlteredRun.Next(Operator.Equal) is null ? same : !same);
    }

    public static Truth<AlteredWord<T>> LessUnsigned(AlteredWord<T> left, AlteredWord<T> right)
    {
        // The access check, the one formula for all accesses, begins with this comparison of the region's length.
        if (left.Mark is Mark.FirstLength or Mark.Length) AlteredRun.ComesToRegion(left.Mark is Mark.FirstLength);
        return Less(Operator.LessUnsigned, left.Inner, right.Inner);
    }

    public static Truth<AlteredWord<T>> LessSigned(AlteredWord<T> left, AlteredWord<T> right) =>
        Less(Operator.LessSigned, left.Inner, right.Inner);

    public static Truth<AlteredWord<T>> TruthOf(bool value) => Up(Truth<T>.Of(value));

    /// <summary>Never, so that a rule does the same whatever it is.</summary>
    public static bool IsTruthKnown(Truth<AlteredWord<T>> truth, out bool value)
    {
        value = default;
        return false;
    }

    public static Truth<AlteredWord<T>> Not(Truth<AlteredWord<T>> operand) =>
        AlteredRun.Next(Operator.Not) is null ? Up(!Down(operand)) : operand;

    public static Truth<AlteredWord<T>> And(Truth<AlteredWord<T>> left, Truth<AlteredWord<T>> right) =>
        Changed(AlteredRun.Next(Operator.And), left, right) ?? Up(Down(left) & Down(right));

    public static Truth<AlteredWord<T>> Or(Truth<AlteredWord<T>> left, Truth<AlteredWord<T>> right) =>
        Changed(AlteredRun.Next(Operator.Or), left, right) ?? Up(Down(left) | Down(right));

    public static AlteredWord<T> Choose(
        Truth<AlteredWord<T>> condition, AlteredWord<T> then, AlteredWord<T> otherwise) =>
        new(AlteredRun.Next(Operator.Choose) is null
            ? T.Choose(Down(condition), then.Inner, otherwise.Inner)
            : T.Choose(Down(condition), otherwise.Inner, then.Inner));

    public AlteredWord<T> Slice(int lowest, Width width) =>
        new(AlteredRun.Next(Operator.Extract, isPart: width.Bits is not 4 && width < Width) is null
            ? Inner.Slice(lowest, width)
            : Inner.Slice(lowest, width.Half).ZeroExtend(width));

    public AlteredWord<T> Low(Width width) => Slice(0, width);

    public AlteredWord<T> ZeroExtend(Width width) =>
        new(AlteredRun.Next(Operator.ZeroExtend) is null ? Inner.ZeroExtend(width) : Inner.SignExtend(width));

    public AlteredWord<T> SignExtend(Width width) =>
        new(AlteredRun.Next(Operator.SignExtend) is null ? Inner.SignExtend(width) : Inner.ZeroExtend(width));

    public AlteredWord<T> ReverseBytes() =>
        new(AlteredRun.Next(Changes.OfReversal) is null ? Inner.ReverseBytes() : Inner);

    /// <summary>A truth value of the other domain, as one whose operations can go wrong.</summary>
    public static Truth<AlteredWord<T>> Up(Truth<T> truth) => new(new AlteredWord<T>(truth.Representation));

    /// <summary>The truth value of the other domain.</summary>
    public static Truth<T> Down(Truth<AlteredWord<T>> truth) => new(truth.Representation.Inner);

    private static Truth<AlteredWord<T>>? Changed(Change? change, Truth<AlteredWord<T>> left, Truth<AlteredWord<T>> right) => change switch
    {
        null => null,
        { Kind: ChangeKind.LeftOperand } => left,
        { Kind: ChangeKind.RightOperand } => right,
        { Other: Operator.And } => Up(Down(left) & Down(right)),
        _ => Up(Down(left) | Down(right)),
    };

    private static AlteredWord<T> Word(Operator @operator, AlteredWord<T> left, AlteredWord<T> right) =>
        new(AlteredRun.Next(@operator) switch
        {
            null => Plain(@operator, left.Inner, right.Inner),
            { Kind: ChangeKind.Swapped } => Plain(@operator, right.Inner, left.Inner),
            var change => Plain(change.Other, left.Inner, right.Inner),
        });

    private static Truth<AlteredWord<T>> Less(Operator @operator, T left, T right) =>
        Up(AlteredRun.Next(@operator) switch
        {
            null => PlainLess(@operator, left, right),
            { Kind: ChangeKind.Swapped } => PlainLess(@operator, right, left),
            { Kind: ChangeKind.OrEqual } => !PlainLess(@operator, right, left),
            var change => PlainLess(change.Other, left, right),
        });

    private static Truth<T> PlainLess(Operator @operator, T left, T right) =>
        @operator is Operator.LessSigned ? T.LessSigned(left, right) : T.LessUnsigned(left, right);

    private static T Plain(Operator @operator, T left, T right) => @operator switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.DivideUnsigned => T.DivideUnsigned(left, right),
        Operator.RemainderUnsigned => T.RemainderUnsigned(left, right),
        Operator.DivideSigned => T.DivideSigned(left, right),
        Operator.RemainderSigned => T.RemainderSigned(left, right),
        Operator.BitwiseAnd => left & right,
        Operator.BitwiseOr => left | right,
        Operator.BitwiseXor => left ^ right,
        Operator.ShiftLeft => T.ShiftLeft(left, right),
        Operator.ShiftRightLogical => T.ShiftRightLogical(left, right),
        Operator.ShiftRightArithmetic => T.ShiftRightArithmetic(left, right),
        Operator.Constant or Operator.Variable or Operator.Apply or Operator.Not or Operator.And or Operator.Or
            or Operator.Equal or Operator.Choose or Operator.LessUnsigned or Operator.LessSigned or Operator.Concatenate
            or Operator.Extract or Operator.ZeroExtend or Operator.SignExtend or Operator.Select or Operator.Store =>
            throw new ArgumentOutOfRangeException(nameof(@operator), @operator, "it yields no word of two"),
    };
}

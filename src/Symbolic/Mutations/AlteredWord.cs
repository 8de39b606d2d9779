using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>What a rule may know of an altered word, and what the run learns from meeting it.</summary>
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

/// <summary>A truth value whose operations can go wrong; never known, so that a rule does the same whatever it is.</summary>
/// <param name="Inner">The truth value.</param>
internal readonly record struct AlteredBit<TBit>(TBit Inner) : IBit<AlteredBit<TBit>>
    where TBit : IBit<TBit>
{
    /// <inheritdoc/>
    public static AlteredBit<TBit> Of(bool value) => new(TBit.Of(value));

    /// <inheritdoc/>
    public bool IsKnown(out bool value)
    {
        value = default;
        return false;
    }

    /// <inheritdoc/>
    public static AlteredBit<TBit> operator !(AlteredBit<TBit> operand) =>
        AlteredRun.Next(Operator.Not) is null ? new(!operand.Inner) : operand;

    /// <inheritdoc/>
    public static AlteredBit<TBit> operator &(AlteredBit<TBit> left, AlteredBit<TBit> right) =>
        Of(AlteredRun.Next(Operator.And), left, right) ?? new(left.Inner & right.Inner);

    /// <inheritdoc/>
    public static AlteredBit<TBit> operator |(AlteredBit<TBit> left, AlteredBit<TBit> right) =>
        Of(AlteredRun.Next(Operator.Or), left, right) ?? new(left.Inner | right.Inner);

    private static AlteredBit<TBit>? Of(Change? change, AlteredBit<TBit> left, AlteredBit<TBit> right) => change switch
    {
        null => null,
        { Kind: ChangeKind.LeftOperand } => left,
        { Kind: ChangeKind.RightOperand } => right,
        { Other: Operator.And } => new(left.Inner & right.Inner),
        _ => new(left.Inner | right.Inner),
    };
}

/// <summary>A word of another domain whose operations can go wrong: one definition of mutants for every domain.</summary>
/// <param name="Inner">The word.</param>
/// <param name="Mark">What is known of it.</param>
internal readonly record struct AlteredWord<TWord, TBit>(TWord Inner, Mark Mark = Mark.None)
    : IWord<AlteredWord<TWord, TBit>, AlteredBit<TBit>>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <inheritdoc/>
    public Width Width => Inner.Width;

    /// <inheritdoc/>
    public bool IsKnown(out ulong value)
    {
        value = default;
        return Mark is Mark.Known && Inner.IsKnown(out value);
    }

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> Constant(ulong value, Width width) =>
        new(TWord.Constant(AlteredRun.Next(Changes.OfConstant) is null ? value : unchecked(value + 1), width));

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator +(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.Add, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator -(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.Subtract, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator *(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.Multiply, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator &(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.BitwiseAnd, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator |(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.BitwiseOr, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> operator ^(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Word(Operator.BitwiseXor, left, right);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> ShiftLeft(AlteredWord<TWord, TBit> value, AlteredWord<TWord, TBit> amount) =>
        Word(Operator.ShiftLeft, value, amount);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> ShiftRightLogical(AlteredWord<TWord, TBit> value, AlteredWord<TWord, TBit> amount) =>
        Word(Operator.ShiftRightLogical, value, amount);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> ShiftRightArithmetic(AlteredWord<TWord, TBit> value, AlteredWord<TWord, TBit> amount) =>
        Word(Operator.ShiftRightArithmetic, value, amount);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> DivideUnsigned(AlteredWord<TWord, TBit> dividend, AlteredWord<TWord, TBit> divisor) =>
        Word(Operator.DivideUnsigned, dividend, divisor);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> RemainderUnsigned(AlteredWord<TWord, TBit> dividend, AlteredWord<TWord, TBit> divisor) =>
        Word(Operator.RemainderUnsigned, dividend, divisor);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> DivideSigned(AlteredWord<TWord, TBit> dividend, AlteredWord<TWord, TBit> divisor) =>
        Word(Operator.DivideSigned, dividend, divisor);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> RemainderSigned(AlteredWord<TWord, TBit> dividend, AlteredWord<TWord, TBit> divisor) =>
        Word(Operator.RemainderSigned, dividend, divisor);

    /// <inheritdoc/>
    public static AlteredBit<TBit> Same(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right)
    {
        var same = TWord.Same(left.Inner, right.Inner);
        return new(AlteredRun.Next(Operator.Equal) is null ? same : !same);
    }

    /// <inheritdoc/>
    public static AlteredBit<TBit> LessUnsigned(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right)
    {
        // The access check, the one formula for all accesses, begins with this comparison of the region's length.
        if (left.Mark is Mark.FirstLength or Mark.Length) AlteredRun.ComesToRegion(left.Mark is Mark.FirstLength);
        return Less(Operator.LessUnsigned, left.Inner, right.Inner);
    }

    /// <inheritdoc/>
    public static AlteredBit<TBit> LessSigned(AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        Less(Operator.LessSigned, left.Inner, right.Inner);

    /// <inheritdoc/>
    public static AlteredWord<TWord, TBit> Choose(
        AlteredBit<TBit> condition, AlteredWord<TWord, TBit> then, AlteredWord<TWord, TBit> otherwise) =>
        new(AlteredRun.Next(Operator.Choose) is null
            ? TWord.Choose(condition.Inner, then.Inner, otherwise.Inner)
            : TWord.Choose(condition.Inner, otherwise.Inner, then.Inner));

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> Slice(int lowest, Width width) =>
        new(AlteredRun.Next(Operator.Extract, isPart: width.Bits is not 4 && width < Width) is null
            ? Inner.Slice(lowest, width)
            : Inner.Slice(lowest, Width.Of(width.Bits / 2)).ZeroExtend(width));

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> Low(Width width) => Slice(0, width);

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> ZeroExtend(Width width) =>
        new(AlteredRun.Next(Operator.ZeroExtend) is null ? Inner.ZeroExtend(width) : Inner.SignExtend(width));

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> SignExtend(Width width) =>
        new(AlteredRun.Next(Operator.SignExtend) is null ? Inner.SignExtend(width) : Inner.ZeroExtend(width));

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> ReverseBytes() =>
        new(AlteredRun.Next(Changes.OfReversal) is null ? Inner.ReverseBytes() : Inner);

    private static AlteredWord<TWord, TBit> Word(Operator @operator, AlteredWord<TWord, TBit> left, AlteredWord<TWord, TBit> right) =>
        new(AlteredRun.Next(@operator) switch
        {
            null => Plain(@operator, left.Inner, right.Inner),
            { Kind: ChangeKind.Swapped } => Plain(@operator, right.Inner, left.Inner),
            var change => Plain(change.Other, left.Inner, right.Inner),
        });

    private static AlteredBit<TBit> Less(Operator @operator, TWord left, TWord right) =>
        new(AlteredRun.Next(@operator) switch
        {
            null => PlainLess(@operator, left, right),
            { Kind: ChangeKind.Swapped } => PlainLess(@operator, right, left),
            { Kind: ChangeKind.OrEqual } => !PlainLess(@operator, right, left),
            var change => PlainLess(change.Other, left, right),
        });

    private static TBit PlainLess(Operator @operator, TWord left, TWord right) =>
        @operator is Operator.LessSigned ? TWord.LessSigned(left, right) : TWord.LessUnsigned(left, right);

    private static TWord Plain(Operator @operator, TWord left, TWord right) => @operator switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.DivideUnsigned => TWord.DivideUnsigned(left, right),
        Operator.RemainderUnsigned => TWord.RemainderUnsigned(left, right),
        Operator.DivideSigned => TWord.DivideSigned(left, right),
        Operator.RemainderSigned => TWord.RemainderSigned(left, right),
        Operator.BitwiseAnd => left & right,
        Operator.BitwiseOr => left | right,
        Operator.BitwiseXor => left ^ right,
        Operator.ShiftLeft => TWord.ShiftLeft(left, right),
        Operator.ShiftRightLogical => TWord.ShiftRightLogical(left, right),
        Operator.ShiftRightArithmetic => TWord.ShiftRightArithmetic(left, right),
        Operator.Constant or Operator.Variable or Operator.Apply or Operator.Not or Operator.And or Operator.Or
            or Operator.Equal or Operator.Choose or Operator.LessUnsigned or Operator.LessSigned or Operator.Concatenate
            or Operator.Extract or Operator.ZeroExtend or Operator.SignExtend or Operator.Select or Operator.Store =>
            throw new ArgumentOutOfRangeException(nameof(@operator), @operator, "it yields no word of two"),
    };
}

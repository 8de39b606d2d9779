namespace RbpfSpec.Mutants;

/// <summary>A word of another domain whose operations can go wrong: one definition of mutants for every domain.</summary>
/// <remarks>Which operation goes wrong, and how, the run says (<see cref="MutantRun"/>); without one, none does.</remarks>
/// <param name="Inner">The word.</param>
/// <param name="IsOpen">Whether a rule may know its value in every state, as of a register's number.</param>
public readonly record struct MutantWord<T>(T Inner, bool IsOpen = false)
    : IWord<MutantWord<T>>
    where T : IWord<T>
{
    public Width Width => Inner.Width;

    public bool IsKnown(out ulong value)
    {
        value = default;
        return (IsOpen || MutantRun.IsOpen) && Inner.IsKnown(out value);
    }

    public static MutantWord<T> Constant(ulong value, Width width)
    {
        var right = T.Constant(value, width);
        return new(MutantRun.Next(WordOperation.Constant) is null
            ? right
            : MutantRun.Instead(right, T.Constant(unchecked(value + 1), width)));
    }

    public static MutantWord<T> operator +(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.Add, left, right);

    public static MutantWord<T> operator -(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.Subtract, left, right);

    public static MutantWord<T> operator *(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.Multiply, left, right);

    public static MutantWord<T> operator &(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.BitwiseAnd, left, right);

    public static MutantWord<T> operator |(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.BitwiseOr, left, right);

    public static MutantWord<T> operator ^(MutantWord<T> left, MutantWord<T> right) =>
        Of(WordOperation.BitwiseXor, left, right);

    public static MutantWord<T> ShiftLeft(MutantWord<T> value, MutantWord<T> amount) =>
        Of(WordOperation.ShiftLeft, value, amount);

    public static MutantWord<T> ShiftRightLogical(MutantWord<T> value, MutantWord<T> amount) =>
        Of(WordOperation.ShiftRightLogical, value, amount);

    public static MutantWord<T> ShiftRightArithmetic(MutantWord<T> value, MutantWord<T> amount) =>
        Of(WordOperation.ShiftRightArithmetic, value, amount);

    public static MutantWord<T> DivideUnsigned(MutantWord<T> dividend, MutantWord<T> divisor) =>
        Of(WordOperation.DivideUnsigned, dividend, divisor);

    public static MutantWord<T> RemainderUnsigned(MutantWord<T> dividend, MutantWord<T> divisor) =>
        Of(WordOperation.RemainderUnsigned, dividend, divisor);

    public static MutantWord<T> DivideSigned(MutantWord<T> dividend, MutantWord<T> divisor) =>
        Of(WordOperation.DivideSigned, dividend, divisor);

    public static MutantWord<T> RemainderSigned(MutantWord<T> dividend, MutantWord<T> divisor) =>
        Of(WordOperation.RemainderSigned, dividend, divisor);

    public static Truth<MutantWord<T>> Same(MutantWord<T> left, MutantWord<T> right)
    {
        var same = T.Same(left.Inner, right.Inner);
        return Up(MutantRun.Next(WordOperation.Equal) is null ? same : MutantRun.Instead(same, !same));
    }

    public static Truth<MutantWord<T>> LessUnsigned(MutantWord<T> left, MutantWord<T> right) => Up(
        MutantRun.Next(WordOperation.LessUnsigned) is { } change
            ? WrongOrder(WordOperation.LessUnsigned, change, left.Inner, right.Inner)
            : T.LessUnsigned(left.Inner, right.Inner));

    public static Truth<MutantWord<T>> LessSigned(MutantWord<T> left, MutantWord<T> right) => Up(
        MutantRun.Next(WordOperation.LessSigned) is { } change
            ? WrongOrder(WordOperation.LessSigned, change, left.Inner, right.Inner)
            : T.LessSigned(left.Inner, right.Inner));

    public static Truth<MutantWord<T>> TruthOf(bool value) => Up(Truth<T>.Of(value));

    public static bool IsTruthKnown(Truth<MutantWord<T>> truth, out bool value)
    {
        value = default;
        return MutantRun.IsOpen && Down(truth).IsKnown(out value);
    }

    public static Truth<MutantWord<T>> Not(Truth<MutantWord<T>> operand)
    {
        var right = !Down(operand);
        return Up(MutantRun.Next(WordOperation.Not) is null ? right : MutantRun.Instead(right, Down(operand)));
    }

    public static Truth<MutantWord<T>> And(Truth<MutantWord<T>> left, Truth<MutantWord<T>> right)
    {
        var both = Down(left) & Down(right);
        return Up(MutantRun.Next(WordOperation.And) is { } change ? WrongConnection(both, change, Down(left), Down(right)) : both);
    }

    public static Truth<MutantWord<T>> Or(Truth<MutantWord<T>> left, Truth<MutantWord<T>> right)
    {
        var either = Down(left) | Down(right);
        return Up(MutantRun.Next(WordOperation.Or) is { } change ? WrongConnection(either, change, Down(left), Down(right)) : either);
    }

    public static MutantWord<T> Choose(
        Truth<MutantWord<T>> condition, MutantWord<T> then, MutantWord<T> otherwise)
    {
        var right = T.Choose(Down(condition), then.Inner, otherwise.Inner);
        return new(MutantRun.Next(WordOperation.Choose) is null
            ? right
            : MutantRun.Instead(right, T.Choose(Down(condition), otherwise.Inner, then.Inner)));
    }

    public MutantWord<T> Slice(int lowest, Width width)
    {
        var right = Inner.Slice(lowest, width);
        return new(MutantRun.Next(width.Bits is not 4 && width < Width ? WordOperation.Slice : WordOperation.WholeSlice) is null
            ? right
            : MutantRun.Instead(right, Inner.Slice(lowest, width.Half).ZeroExtend(width)));
    }

    public MutantWord<T> Low(Width width) => Slice(0, width);

    public MutantWord<T> ZeroExtend(Width width)
    {
        var right = Inner.ZeroExtend(width);
        return new(MutantRun.Next(WordOperation.ZeroExtend) is null ? right : MutantRun.Instead(right, Inner.SignExtend(width)));
    }

    public MutantWord<T> SignExtend(Width width)
    {
        var right = Inner.SignExtend(width);
        return new(MutantRun.Next(WordOperation.SignExtend) is null ? right : MutantRun.Instead(right, Inner.ZeroExtend(width)));
    }

    public MutantWord<T> ReverseBytes()
    {
        var right = Inner.ReverseBytes();
        return new(MutantRun.Next(WordOperation.ReverseBytes) is null ? right : MutantRun.Instead(right, Inner));
    }

    /// <summary>A truth value of the other domain, as one whose operations can go wrong.</summary>
    public static Truth<MutantWord<T>> Up(Truth<T> truth) => new(new MutantWord<T>(truth.Representation));

    /// <summary>The truth value of the other domain.</summary>
    public static Truth<T> Down(Truth<MutantWord<T>> truth) => new(truth.Representation.Inner);

    private static MutantWord<T> Of(WordOperation operation, MutantWord<T> left, MutantWord<T> right)
    {
        var result = Result(operation, left.Inner, right.Inner);
        return MutantRun.Next(operation) switch
        {
            null => new(result),
            { Kind: ChangeKind.Swapped } => new(MutantRun.Instead(result, Result(operation, right.Inner, left.Inner))),
            var change => new(MutantRun.Instead(result, Result(change.Other, left.Inner, right.Inner))),
        };
    }

    private static Truth<T> WrongOrder(WordOperation operation, OperationChange change, T left, T right) => MutantRun.Instead(
        Order(operation, left, right),
        change.Kind switch
        {
            ChangeKind.Swapped => Order(operation, right, left),
            ChangeKind.OrEqual => !Order(operation, right, left),
            _ => Order(change.Other, left, right),
        });

    private static Truth<T> WrongConnection(Truth<T> right, OperationChange change, Truth<T> one, Truth<T> other) => MutantRun.Instead(
        right,
        change switch
        {
            { Kind: ChangeKind.LeftOperand } => one,
            { Kind: ChangeKind.RightOperand } => other,
            { Other: WordOperation.And } => one & other,
            _ => one | other,
        });

    private static Truth<T> Order(WordOperation operation, T left, T right) =>
        operation is WordOperation.LessSigned ? T.LessSigned(left, right) : T.LessUnsigned(left, right);

    private static T Result(WordOperation operation, T left, T right) => operation switch
    {
        WordOperation.Add => left + right,
        WordOperation.Subtract => left - right,
        WordOperation.Multiply => left * right,
        WordOperation.DivideUnsigned => T.DivideUnsigned(left, right),
        WordOperation.RemainderUnsigned => T.RemainderUnsigned(left, right),
        WordOperation.DivideSigned => T.DivideSigned(left, right),
        WordOperation.RemainderSigned => T.RemainderSigned(left, right),
        WordOperation.BitwiseAnd => left & right,
        WordOperation.BitwiseOr => left | right,
        WordOperation.BitwiseXor => left ^ right,
        WordOperation.ShiftLeft => T.ShiftLeft(left, right),
        WordOperation.ShiftRightLogical => T.ShiftRightLogical(left, right),
        WordOperation.ShiftRightArithmetic => T.ShiftRightArithmetic(left, right),
        WordOperation.Constant or WordOperation.Not or WordOperation.And or WordOperation.Or or WordOperation.Equal
            or WordOperation.Choose or WordOperation.LessUnsigned or WordOperation.LessSigned or WordOperation.Slice
            or WordOperation.WholeSlice or WordOperation.ZeroExtend or WordOperation.SignExtend or WordOperation.ReverseBytes =>
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "it yields no word of two"),
    };
}

namespace RbpfSpec.Mutants;

/// <summary>The kinds of changes of one word operation.</summary>
public enum ChangeKind
{
    /// <summary>Another operation of the same operands.</summary>
    Replaced,

    /// <summary>The operands have changed places.</summary>
    Swapped,

    /// <summary>A strict comparison also holds of equals.</summary>
    OrEqual,

    /// <summary>A truth value is the opposite.</summary>
    Negated,

    /// <summary>Only the left operand counts.</summary>
    LeftOperand,

    /// <summary>Only the right operand counts.</summary>
    RightOperand,

    /// <summary>A choice takes the other branch.</summary>
    SwappedBranches,

    /// <summary>Half as many bits are taken.</summary>
    HalfAsManyBits,

    /// <summary>A constant is one more.</summary>
    OneMore,

    /// <summary>Bytes are not reversed.</summary>
    BytesInOrder,
}

/// <summary>One way in which a word operation can be wrong.</summary>
/// <param name="Name">As reports name it, such as <c>bvadd -> bvsub</c>.</param>
/// <param name="Kind">What is done to the operation.</param>
/// <param name="Other">The operation in its place, where it is replaced.</param>
public sealed record OperationChange(string Name, ChangeKind Kind, WordOperation Other = WordOperation.Constant);

/// <summary>The catalogue of changes: all that can be wrong with each word operation.</summary>
public static class OperationChanges
{
    // A mutant runs millions of times, and asks each time.
    private static readonly Sequence<OperationChange>[] ByOperation = [.. Enum.GetValues<WordOperation>().Select(Make)];

    /// <summary>The changes of an operation, in order.</summary>
    public static Sequence<OperationChange> Of(WordOperation operation) => ByOperation[(int)operation];

    private static Sequence<OperationChange> Make(WordOperation operation)
    {
        var name = operation.Name();
        List<OperationChange> changes =
            [.. Others(operation).Select(other => new OperationChange($"{name} -> {other.Name()}", ChangeKind.Replaced, other))];
        if (IsOrdered(operation)) changes.Add(new($"{name} with its operands swapped", ChangeKind.Swapped));
        switch (operation)
        {
            case WordOperation.LessSigned or WordOperation.LessUnsigned:
                changes.Add(new($"{name} -> or equal", ChangeKind.OrEqual));
                break;
            case WordOperation.Equal:
                changes.Add(new("= -> distinct", ChangeKind.Negated));
                break;
            case WordOperation.Not:
                changes.Add(new("not dropped", ChangeKind.Negated));
                break;
            case WordOperation.And or WordOperation.Or:
                changes.Add(new($"{name} -> its left operand", ChangeKind.LeftOperand));
                changes.Add(new($"{name} -> its right operand", ChangeKind.RightOperand));
                break;
            case WordOperation.Choose:
                changes.Add(new("ite with its branches swapped", ChangeKind.SwappedBranches));
                break;
            case WordOperation.Slice:
                changes.Add(new("half as many bits", ChangeKind.HalfAsManyBits));
                break;
            case WordOperation.Constant:
                changes.Add(new("constant + 1", ChangeKind.OneMore));
                break;
            case WordOperation.ReverseBytes:
                changes.Add(new("bytes in order", ChangeKind.BytesInOrder));
                break;
        }

        return changes.ToSequence();
    }

    // Whether it is of two words that may not change places.
    private static bool IsOrdered(WordOperation operation) => operation
        is WordOperation.Subtract or WordOperation.DivideUnsigned or WordOperation.RemainderUnsigned or WordOperation.DivideSigned
        or WordOperation.RemainderSigned or WordOperation.ShiftLeft or WordOperation.ShiftRightLogical
        or WordOperation.ShiftRightArithmetic or WordOperation.LessSigned or WordOperation.LessUnsigned;

    private static WordOperation[] Others(WordOperation operation) => operation switch
    {
        WordOperation.Add => [WordOperation.Subtract, WordOperation.BitwiseXor],
        WordOperation.Subtract => [WordOperation.Add],
        WordOperation.Multiply => [WordOperation.Add],
        WordOperation.DivideUnsigned => [WordOperation.DivideSigned, WordOperation.RemainderUnsigned],
        WordOperation.RemainderUnsigned => [WordOperation.RemainderSigned, WordOperation.DivideUnsigned],
        WordOperation.DivideSigned => [WordOperation.DivideUnsigned, WordOperation.RemainderSigned],
        WordOperation.RemainderSigned => [WordOperation.RemainderUnsigned, WordOperation.DivideSigned],
        WordOperation.BitwiseAnd => [WordOperation.BitwiseOr, WordOperation.BitwiseXor],
        WordOperation.BitwiseOr => [WordOperation.BitwiseAnd, WordOperation.BitwiseXor],
        WordOperation.BitwiseXor => [WordOperation.BitwiseOr, WordOperation.BitwiseAnd],
        WordOperation.ShiftLeft => [WordOperation.ShiftRightLogical],
        WordOperation.ShiftRightLogical => [WordOperation.ShiftRightArithmetic, WordOperation.ShiftLeft],
        WordOperation.ShiftRightArithmetic => [WordOperation.ShiftRightLogical, WordOperation.ShiftLeft],
        WordOperation.LessUnsigned => [WordOperation.LessSigned],
        WordOperation.LessSigned => [WordOperation.LessUnsigned],
        WordOperation.And => [WordOperation.Or],
        WordOperation.Or => [WordOperation.And],
        WordOperation.ZeroExtend => [WordOperation.SignExtend],
        WordOperation.SignExtend => [WordOperation.ZeroExtend],
        _ => [],
    };
}

using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>How one operation of a rule is gone wrong.</summary>
public enum ChangeKind
{
    /// <summary>Another operator of the same operands.</summary>
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

/// <summary>One way in which an operation of a rule can be wrong.</summary>
/// <param name="Name">As reports name it, such as <c>bvadd -> bvsub</c>.</param>
/// <param name="Kind">What is done to the operation.</param>
/// <param name="Other">The operator in its place, where it is replaced.</param>
public sealed record Change(string Name, ChangeKind Kind, Operator Other = Operator.Constant);

/// <summary>The catalogue of changes: what can be wrong with each operator.</summary>
public static class Changes
{
    /// <summary>The changes of a constant of a rule.</summary>
    public static Sequence<Change> OfConstant { get; } = [new("constant + 1", ChangeKind.OneMore)];

    /// <summary>The changes of a reversal of bytes.</summary>
    public static Sequence<Change> OfReversal { get; } = [new("bytes in order", ChangeKind.BytesInOrder)];

    /// <summary>The changes of an operator.</summary>
    /// <param name="operator">The operator.</param>
    /// <param name="isPart">Whether, of an extraction, it takes at least 8 bits and not all of them.</param>
    public static Sequence<Change> Of(Operator @operator, bool isPart)
    {
        var name = @operator.Name();
        List<Change> changes =
            [.. Others(@operator).Select(other => new Change($"{name} -> {other.Name()}", ChangeKind.Replaced, other))];
        if (@operator.IsArithmetic() && !@operator.IsCommutative() || @operator is Operator.LessSigned or Operator.LessUnsigned)
            changes.Add(new($"{name} with its operands swapped", ChangeKind.Swapped));
        switch (@operator)
        {
            case Operator.LessSigned or Operator.LessUnsigned:
                changes.Add(new($"{name} -> or equal", ChangeKind.OrEqual));
                break;
            case Operator.Equal:
                changes.Add(new("= -> distinct", ChangeKind.Negated));
                break;
            case Operator.Not:
                changes.Add(new("not dropped", ChangeKind.Negated));
                break;
            case Operator.And or Operator.Or:
                changes.Add(new($"{name} -> its left operand", ChangeKind.LeftOperand));
                changes.Add(new($"{name} -> its right operand", ChangeKind.RightOperand));
                break;
            case Operator.Choose:
                changes.Add(new("ite with its branches swapped", ChangeKind.SwappedBranches));
                break;
            case Operator.Extract when isPart:
                changes.Add(new("half as many bits", ChangeKind.HalfAsManyBits));
                break;
        }

        return changes.ToSequence();
    }

    private static Operator[] Others(Operator @operator) => @operator switch
    {
        Operator.Add => [Operator.Subtract, Operator.BitwiseXor],
        Operator.Subtract => [Operator.Add],
        Operator.Multiply => [Operator.Add],
        Operator.DivideUnsigned => [Operator.DivideSigned, Operator.RemainderUnsigned],
        Operator.RemainderUnsigned => [Operator.RemainderSigned, Operator.DivideUnsigned],
        Operator.DivideSigned => [Operator.DivideUnsigned, Operator.RemainderSigned],
        Operator.RemainderSigned => [Operator.RemainderUnsigned, Operator.DivideSigned],
        Operator.BitwiseAnd => [Operator.BitwiseOr, Operator.BitwiseXor],
        Operator.BitwiseOr => [Operator.BitwiseAnd, Operator.BitwiseXor],
        Operator.BitwiseXor => [Operator.BitwiseOr, Operator.BitwiseAnd],
        Operator.ShiftLeft => [Operator.ShiftRightLogical],
        Operator.ShiftRightLogical => [Operator.ShiftRightArithmetic, Operator.ShiftLeft],
        Operator.ShiftRightArithmetic => [Operator.ShiftRightLogical, Operator.ShiftLeft],
        Operator.LessUnsigned => [Operator.LessSigned],
        Operator.LessSigned => [Operator.LessUnsigned],
        Operator.And => [Operator.Or],
        Operator.Or => [Operator.And],
        Operator.ZeroExtend => [Operator.SignExtend],
        Operator.SignExtend => [Operator.ZeroExtend],
        _ => [],
    };
}

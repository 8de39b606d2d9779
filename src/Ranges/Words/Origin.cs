namespace RbpfSpec.Ranges.Words;

/// <summary>How an abstract word was made, as far as what is found out of it later says something of its operands.</summary>
/// <remarks>It is no part of what the word stands for. Closed: every case is nested here and sealed.</remarks>
public abstract record Origin
{
    private Origin()
    {
    }

    /// <summary>The low bits of a wider word.</summary>
    public sealed record LowPart(RangeWord Of) : Origin;

    /// <summary>The bitwise conjunction of two words.</summary>
    public sealed record Conjunction(RangeWord Left, RangeWord Right) : Origin;

    /// <summary>The sum of two words.</summary>
    public sealed record Sum(RangeWord Left, RangeWord Right) : Origin;

    /// <summary>The difference of two words.</summary>
    public sealed record Difference(RangeWord Left, RangeWord Right) : Origin;

    /// <summary>The unsigned quotient of a word and a number that is not zero.</summary>
    public sealed record Quotient(RangeWord Dividend, ulong Divisor) : Origin;

    /// <summary>One of two words, which of them a condition says.</summary>
    public sealed record Choice(Truth<RangeWord> Condition, RangeWord Then, RangeWord Otherwise) : Origin;

    /// <summary>A truth value: that a relation holds between two words.</summary>
    public sealed record Compared(Relation Relation, RangeWord Left, RangeWord Right) : Origin;

    /// <summary>A truth value: that another does not hold.</summary>
    public sealed record Negated(Truth<RangeWord> Operand) : Origin;

    /// <summary>A truth value: that two others hold.</summary>
    public sealed record BothOf(Truth<RangeWord> Left, Truth<RangeWord> Right) : Origin;

    /// <summary>A truth value: that one of two others holds.</summary>
    public sealed record EitherOf(Truth<RangeWord> Left, Truth<RangeWord> Right) : Origin;
}

/// <summary>A relation between two words.</summary>
public enum Relation
{
    /// <summary>They are equal.</summary>
    Same,

    /// <summary>The left is below the right, unsigned.</summary>
    LessUnsigned,

    /// <summary>The left is below the right, signed.</summary>
    LessSigned,
}

namespace RbpfSpec.Words;

/// <summary>An abstract truth value: a Boolean when rules run, a formula when they are proved.</summary>
public interface IBit<TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The truth value of a C# Boolean.</summary>
    static abstract TBit Of(bool value);

    /// <summary>Whether the value is known without a solver; if so, <paramref name="value"/> is it.</summary>
    bool IsKnown(out bool value);

    /// <summary>Negation.</summary>
    static abstract TBit operator !(TBit operand);

    /// <summary>Conjunction, of both operands always: rules do not branch.</summary>
    static abstract TBit operator &(TBit left, TBit right);

    /// <summary>Disjunction, of both operands always.</summary>
    static abstract TBit operator |(TBit left, TBit right);
}

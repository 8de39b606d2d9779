namespace RbpfSpec.Words;

/// <summary>An abstract truth value of a domain of words: a Boolean when rules run, a formula when they are proved.</summary>
/// <remarks>
/// A domain says in <see cref="IWord{T}"/> what its truth values are, in terms of its own type; nothing else looks into
/// one. So everything that speaks of words has one type parameter.
/// </remarks>
/// <typeparam name="T">The word.</typeparam>
/// <param name="Representation">What the domain takes for the truth value; no word of a rule.</param>
public readonly record struct Truth<T>(T Representation)
    where T : IWord<T>
{
    /// <summary>The truth value of a C# Boolean.</summary>
    public static Truth<T> Of(bool value) => T.TruthOf(value);

    /// <summary>Whether the value is known without a solver; if so, <paramref name="value"/> is it.</summary>
    public bool IsKnown(out bool value) => T.IsTruthKnown(this, out value);

    /// <summary>Negation.</summary>
    public static Truth<T> operator !(Truth<T> operand) => T.Not(operand);

    /// <summary>Conjunction, of both operands always: rules do not branch.</summary>
    public static Truth<T> operator &(Truth<T> left, Truth<T> right) => T.And(left, right);

    /// <summary>Disjunction, of both operands always.</summary>
    public static Truth<T> operator |(Truth<T> left, Truth<T> right) => T.Or(left, right);

    /// <summary>The domain's text.</summary>
    public override string ToString() => Representation.ToString() ?? "";
}

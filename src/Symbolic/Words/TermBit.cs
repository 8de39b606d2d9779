using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>A truth value of the prover: a formula.</summary>
/// <param name="Term">A term of sort Bool.</param>
public readonly record struct TermBit(Term Term) : IBit<TermBit>
{
    /// <inheritdoc/>
    public static TermBit Of(bool value) => new(Make.Truth(value));

    /// <inheritdoc/>
    public bool IsKnown(out bool value)
    {
        value = Term.IsTrue;
        return Term.IsConstant;
    }

    /// <inheritdoc/>
    public static TermBit operator !(TermBit operand) => new(Alteration.Apply(Operator.Not, [operand.Term]));

    /// <inheritdoc/>
    public static TermBit operator &(TermBit left, TermBit right) => new(Alteration.Apply(Operator.And, [left.Term, right.Term]));

    /// <inheritdoc/>
    public static TermBit operator |(TermBit left, TermBit right) => new(Alteration.Apply(Operator.Or, [left.Term, right.Term]));

    /// <summary>The SMT-LIB text.</summary>
    public override string ToString() => Term.ToString();
}

namespace RbpfSpec.Rocq.Terms;

/// <summary>An expression of Rocq, before it is text; equal ones are written once.</summary>
internal abstract record RocqTerm
{
    private RocqTerm()
    {
    }

    /// <summary>A number that is known when the text is written.</summary>
    internal sealed record Number(ulong Value) : RocqTerm;

    /// <summary>A truth value that is known when the text is written.</summary>
    internal sealed record Truth(bool Value) : RocqTerm;

    /// <summary>A variable, or something else of one word.</summary>
    internal sealed record Name(string Text) : RocqTerm;

    /// <summary>An operation on terms.</summary>
    /// <param name="Shape">Its text without brackets, with <c>{0}</c> and so on for the operands.</param>
    /// <param name="Operands">The operands.</param>
    internal sealed record Apply(string Shape, Sequence<RocqTerm> Operands) : RocqTerm;
}

/// <summary>The shapes that have a name.</summary>
internal static class Shape
{
    /// <summary>Negation.</summary>
    public const string Not = "negb {0}";

    /// <summary>Conjunction.</summary>
    public const string And = "{0} && {1}";

    /// <summary>Disjunction.</summary>
    public const string Or = "{0} || {1}";
}

namespace RbpfSpec.Specification.Script;

/// <summary>An expression of the script, before it is text; equal ones are computed once.</summary>
internal abstract record ScriptTerm
{
    private ScriptTerm()
    {
    }

    /// <summary>A number that is known when the script is written.</summary>
    internal sealed record Number(ulong Value) : ScriptTerm;

    /// <summary>A truth value that is known when the script is written.</summary>
    internal sealed record Truth(bool Value) : ScriptTerm;

    /// <summary>A variable, or a property of one.</summary>
    internal sealed record Name(string Text) : ScriptTerm;

    /// <summary>The value of a register before the instruction.</summary>
    internal sealed record Register(int Place) : ScriptTerm;

    /// <summary>The value of the register that a word names if its number is below <paramref name="Count"/>; else zero.</summary>
    internal sealed record RegisterBelow(ScriptTerm Which, int Count) : ScriptTerm;

    /// <summary>An operation on terms.</summary>
    /// <param name="Shape">Its text, an atom, with <c>{0}</c> and so on for the operands.</param>
    /// <param name="Operands">The operands.</param>
    internal sealed record Apply(string Shape, Sequence<ScriptTerm> Operands) : ScriptTerm;
}

/// <summary>The shapes that have a name.</summary>
internal static class Shape
{
    /// <summary>Negation.</summary>
    public const string Not = "!{0}";

    /// <summary>Conjunction.</summary>
    public const string And = "({0} && {1})";

    /// <summary>Disjunction.</summary>
    public const string Or = "({0} || {1})";

    /// <summary>Equality of words.</summary>
    public const string Same = "({0} === {1})";

    /// <summary>Order of unsigned words.</summary>
    public const string Less = "({0} < {1})";

    /// <summary>Choice.</summary>
    public const string Choose = "({0} ? {1} : {2})";

    /// <summary>Whether one region grants an access to some bytes: the fold over all regions of the machine.</summary>
    public static string Grants(string access) => $"grants(s, {{0}}, {{1}}, \"{access}\")";

    /// <summary>The expression that reads some bits: the fold over all regions of the machine.</summary>
    public static string Read(int bits) => $"load(s, {{0}}, {bits})";
}

using System.Collections.Immutable;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Values of what is free in terms; total.</summary>
/// <param name="Variable">The bits of a truth value or bit-vector.</param>
/// <param name="Element">The element of an array variable at an index.</param>
/// <param name="Function">The value of an uninterpreted function, by its application, for operands.</param>
public sealed record Assignment(
    Func<Term, ulong> Variable, Func<Term, ulong, ulong> Element, Func<Term, IReadOnlyList<ulong>, ulong> Function)
{
    /// <summary>Everything zero or false.</summary>
    public static Assignment Zero { get; } = Of(ImmutableDictionary.Create<Term, ulong>(ReferenceEqualityComparer.Instance));

    /// <summary>The bits of the variables that are not zero, where these are all that it gives: no arrays, no functions.</summary>
    public ImmutableDictionary<Term, ulong>? Values { get; private init; }

    /// <summary>Variables by their bits; everything else is zero.</summary>
    /// <param name="values">By the variable.</param>
    public static Assignment Of(ImmutableDictionary<Term, ulong> values) =>
        new(variable => values.GetValueOrDefault(variable), (_, _) => 0, (_, _) => 0) { Values = values };

    /// <summary>The value of a truth value or bit-vector.</summary>
    public UInt128 Evaluate(Term term)
    {
        Dictionary<Term, UInt128> values = new(ReferenceEqualityComparer.Instance);
        Span<UInt128> operands = stackalloc UInt128[3];
        foreach (var part in Dag.PostOrder(term))
        {
            if (part.Sort is Sort.Array) continue;
            values[part] = part.Operator switch
            {
                Operator.Variable => Variable(part),
                Operator.Apply => Function(part, [.. part.Arguments.ToArray().Select(argument => (ulong)values[argument])]),
                Operator.Select => ElementAt(part.First, values[part.Second], values),
                _ => Fold.Value(part, Operands(part, values, operands)),
            };
        }

        return values[term];
    }

    private static ReadOnlySpan<UInt128> Operands(Term term, Dictionary<Term, UInt128> values, Span<UInt128> operands)
    {
        for (var i = 0; i < term.Arguments.Length; i++) operands[i] = values[term.Arguments[i]];
        return operands;
    }

    private UInt128 ElementAt(Term array, UInt128 index, Dictionary<Term, UInt128> values)
    {
        while (array.Operator is not Operator.Variable)
        {
            if (array.Operator is Operator.Choose)
            {
                array = values[array.First] == UInt128.One ? array.Second : array.Third;
                continue;
            }

            if (values[array.Second] == index) return values[array.Third];
            array = array.First;
        }

        return Element(array, (ulong)index);
    }
}

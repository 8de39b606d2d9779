namespace RbpfSpec.Symbolic.Terms;

/// <summary>Values of what is free in terms; total.</summary>
/// <param name="Variable">The bits of a truth value or bit-vector.</param>
/// <param name="Element">The element of an array variable at an index.</param>
/// <param name="Function">The value of an uninterpreted function, by its application, for operands.</param>
public sealed record Assignment(
    Func<Term, ulong> Variable, Func<Term, ulong, ulong> Element, Func<Term, IReadOnlyList<ulong>, ulong> Function)
{
    /// <summary>Everything zero or false.</summary>
    public static Assignment Zero { get; } = new(_ => 0, (_, _) => 0, (_, _) => 0);

    /// <summary>The value of a truth value or bit-vector.</summary>
    public ulong Evaluate(Term term)
    {
        Dictionary<Term, ulong> values = new(ReferenceEqualityComparer.Instance);
        Span<ulong> operands = stackalloc ulong[3];
        foreach (var part in Dag.PostOrder(term))
        {
            if (part.Sort is Sort.Array) continue;
            values[part] = part.Operator switch
            {
                Operator.Variable => Variable(part),
                Operator.Apply => Function(part, [.. part.Arguments.ToArray().Select(argument => values[argument])]),
                Operator.Select => ElementAt(part.First, values[part.Second], values),
                _ => Fold.Value(part, Operands(part, values, operands)),
            };
        }

        return values[term];
    }

    private static ReadOnlySpan<ulong> Operands(Term term, Dictionary<Term, ulong> values, Span<ulong> operands)
    {
        for (var i = 0; i < term.Arguments.Length; i++) operands[i] = values[term.Arguments[i]];
        return operands;
    }

    private ulong ElementAt(Term array, ulong index, Dictionary<Term, ulong> values)
    {
        while (array.Operator is not Operator.Variable)
        {
            if (array.Operator is Operator.Choose)
            {
                array = values[array.First] == 1 ? array.Second : array.Third;
                continue;
            }

            if (values[array.Second] == index) return values[array.Third];
            array = array.First;
        }

        return Element(array, index);
    }
}

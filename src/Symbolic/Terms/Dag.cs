namespace RbpfSpec.Symbolic.Terms;

/// <summary>Walks over terms that visit every shared part once.</summary>
public static class Dag
{
    /// <summary>Every term below and including some roots, operands before what they are operands of; always in the same order.</summary>
    public static IReadOnlyList<Term> PostOrder(params IEnumerable<Term> roots)
    {
        List<Term> order = [];
        HashSet<Term> entered = new(ReferenceEqualityComparer.Instance);
        Stack<(Term Term, int Next)> path = [];
        foreach (var root in roots)
        {
            if (entered.Add(root)) path.Push((root, 0));
            while (path.TryPop(out var at))
            {
                if (at.Next == at.Term.Arguments.Length)
                {
                    order.Add(at.Term);
                    continue;
                }

                path.Push((at.Term, at.Next + 1));
                var argument = at.Term.Arguments[at.Next];
                if (entered.Add(argument)) path.Push((argument, 0));
            }
        }

        return order;
    }

    /// <summary>The term with some parts replaced by others of the same sort, simplified anew.</summary>
    public static Term Substitute(Term term, IReadOnlyDictionary<Term, Term> replacements) =>
        Rebuild(term, replacements, (part, arguments) => Make.With(part, arguments));

    /// <summary>The term with some parts replaced by others of the same sort, and nothing else changed.</summary>
    public static Term Replace(Term term, IReadOnlyDictionary<Term, Term> replacements) =>
        Rebuild(term, replacements, (part, arguments) => part.Operator is Operator.Apply
            ? Make.With(part, arguments)
            : Make.Raw(part.Operator, part.Sort, arguments, part.Lowest));

    /// <summary>The term made anew from below: each part that has operands by what is made of it and of its new operands.</summary>
    public static Term Rebuild(Term term, Func<Term, Term[], Term> make)
    {
        Dictionary<Term, Term> rebuilt = new(ReferenceEqualityComparer.Instance);
        foreach (var part in PostOrder(term))
        {
            rebuilt[part] = part.Arguments.Length == 0
                ? part
                : make(part, [.. part.Arguments.ToArray().Select(argument => rebuilt[argument])]);
        }

        return rebuilt[term];
    }

    private static Term Rebuild(Term term, IReadOnlyDictionary<Term, Term> replacements, Func<Term, Term[], Term> make)
    {
        if (replacements.Count == 0) return term;

        // Only what changes is kept: mostly that is little.
        Dictionary<Term, Term> changed = new(ReferenceEqualityComparer.Instance);
        foreach (var part in PostOrder(term))
        {
            if (replacements.TryGetValue(part, out var replacement))
            {
                changed[part] = replacement;
                continue;
            }

            Term[]? arguments = null;
            for (var i = 0; i < part.Arguments.Length; i++)
            {
                if (!changed.TryGetValue(part.Arguments[i], out var argument)) continue;
                arguments ??= part.Arguments.ToArray();
                arguments[i] = argument;
            }

            if (arguments is not null) changed[part] = make(part, arguments);
        }

        return changed.GetValueOrDefault(term, term);
    }
}

using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>
/// Which formulas of a condition bear on another formula: those that share a variable with it, directly or through others.
/// </summary>
/// <remarks>
/// The rest are met or not whatever values the shared variables have, so a question about the formula can leave them out.
/// </remarks>
public sealed class Relevance
{
    private readonly Dictionary<Term, Free> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The variables of a formula that are bit-vectors or truth values.</summary>
    public ImmutableHashSet<Term> Variables(Term formula) => Of(formula).Variables;

    /// <summary>The formulas of a condition that bear on another, in their order; nothing where arrays or functions are involved.</summary>
    public ImmutableList<Term>? Around(ImmutableList<Term> condition, Term formula)
    {
        var start = Of(formula);
        if (!start.IsPlain || condition.Exists(term => !Of(term).IsPlain)) return null;

        var reached = start.Variables;
        var isTaken = new bool[condition.Count];
        bool grows;
        do
        {
            grows = false;
            var index = 0;
            foreach (var term in condition)
            {
                var here = index++;
                if (isTaken[here] || !reached.Overlaps(Of(term).Variables)) continue;
                isTaken[here] = grows = true;
                reached = reached.Union(Of(term).Variables);
            }
        }
        while (grows);

        var position = 0;
        return condition.FindAll(_ => isTaken[position++]);
    }

    private Free Of(Term formula)
    {
        if (known.TryGetValue(formula, out var free)) return free;
        var parts = Dag.PostOrder(formula);
        free = new(
            [.. parts.Where(part => part.Operator is Operator.Variable)],
            parts.All(part => part.Operator is not (Operator.Select or Operator.Apply)));
        known[formula] = free;
        return free;
    }

    private readonly record struct Free(ImmutableHashSet<Term> Variables, bool IsPlain);
}

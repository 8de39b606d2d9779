using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Setups;

/// <summary>Puts hypotheses into other formulas: most claims then need little of a solver.</summary>
public static class ContextualSimplifier
{
    /// <summary>Hypotheses, each simplified by those before it, and a conclusion simplified by all; together they say the same.</summary>
    /// <remarks>
    /// What a hypothesis asserts becomes true in later formulas, what it denies false, and a variable that it gives a number that
    /// number.
    /// </remarks>
    public static (Sequence<Term> Hypotheses, Term Conclusion) Simplify(IEnumerable<Term> hypotheses, Term conclusion)
    {
        Dictionary<Term, Term> known = new(ReferenceEqualityComparer.Instance);
        List<Term> simplified = [];
        foreach (var hypothesis in hypotheses)
        {
            var fact = Dag.Substitute(hypothesis, known);
            if (fact.IsTrue) continue;
            simplified.Add(fact);
            Learn(fact, known);
        }

        return (simplified.ToSequence(), Dag.Substitute(conclusion, known));
    }

    private static void Learn(Term fact, Dictionary<Term, Term> known)
    {
        switch (fact.Operator)
        {
            case Operator.And:
                Learn(fact.First, known);
                Learn(fact.Second, known);
                break;
            case Operator.Not:
                known[fact.First] = Make.False;
                break;
            case Operator.Equal when fact.First.Operator is Operator.Variable && fact.Second.IsConstant:
                known[fact.First] = fact.Second;
                known[fact] = Make.True;
                break;
            case Operator.Constant:
                break;
            default:
                known[fact] = Make.True;
                break;
        }
    }
}

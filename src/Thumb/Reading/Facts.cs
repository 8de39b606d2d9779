using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Thumb.Reading;

/// <summary>The facts known on a way, so that code is not read further where nothing leads.</summary>
/// <param name="Known">Formulas with their truth, and variables with their numbers.</param>
/// <param name="Aligned">Variables that are multiples of 4, and no object that begins there wraps around the end of addresses.</param>
internal sealed record Facts(ImmutableDictionary<Term, Term> Known, IReadOnlySet<Term> Aligned)
{
    private static readonly ImmutableDictionary<Term, Term> Nothing =
        ImmutableDictionary.Create<Term, Term>(ReferenceEqualityComparer.Instance);

    /// <summary>The facts that follow from some formulas at once.</summary>
    public static Facts Of(IEnumerable<Term> formulas, IReadOnlySet<Term> aligned) =>
        formulas.Aggregate(new Facts(Nothing, aligned), (facts, formula) => facts.With(formula));

    /// <summary>These and one more.</summary>
    public Facts With(Term formula) => formula.Operator switch
    {
        Operator.Constant => this,
        Operator.And => With(formula.First).With(formula.Second),
        Operator.Not when formula.First.Operator is Operator.Or => With(!formula.First.First).With(!formula.First.Second),
        Operator.Not => this with { Known = Known.SetItem(formula.First, Make.False) },
        _ => this with { Known = Known.SetItem(formula, Make.True) },
    };

    /// <summary>A formula with what is known put into it.</summary>
    public Term Resolve(Term formula)
    {
        if (formula.IsConstant) return formula;
        var resolved = Dag.Substitute(formula, Known);
        Dictionary<Term, Term> low = new(ReferenceEqualityComparer.Instance);
        foreach (var term in Dag.PostOrder(resolved))
        {
            if (term is { Operator: Operator.Extract, Lowest: 0, Width: 2 } && LowBits(term.First) is { } bits)
                low[term] = Make.Constant(bits, 2);
            if (term.Operator is Operator.LessUnsigned && Split(term.First) is var (left, far) && Split(term.Second) is var (right, farther)
                && ReferenceEquals(left, right))
            {
                low[term] = Make.Truth(far < farther);
            }
        }

        return Dag.Substitute(resolved, low);
    }

    // The base of an object and the distance from it; an object and what is near it do not wrap around.
    private (Term Base, int Distance)? Split(Term term) =>
        Aligned.Contains(term) ? (term, 0)
        : term.Operator is Operator.Add && term.Second.IsConstant && Aligned.Contains(term.First)
            ? (term.First, (int)(uint)term.Second.Value)
        : null;

    // The two low bits of an address, if they are known.
    private ulong? LowBits(Term term) => term.Operator switch
    {
        Operator.Constant => (ulong)term.Value & 3,
        Operator.Variable => Aligned.Contains(term) ? 0 : null,
        Operator.Add => LowBits(term.First) + LowBits(term.Second) & 3,
        Operator.Subtract => LowBits(term.First) - LowBits(term.Second) & 3,
        Operator.ShiftLeft when term.Second.IsConstant && term.Second.Value >= 2 => 0,
        Operator.Choose when LowBits(term.Second) is { } bits && LowBits(term.Third) == bits => bits,
        _ => null,
    };
}

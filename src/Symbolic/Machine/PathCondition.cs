using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>The condition of a path, with values that make it hold.</summary>
/// <remarks>The values decide one side of every fork, so that a solver is asked about the other only.</remarks>
public sealed class PathCondition
{
    // What is known of formulas; implied by the terms, so that it need not be told to a solver.
    private readonly ImmutableDictionary<Term, bool> facts;

    private PathCondition(ImmutableList<Term> terms, ImmutableDictionary<Term, bool> facts, Assignment witness)
    {
        Terms = terms;
        this.facts = facts;
        Witness = witness;
    }

    /// <summary>The condition that always holds.</summary>
    public static PathCondition True { get; } = new([], ImmutableDictionary<Term, bool>.Empty, Assignment.Zero);

    /// <summary>The formulas that hold together; those that the others imply are left out.</summary>
    public ImmutableList<Term> Terms { get; }

    /// <summary>Values under which all hold.</summary>
    public Assignment Witness { get; }

    /// <summary>The condition with a formula more.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="witness">Values under which it holds too.</param>
    public PathCondition And(Term formula, Assignment witness) => new(Terms.Add(formula), Learn(facts, formula, true), witness);

    /// <summary>The same condition, knowing that it implies a formula.</summary>
    public PathCondition Knowing(Term formula) => new(Terms, Learn(facts, formula, true), Witness);

    /// <summary>How many formulas two conditions begin with in common.</summary>
    public int CommonWith(PathCondition other)
    {
        var most = Math.Min(Terms.Count, other.Terms.Count);
        var count = 0;
        while (count < most && ReferenceEquals(Terms[count], other.Terms[count])) count++;
        return count;
    }

    /// <summary>The condition that one of two holds, where no values meet both.</summary>
    /// <param name="other">The other condition.</param>
    /// <param name="mine">What tells, where the result holds, that this one does.</param>
    public PathCondition Or(PathCondition other, out Term mine)
    {
        var common = CommonWith(other);
        mine = Make.All(Terms.Skip(common));
        var either = mine | Make.All(other.Terms.Skip(common));
        var both = facts.Where(fact => other.facts.TryGetValue(fact.Key, out var value) && value == fact.Value);
        var known = ImmutableDictionary.CreateRange(both);
        var shared = Terms.RemoveRange(common, Terms.Count - common);
        return new(either.IsTrue ? shared : shared.Add(either), known, Witness);
    }

    /// <summary>The formula as far as what is known decides it.</summary>
    public Term Resolve(Term formula) => facts.TryGetValue(formula, out var known) ? Make.Truth(known) : formula.Operator switch
    {
        Operator.Not => !Resolve(formula.First),
        Operator.And => Resolve(formula.First) & Resolve(formula.Second),
        Operator.Or => Resolve(formula.First) | Resolve(formula.Second),
        _ => formula,
    };

    private static ImmutableDictionary<Term, bool> Learn(ImmutableDictionary<Term, bool> facts, Term formula, bool holds)
    {
        if (formula.IsConstant) return facts;
        var learned = facts.SetItem(formula, holds);
        return formula.Operator switch
        {
            Operator.Not => Learn(learned, formula.First, !holds),
            Operator.And when holds => Learn(Learn(learned, formula.First, true), formula.Second, true),
            Operator.Or when !holds => Learn(Learn(learned, formula.First, false), formula.Second, false),
            _ => learned,
        };
    }
}

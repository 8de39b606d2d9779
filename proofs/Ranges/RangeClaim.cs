using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>Arbitrary sets of words, each with an arbitrary member: what claims about ranges are about.</summary>
/// <remarks>
/// Members are said as witnesses: a member of a set by bits is its value with any of the unknown bits set, one of an arc its start
/// plus a distance up to the span. So a solver need not solve for them.
/// </remarks>
internal sealed class Inputs
{
    private readonly List<Term> hypotheses = [];
    private readonly List<(string Name, Term Value)> shown = [];
    private readonly List<(Term Variable, Term Value)> suggested = [];

    /// <summary>The hypotheses about the variables.</summary>
    public Sequence<Term> Hypotheses => [.. hypotheses];

    /// <summary>The values that a counterexample shows, each with a name.</summary>
    public IEnumerable<(string Name, Term Value)> Shown => shown;

    /// <summary>Values to try, under which the hypotheses hold.</summary>
    public Sequence<(Term Variable, Term Value)> Suggested => [.. suggested];

    /// <summary>An arbitrary word.</summary>
    public TermWord Word(string name, Width width)
    {
        var word = TermWord.Variable(name, width);
        shown.Add((name, word.Term));
        return word;
    }

    /// <summary>An arbitrary set by bits.</summary>
    public Tnum<TermWord> Bits(string name, Width width)
    {
        var mask = TermWord.Variable($"{name}.mask", width);
        var value = TermWord.Variable($"{name}.bits", width) & (mask ^ TermWord.Constant(ulong.MaxValue, width));
        shown.Add(($"{name}.value", value.Term));
        shown.Add(($"{name}.mask", mask.Term));
        return new(value, mask);
    }

    /// <summary>An arbitrary member of a set by bits.</summary>
    public TermWord Member(string name, Tnum<TermWord> set)
    {
        var member = set.Value | (TermWord.Variable($"{name}.free", set.Width) & set.Mask);
        shown.Add((name, member.Term));
        return member;
    }

    /// <summary>An arbitrary arc.</summary>
    public Arc<TermWord> Arc(string name, Width width) => new(Word($"{name}.start", width), Word($"{name}.span", width));

    /// <summary>An arbitrary member of an arc.</summary>
    public TermWord Member(string name, Arc<TermWord> arc)
    {
        var member = arc.Start + UpTo($"{name}.distance", arc.Span);
        shown.Add((name, member.Term));
        return member;
    }

    /// <summary>An arbitrary unsigned interval: its lowest is not above its highest.</summary>
    public Interval<TermWord> Interval(string name, Width width)
    {
        var highest = Word($"{name}.highest", width);
        return new(UpTo($"{name}.lowest", highest), highest);
    }

    /// <summary>An arbitrary word up to another, unsigned.</summary>
    public TermWord UpTo(string name, TermWord greatest)
    {
        var word = Word(name, greatest.Width);
        Suppose(AtMost(word, greatest));
        suggested.Add((word.Term, (TermWord.Variable($"{name}.any", greatest.Width) & greatest).Term));
        return word;
    }

    /// <summary>An arbitrary member of an unsigned interval.</summary>
    public TermWord Member(string name, Interval<TermWord> interval)
    {
        var word = Word(name, interval.Lowest.Width);
        Suppose(AtMost(interval.Lowest, word) & AtMost(word, interval.Highest));
        suggested.Add((word.Term, interval.Lowest.Term));
        return word;
    }

    /// <summary>Supposes a fact.</summary>
    public void Suppose(Truth<TermWord> fact) => hypotheses.Add(fact.Term);
}

/// <summary>Makes claims about the sets of words of a range analysis.</summary>
internal static class RangeClaim
{
    /// <summary>A claim about an operation: a formula that holds of it, and of none of its mutants.</summary>
    /// <param name="id">The id, without the family.</param>
    /// <param name="sentence">What it says.</param>
    /// <param name="inputs">What the formula is about.</param>
    /// <param name="formula">The formula, about any operation.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="mutants">Mutants of it.</param>
    public static Claim Of<TOperation>(
        string id,
        string sentence,
        Inputs inputs,
        Func<TOperation, Truth<TermWord>> formula,
        TOperation operation,
        params Sequence<(string Name, TOperation Operation)> mutants)
    {
        return new()
        {
            Id = $"range/{id}",
            Sentence = sentence,
            Source = Clause.Spec("ranges"),
            State = () => About(operation),
            Mutants = mutants.Map(mutant => new Mutant(mutant.Name, () => About(mutant.Operation))),
        };

        Proposition About(TOperation of)
        {
            var conclusion = formula(of).Term;
            return new(inputs.Hypotheses, conclusion, assignment => Show(inputs, conclusion, assignment)) { Suggested = inputs.Suggested };
        }
    }

    private static Replay Show(Inputs inputs, Term conclusion, Assignment assignment) =>
        inputs.Hypotheses.Any(hypothesis => assignment.Evaluate(hypothesis) != UInt128.One)
        || assignment.Evaluate(conclusion) == UInt128.One
            ? new Replay.NotShown("with these values it holds")
            : new Replay.Shown([.. inputs.Shown.Select(item => $"{item.Name} = 0x{assignment.Evaluate(item.Value):x}")]);
}

using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Words;

/// <summary>A word that a condition speaks of, and what it is where the condition holds.</summary>
/// <param name="Original">The word.</param>
/// <param name="Narrowed">The same with fewer values.</param>
public readonly record struct NarrowedWord(RangeWord Original, RangeWord Narrowed)
{
    /// <summary>Another word of the same state, given this: tighter if both are linked to one value; null if no value is left.</summary>
    public RangeWord? Of(RangeWord other)
    {
        var width = Original.Width;
        if (other.Width != width || Original.Link is not { } link || other.Link is not { } linked) return other;
        if (Link.Between(link, linked) is not var (factor, summand)) return other;
        var values = Narrowed.Values;
        if (factor != 1) values *= ValueRange<Word>.Constant(Word.Wrap(factor, width));
        if (summand != 0) values += ValueRange<Word>.Constant(Word.Wrap(summand, width));
        var both = ValueRange<Word>.Meet(other.Values, values);
        return both.IsEmpty.Value ? null : both.Set == other.Values ? other : other.With(both.Set);
    }
}

/// <summary>Finds out, of a condition that holds or fails, which values the words that it was made of can have.</summary>
public static class Narrowing
{
    /// <summary>The words that a condition tells more of, in the order found; null if it cannot hold so.</summary>
    /// <remarks>
    /// A word may be there more than once: each says something of it. A word that the condition was computed from by taking
    /// the low bits or by a conjunction is there, too, and so is the register's word that a rule read.
    /// </remarks>
    /// <param name="condition">The truth value.</param>
    /// <param name="holds">Whether it holds or fails.</param>
    public static Sequence<NarrowedWord>? Where(Truth<RangeWord> condition, bool holds)
    {
        List<NarrowedWord> found = [];
        return Add(found, condition, holds) ? found.ToSequence() : null;
    }

    /// <summary>A word, given all that was found out; null if no value is left.</summary>
    public static RangeWord? Apply(this Sequence<NarrowedWord> narrowed, RangeWord word)
    {
        RangeWord? result = word;
        foreach (var one in narrowed)
        {
            result = one.Of(result);
            if (result is null) return null;
        }

        return result;
    }

    // Whether the condition can be so.
    private static bool Add(List<NarrowedWord> found, Truth<RangeWord> condition, bool holds)
    {
        if (condition.IsKnown(out var known)) return known == holds;
        switch (condition.Representation.Origin)
        {
            case Origin.Negated(var operand):
                return Add(found, operand, !holds);
            case Origin.BothOf(var left, var right):
                return holds ? Add(found, left, true) && Add(found, right, true) : AddEither(found, left, right, holds: false);
            case Origin.EitherOf(var left, var right):
                return holds ? AddEither(found, left, right, holds: true) : Add(found, left, false) && Add(found, right, false);
            case Origin.Compared(var relation, var left, var right):
                return Add(found, relation, left, right, holds);
            case Origin.LowPart or Origin.Conjunction or Origin.Sum or Origin.Difference or Origin.Quotient or Origin.Choice or null:
                return true;
        }

        throw new InvalidOperationException($"the origin {condition.Representation.Origin}");
    }

    // Of two of which one at least is so, something is said only if the other cannot be.
    private static bool AddEither(List<NarrowedWord> found, Truth<RangeWord> left, Truth<RangeWord> right, bool holds)
    {
        List<NarrowedWord> ofLeft = [], ofRight = [];
        var (isLeft, isRight) = (Add(ofLeft, left, holds), Add(ofRight, right, holds));
        if (isLeft && !isRight) found.AddRange(ofLeft);
        if (isRight && !isLeft) found.AddRange(ofRight);
        return isLeft || isRight;
    }

    private static bool Add(List<NarrowedWord> found, Relation relation, RangeWord left, RangeWord right, bool holds)
    {
        // Of addresses that are not relative to one place, or that may wrap around, nothing is known.
        if (!Equals(left.Base, right.Base)) return true;
        if (relation is Relation.LessUnsigned && !RangeWord.AreInOrder(left, right)) return true;
        if (relation is Relation.LessSigned && left.Base is not null) return true;
        var (one, other) = (left.Values, right.Values);
        var (narrowedLeft, narrowedRight, isEmpty) = (relation, holds) switch
        {
            (Relation.Same, true) => ValueRange<Word>.WhereSame(one, other),
            (Relation.Same, false) => ValueRange<Word>.WhereDifferent(one, other),
            (Relation.LessUnsigned, true) => ValueRange<Word>.WhereLessUnsigned(one, other),
            (Relation.LessUnsigned, false) => Swapped(ValueRange<Word>.WhereAtMostUnsigned(other, one)),
            (Relation.LessSigned, true) => ValueRange<Word>.WhereLessSigned(one, other),
            (Relation.LessSigned, false) => Swapped(ValueRange<Word>.WhereAtMostSigned(other, one)),
        };
        return !isEmpty.Value && Add(found, left, narrowedLeft) && Add(found, right, narrowedRight);
    }

    private static NarrowedPair<Word> Swapped(NarrowedPair<Word> pair) => new(pair.Right, pair.Left, pair.IsEmpty);

    // A word has no other values than some; so what it was made of has not, either.
    private static bool Add(List<NarrowedWord> found, RangeWord word, ValueRange<Word> values)
    {
        if (values == word.Values) return true;
        found.Add(new(word, word.With(values)));
        switch (word.Origin)
        {
            case Origin.LowPart({ Base: null } whole):
                var wider = ValueRange<Word>.WhereLow(whole.Values, values);
                return !wider.IsEmpty.Value && Add(found, whole, wider.Set);
            case Origin.Conjunction(var left, var right):
                var one = ValueRange<Word>.WhereConjunction(left.Values, right.Values, values);
                var other = ValueRange<Word>.WhereConjunction(right.Values, left.Values, values);
                return !one.IsEmpty.Value && !other.IsEmpty.Value && Add(found, left, one.Set) && Add(found, right, other.Set);
            default:
                return true;
        }
    }
}

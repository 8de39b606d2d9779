using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A local call in progress, and the frame of the function that it called; of the entry there is no call.</summary>
/// <param name="ReturnTo">The slot after the call; -1 of the entry.</param>
/// <param name="Saved">The caller's r6 to r10; empty of the entry.</param>
/// <param name="Cells">What is known of the frame.</param>
public sealed record AbstractFrame(int ReturnTo, Sequence<RangeWord> Saved, FrameCells Cells);

/// <summary>How often a loop was begun anew since it was entered.</summary>
/// <param name="Head">The node of the loop's head.</param>
/// <param name="Word">The count.</param>
public readonly record struct Counter(int Head, RangeWord Word);

/// <summary>All states that a run may be in at some point: a persistent value.</summary>
/// <param name="Registers">r0 to r10.</param>
/// <param name="Frames">The frames, that of the entry first.</param>
/// <param name="Relations">What is known of the values that words are linked to.</param>
/// <param name="Counters">The loops that are being executed.</param>
public sealed record AbstractState(
    Sequence<RangeWord> Registers, Sequence<AbstractFrame> Frames, RelationSet Relations, Sequence<Counter> Counters)
{
    /// <summary>Whether another state says the same in the same words.</summary>
    public bool IsSame(AbstractState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other)) return true;
        if (Registers != other.Registers || Frames.Count != other.Frames.Count || Counters != other.Counters) return false;
        for (var i = 0; i < Frames.Count; i++)
        {
            var ((one, saved, cells), (another, otherSaved, otherCells)) = (Frames[i], other.Frames[i]);
            if (one != another || saved != otherSaved || !cells.IsSame(otherCells)) return false;
        }

        return Relations.IsSame(other.Relations);
    }

    /// <summary>The same with one register changed.</summary>
    public AbstractState With(int register, RangeWord word) => this with { Registers = Registers.With(register, word) };

    /// <summary>The state where a condition holds, or fails; null if it cannot.</summary>
    public AbstractState? Assume(Truth<RangeWord> condition, bool holds)
    {
        if (condition.IsKnown(out var known)) return known == holds ? this : null;
        switch (condition.Representation.Origin)
        {
            case Origin.Negated(var operand):
                return Assume(operand, !holds);
            case Origin.BothOf(var left, var right) when holds:
                return Assume(left, true)?.Assume(right, true);
            case Origin.EitherOf(var left, var right) when !holds:
                return Assume(left, false)?.Assume(right, false);
            case Origin.BothOf(var left, var right):
                return Either(Assume(left, false), Assume(right, false));
            case Origin.EitherOf(var left, var right):
                return Either(Assume(left, true), Assume(right, true));
            case Origin.Compared(var relation, var left, var right):
                return Compared(condition, relation, left, right, holds);
            default:
                return this;
        }
    }

    /// <summary>Whether a condition surely holds, or surely fails; null if neither is known.</summary>
    public bool? Decide(Truth<RangeWord> condition)
    {
        if (condition.IsKnown(out var known)) return known;
        switch (condition.Representation.Origin)
        {
            case Origin.Negated(var operand):
                return !Decide(operand);
            case Origin.BothOf(var left, var right):
                if (Decide(left) is not { } first) return Decide(right) is false ? false : null;
                return first ? Assume(left, true)?.Decide(right) ?? Decide(right) : false;
            case Origin.EitherOf(var left, var right):
                return (Decide(left), Decide(right)) switch
                {
                    (true, _) or (_, true) => true,
                    (false, false) => false,
                    _ => null,
                };
            case Origin.Compared(var relation, var left, var right):
                return Decide(relation, left, right);
            default:
                return null;
        }
    }

    /// <summary>The state in which a value, just made, has a number; all that was known of an earlier one is forgotten.</summary>
    public AbstractState WithFresh(long number, RangeWord word, out RangeWord numbered)
    {
        var state = Relations[number] is null ? this : Forget(number);
        numbered = word.Numbered(number);
        var facts = Facts(state.Relations, number, word, out var whole);
        if (whole is not null)
        {
            // No sum or difference that wraps around: so it has no more values than that of whole numbers.
            var (lowest, highest) = state.Relations.Bounds(whole);
            var within = RangeWord.Between((ulong)Int128.Max(lowest, 0), (ulong)Int128.Min(highest, ulong.MaxValue)).Values;
            var both = ValueRange<Word>.Meet(word.Values, within);
            if (!both.IsEmpty.Value) numbered = numbered.With(both.Set);
        }

        var relations = state.Relations.With(number, RelationSet.Value(number, numbered.Values));
        foreach (var fact in facts) relations = relations.Assume(fact) ?? relations;
        return state with { Relations = relations };
    }

    /// <summary>The state with all words made anew by a function; null if there is none for one.</summary>
    public AbstractState? Map(Func<RangeWord, RangeWord?> function)
    {
        if (Map(Registers, function) is not { } registers) return null;
        var frames = Frames;
        for (var i = 0; i < frames.Count; i++)
        {
            if (Map(frames[i].Saved, function) is not { } saved || frames[i].Cells.Map(function) is not { } cells) return null;
            if (!ReferenceEquals(cells, frames[i].Cells) || !saved.IsSame(frames[i].Saved))
                frames = frames.With(i, frames[i] with { Saved = saved, Cells = cells });
        }

        var counters = Counters;
        for (var i = 0; i < counters.Count; i++)
        {
            if (function(counters[i].Word) is not { } word) return null;
            if (!ReferenceEquals(word, counters[i].Word)) counters = counters.With(i, counters[i] with { Word = word });
        }

        return registers.IsSame(Registers) && frames.IsSame(Frames) && counters.IsSame(Counters)
            ? this
            : this with { Registers = registers, Frames = frames, Counters = counters };
    }

    /// <summary>The state in which a value is within bounds; null if that cannot be.</summary>
    public AbstractState? Bound(long number, Int128 least, Int128 greatest)
    {
        if (Relations[number] is not { } word) return this;
        var range = word.Values;
        var (lowest, highest) = (Int128.Max(least, range.Least.Value), Int128.Min(greatest, range.Greatest.Value));
        if (lowest > highest) return null;
        if (lowest == range.Least.Value && highest == range.Greatest.Value) return this;
        var both = ValueRange<Word>.Meet(
            range, ValueRange<Word>.Between(Word.Of((ulong)lowest), Word.Of((ulong)highest)));
        if (both.IsEmpty.Value) return null;
        return Narrow(new(word, word.With(both.Set)), number);
    }

    private AbstractState? Narrow(NarrowedWord narrowed, long number) =>
        (this with { Relations = Relations.With(number, narrowed.Narrowed) })
            .Map(word => word.Link is { } link && link.Value == number ? narrowed.Of(word) : word);

    private AbstractState? Either(AbstractState? one, AbstractState? other) => one is null ? other : other is null ? one : this;

    private bool? Decide(Relation relation, RangeWord left, RangeWord right)
    {
        if (Relations.FormOf(left) is not { } one || Relations.FormOf(right) is not { } other) return null;
        if (relation is Relation.LessSigned && !(Relations.IsPositive(left) && Relations.IsPositive(right))) return null;
        var up = other.Minus(one);
        var down = one.Minus(other);
        if (relation is Relation.Same)
        {
            return Relations.Holds(up?.Plus(-1)) || Relations.Holds(down?.Plus(-1)) ? false
                : Relations.Holds(up) && Relations.Holds(down) ? true
                : null;
        }

        return Relations.Holds(up?.Plus(-1)) ? true : Relations.Holds(down) ? false : null;
    }

    private AbstractState? Compared(Truth<RangeWord> condition, Relation relation, RangeWord left, RangeWord right, bool holds)
    {
        if (Decide(relation, left, right) is { } decided && decided != holds) return null;
        if (Narrowing.Where(condition, holds) is not { } narrowed) return null;
        AbstractState? state = this;
        foreach (var one in narrowed)
        {
            state = state.Narrow(one);
            if (state is null) return null;
        }

        if (state.Relations.FormOf(left) is not { } first || state.Relations.FormOf(right) is not { } second) return state;
        if (relation is Relation.LessSigned && !(state.Relations.IsPositive(left) && state.Relations.IsPositive(right))) return state;

        var up = second.Minus(first);
        var down = first.Minus(second);
        return (relation, holds) switch
        {
            (Relation.Same, true) => state.Learn(up)?.Learn(down),
            (Relation.Same, false) when state.Relations.Holds(up) => state.Learn(up?.Plus(-1)),
            (Relation.Same, false) when state.Relations.Holds(down) => state.Learn(down?.Plus(-1)),
            (Relation.Same, false) => state,
            (_, true) => state.Learn(up?.Plus(-1)),
            (_, false) => state.Learn(down),
        };
    }

    /// <summary>The state in which a form is at least zero; null if it cannot be.</summary>
    public AbstractState? Learn(LinearForm? form)
    {
        if (form is null || !form.IsWithin) return this;
        if (Relations.Assume(form) is not { } relations) return null;
        AbstractState? state = this with { Relations = relations };

        // What the others may be bounds each.
        form = form.Reduced();
        foreach (var (value, factor) in form.Terms)
        {
            var others = state.Relations.Bounds(form).Highest;
            var (least, greatest) = state.Relations.RangeOf(value);
            others -= factor * (factor > 0 ? greatest : least);
            state = factor > 0
                ? state.Bound(value, LinearForm.Ceiling(-others, factor), ulong.MaxValue)
                : state.Bound(value, 0, LinearForm.Floor(others, -factor));
            if (state is null) return null;
        }

        return state;
    }

    private AbstractState? Narrow(NarrowedWord narrowed)
    {
        if (narrowed.Original.Link is not { } link || Relations[link.Value] is not { } value) return this;
        var state = Map(word => word.Link is { } linked && linked.Value == link.Value ? narrowed.Of(word) : word);
        if (state is null || narrowed.Of(value) is not { } narrowedValue) return null;
        if (!ReferenceEquals(narrowedValue, value))
        {
            state = state.Narrow(new(value, narrowedValue), link.Value);
            if (state is null) return null;
        }

        // A multiple tells of the value only as whole numbers, if it is one.
        if (narrowed.Original.Width != Width.Bits64 || link.Scale == 1) return state;
        var (scale, offset) = ((Int128)(long)link.Scale, (Int128)(long)link.Offset);
        if (scale == 0) return state;
        var (lowest, highest) = state.Relations.Bounds(LinearForm.Of(link.Value, scale, offset));
        var values = narrowed.Narrowed.Values;
        Int128 least, greatest;
        if (lowest >= 0 && highest <= ulong.MaxValue)
        {
            (least, greatest) = (values.Least.Value, values.Greatest.Value);
        }
        else if (lowest >= long.MinValue && highest <= long.MaxValue)
        {
            (least, greatest) = (values.LeastSigned.Signed, values.GreatestSigned.Signed);
        }
        else
        {
            return state;
        }

        return scale > 0
            ? state.Bound(link.Value, LinearForm.Ceiling(least - offset, scale), LinearForm.Floor(greatest - offset, scale))
            : state.Bound(link.Value, LinearForm.Ceiling(offset - greatest, -scale), LinearForm.Floor(offset - least, -scale));
    }

    /// <summary>The state without values that no place holds; what follows of them about others stays known.</summary>
    /// <param name="made">The nodes whose values are kept nevertheless.</param>
    public AbstractState Trimmed(IReadOnlySet<int>? made)
    {
        HashSet<long> held = [AnalysedProgram.LengthValue];
        foreach (var (_, word) in Places.Of(this))
        {
            if (word.Link is { } link) held.Add(link.Value);
        }

        if (made is not null)
        {
            foreach (var value in Relations.Values)
            {
                if (made.Contains(Numbers.NodeOf(value.Number))) held.Add(value.Number);
            }
        }

        var relations = Relations.Project(held);
        return ReferenceEquals(relations, Relations) ? this : this with { Relations = relations };
    }

    private AbstractState Forget(long number) =>
        (this with { Relations = Relations.Without(number) })
            .Map(word => word.Link is { } link && link.Value == number ? word.WithoutLink().WithoutOrigin() : word)!;

    // What the way that a word was made says of it.
    private static LinearForm?[] Facts(RelationSet relations, long number, RangeWord word, out LinearForm? whole)
    {
        LinearForm? sum = null;
        var made = LinearForm.Of(number, 1, 0);
        var facts = Found();
        whole = sum;
        return facts;

        LinearForm?[] Found()
        {
            switch (word.Origin)
            {
                case Origin.Sum(var left, var right):
                    return Whole(relations.FormOf(left) is { } one && relations.FormOf(right) is { } other ? one.Plus(other) : null);
                case Origin.Difference(var left, var right):
                    return Whole(relations.FormOf(left) is { } from && relations.FormOf(right) is { } less ? from.Minus(less) : null);
                case Origin.Quotient(var dividend, var divisor) when relations.FormOf(dividend) is { } divided:
                    return
                    [
                        LinearForm.Combine(divided, 1, made, -(Int128)divisor),
                        LinearForm.Combine(made, divisor, divided, -1)?.Plus((Int128)divisor - 1),
                    ];
                case Origin.Conjunction(var left, var right):
                    return [relations.FormOf(left)?.Minus(made), relations.FormOf(right)?.Minus(made)];
                default:
                    return [];
            }
        }

        LinearForm?[] Whole(LinearForm? form)
        {
            if (form is null || !relations.IsAtLeast(form, 0) || !relations.IsAtMost(form, ulong.MaxValue)) return [];
            sum = form;
            return [form.Minus(made), made.Minus(form)];
        }
    }

    private static Sequence<RangeWord>? Map(Sequence<RangeWord> words, Func<RangeWord, RangeWord?> function)
    {
        RangeWord[]? mapped = null;
        for (var i = 0; i < words.Count; i++)
        {
            if (function(words[i]) is not { } word) return null;
            if (ReferenceEquals(word, words[i])) continue;
            mapped ??= words.AsSpan().ToArray();
            mapped[i] = word;
        }

        return mapped is null ? words : Sequence.Of<RangeWord>(mapped);
    }
}

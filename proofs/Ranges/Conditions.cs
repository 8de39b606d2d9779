using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;
using Range = RbpfSpec.Ranges.Domain.ValueRange<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about what conditions say: a word of which a condition holds is never cut off.</summary>
internal static class Conditions
{
    private delegate Range.Order OfBounds(TermWord least, TermWord greatest);

    /// <summary>The claims at a width.</summary>
    public static IEnumerable<Claim> Of(Width width) =>
    [
        Order(width, isSigned: false, orSame: false),
        Order(width, isSigned: false, orSame: true),
        Order(width, isSigned: true, orSame: false),
        Order(width, isSigned: true, orSame: true),
        Different(width),
        Conjunction(width),
    ];

    /// <summary>The claims about words of which the low half is known.</summary>
    public static IEnumerable<Claim> OfHalves => [Low, .. Distances, Trimmed];

    private static Claim Order(Width width, bool isSigned, bool orSame)
    {
        var inputs = new Inputs();
        var (least, greatest) = (inputs.Word("least", width), inputs.Word("greatest", width));
        var (x, y) = (inputs.Word("x", width), inputs.Word("y", width));
        inputs.Suppose(IsAtMost(least, x, isSigned) & IsAtMost(y, greatest, isSigned) & IsAtMost(x, y, isSigned));
        if (!orSame) inputs.Suppose(!TermWord.Same(x, y));
        return RangeClaim.Of<OfBounds>(
            $"refine/{(orSame ? "at-most" : "below")}{(isSigned ? "-signed" : "")}@{width.Bits}",
            "Of two words of which one is "
            + $"{(orSame ? "at most" : "below")} the other, {(isSigned ? "signed" : "unsigned")}, each lies on the arc that the bounds of "
            + "the other leave, and that is not said to be impossible.",
            inputs,
            order => order(least, greatest).Left.Contains(x) & order(least, greatest).Right.Contains(y)
                & !order(least, greatest).IsImpossible,
            (low, high) => Range.Order.Of(low, high, isSigned, orSame),
            ("words are read the other way", (low, high) => Range.Order.Of(low, high, !isSigned, orSame)),
            ("the left's greatest is one less", (low, high) =>
            {
                var order = Range.Order.Of(low, high, isSigned, orSame);
                return order with { Left = new(order.Left.Start, order.Left.Span - One(width)) };
            }
        ),
            ("the right's least is one more", (low, high) =>
            {
                var order = Range.Order.Of(low, high, isSigned, orSame);
                return order with { Right = new(order.Right.Start + One(width), order.Right.Span - One(width)) };
            }
        ),
            ("operands are swapped", (low, high) => Range.Order.Of(high, low, isSigned, orSame)));
    }

    private static Claim Different(Width width)
    {
        var inputs = new Inputs();
        var arc = inputs.Arc("arc", width);
        var (word, other) = (inputs.Member("x", arc), inputs.Word("y", width));
        inputs.Suppose(!TermWord.Same(word, other));
        return RangeClaim.Of<Func<Arc, TermWord, MaybeEmpty<Arc, TermWord>>>(
            $"refine/different@{width.Bits}",
            "A word of an arc that differs from another word is on the arc without that, which is not said to be empty.",
            inputs,
            without => !without(arc, other).IsEmpty & without(arc, other).Set.Contains(word),
            Arc.Without,
            ("the first is cut off without being compared", (a, _) => new(new(a.Start + One(width), a.Span - One(width)), IsZero(a.Span))),
            ("of the arc of all words the first is cut off", (a, y) => Arc.Without(a, y) with
            {
                Set = Arc.Choose(a.IsFull, new(One(width), Ones(width) - One(width)), Arc.Without(a, y).Set),
            }),
            ("any word of the arc is cut off at its start", (a, y) => Arc.Without(a, TermWord.Choose(a.Contains(y), a.Start, y))));
    }

    private static Claim Conjunction(Width width)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Bits("a", width), inputs.Bits("b", width));
        var (x, y) = (inputs.Member("x", left), inputs.Member("y", right));
        var result = inputs.Bits("result", width);
        inputs.Suppose(result.Contains(x & y));
        return RangeClaim.Of<Func<Bits, Bits, Bits>>(
            $"refine/conjunction@{width.Bits}",
            "A word whose conjunction with a member by bits is a member of the results has the bits that these say.",
            inputs,
            known => known(right, result).Contains(x),
            Range.OfConjunction,
            ("a zero of the result is a zero of the word", (_, of) => of),
            ("ones are known where the other has none", (of, to) =>
                new(to.Value | Inverted(of.Greatest), Range.OfConjunction(of, to).Mask & of.Greatest)),
            ("an unknown bit of the other counts as one", (of, to) => Range.OfConjunction(Bits.Constant(of.Greatest), to)));
    }

    private static Claim Low
    {
        get
        {
            var inputs = new Inputs();
            var low = inputs.Bits("low", Width.Bits32);
            var member = inputs.Member("x.low", low);
            var high = inputs.Word("x.high", Width.Bits32);
            var word = member.ZeroExtend(Width.Bits64)
                | TermWord.ShiftLeft(high.ZeroExtend(Width.Bits64), TermWord.Constant(32, Width.Bits64));
            return RangeClaim.Of<Func<Bits, Bits>>(
                "refine/low-bits@64",
                "A word whose low half is a member of a set by bits is a member of that set with 32 unknown bits above.",
                inputs,
                wider => wider(low).Contains(word),
                bits => Range.WithLow(bits, Width.Bits64),
                ("the high half is zero (Linux, JEQ32)", bits => bits.ZeroExtend(Width.Bits64)),
                ("the high half is that of the sign", bits => bits.SignExtend(Width.Bits64)),
                ("the high half is unknown where the sign is", bits =>
                    new(bits.Value.ZeroExtend(Width.Bits64), bits.Mask.SignExtend(Width.Bits64))));
        }
    }

    // The two distances that an arc is cut by, of low halves: no more than that to any word whose low half is on the arc.
    private static IEnumerable<Claim> Distances
    {
        get
        {
            var inputs = new Inputs();
            var low = inputs.Arc("low", Width.Bits32);
            var (word, end) = (inputs.Member("x", low), inputs.Word("end", Width.Bits32));
            yield return RangeClaim.Of<Func<TermWord, Arc, TermWord>>(
                "refine/low-skipped@32",
                "From a word up to any word of an arc it is no less far than to the next one.",
                inputs,
                skipped => AtMost(skipped(end, low), word - end),
                Range.Skipped,
                ("it is that to the arc's start, even from a word of the arc", (from, arc) => arc.Start - from),
                ("it is that to the arc's end", (from, arc) => TermWord.Choose(arc.Contains(from), Zero(Width.Bits32), arc.End - from)),
                ("it is that downwards", Range.Dropped));
            yield return RangeClaim.Of<Func<TermWord, Arc, TermWord>>(
                "refine/low-dropped@32",
                "From a word down to any word of an arc it is no less far than to the next one.",
                inputs,
                dropped => AtMost(dropped(end, low), end - word),
                Range.Dropped,
                ("it is that to the arc's end, even from a word of the arc", (from, arc) => from - arc.End),
                ("it is that to the arc's start", (from, arc) => TermWord.Choose(arc.Contains(from), Zero(Width.Bits32), from - arc.Start)),
                ("it is that upwards", Range.Skipped));
        }
    }

    // The word is at a distance from the start, and what is left goes to the end; of both, the low halves are those of the claims above.
    private static Claim Trimmed
    {
        get
        {
            var inputs = new Inputs();
            var (start, low) = (inputs.Word("start", Width.Bits64), inputs.Arc("low", Width.Bits32));
            var (before, after) = (inputs.Word("before", Width.Bits64), inputs.Word("after", Width.Bits64));
            var word = start + before;
            inputs.Suppose(!TermWord.LessUnsigned(before + after, before));
            var arc = new Arc(start, before + after);
            inputs.Suppose(AtMost(Range.Skipped(start.Low(Width.Bits32), low), before.Low(Width.Bits32)));
            inputs.Suppose(AtMost(Range.Dropped((word + after).Low(Width.Bits32), low), after.Low(Width.Bits32)));
            return RangeClaim.Of<Func<TermWord, TermWord, TermWord>>(
                "refine/low-arc@64",
                "A word of an arc, no less far from both ends than the next ones with such low halves, is not cut off with them.",
                inputs,
                extended =>
                {
                    var skipped = extended(Range.Skipped(start.Low(Width.Bits32), low), before);
                    var dropped = extended(Range.Dropped((word + after).Low(Width.Bits32), low), after);
                    return AtMost(skipped, before) & AtMost(dropped, after);
                },
                (distance, _) => distance.ZeroExtend(Width.Bits64),
                ("distances are extended as signed", (distance, _) => distance.SignExtend(Width.Bits64)),
                ("the high half of the arc's start is kept", (distance, from) =>
                    TermWord.ShiftLeft(distance.ZeroExtend(Width.Bits64), One(Width.Bits64))),
                ("one word more is cut off", (distance, _) => distance.ZeroExtend(Width.Bits64) + One(Width.Bits64)));
        }
    }

    private static Truth<TermWord> IsAtMost(TermWord left, TermWord right, bool isSigned) =>
        isSigned ? !TermWord.LessSigned(right, left) : AtMost(left, right);
}

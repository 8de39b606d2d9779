using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Interval = RbpfSpec.Ranges.Domain.Interval<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about arcs: each operation has the results on all members.</summary>
internal static class Arcs
{
    private delegate Arc Unary(Arc operand);

    private delegate Arc Binary(Arc left, Arc right);

    private delegate Arc Shift(Arc operand, TermWord amount);

    private delegate Interval OfIntervals(Interval left, Interval right);

    /// <summary>The claims at a width of 64 or 32 bits.</summary>
    public static IEnumerable<Claim> Of(Width width) =>
    [
        OfTwo(width, "add", (a, b) => (a.Start + b.Start, a.Distance + b.Distance), Arc.Add,
            ("that the spans' sum wraps around is not seen", (a, b) => new(a.Start + b.Start, a.Span + b.Span)),
            ("the longer span is taken", (a, b) => new(a.Start + b.Start, BitTricks.Greater(a.Span, b.Span))),
            ("ends are compared as signed", (a, b) => Arc.Choose(
                TermWord.LessSigned(a.Span + b.Span, a.Span), Arc.Full(width), new(a.Start + b.Start, a.Span + b.Span)))),
        OfTwo(width, "sub", (a, b) => (a.Start - (b.Start + b.Span), a.Distance + (b.Span - b.Distance)), Arc.Subtract,
            ("starts are subtracted", (a, b) => new(a.Start - b.Start, Arc.Subtract(a, b).Span)),
            ("that the spans' sum wraps around is not seen", (a, b) => new(a.Start - b.End, a.Span + b.Span)),
            ("as addition", Arc.Add)),
        OfOne(width, "neg", x => Zero(width) - x, Arc.Negate,
            ("the start is negated, not the end", a => new(Zero(width) - a.Start, a.Span)),
            ("inverted instead", Arc.Not)),
        OfOne(width, "not", Inverted, Arc.Not,
            ("the start is inverted, not the end", a => new(Inverted(a.Start), a.Span)),
            ("negated instead", Arc.Negate)),
        OfShift(width, "shl", TermWord.ShiftLeft, Arc.ShiftLeft,
            ("that the span loses bits is not seen", (a, by) => new(TermWord.ShiftLeft(a.Start, by), TermWord.ShiftLeft(a.Span, by))),
            ("shifted by one bit less", (a, by) => Arc.ShiftLeft(a, by - One(width))),
            ("the span is not shifted", (a, by) => new(TermWord.ShiftLeft(a.Start, by), a.Span))),
        OfShift(width, "lshr", TermWord.ShiftRightLogical, Arc.ShiftRightLogical,
            ("start and span are shifted", (a, by) =>
                new(TermWord.ShiftRightLogical(a.Start, by), TermWord.ShiftRightLogical(a.Span, by))),
            ("the sign comes in", Arc.ShiftRightArithmetic)),
        OfShift(width, "ashr", TermWord.ShiftRightArithmetic, Arc.ShiftRightArithmetic,
            ("start and span are shifted", (a, by) =>
                new(TermWord.ShiftRightArithmetic(a.Start, by), TermWord.ShiftRightLogical(a.Span, by))),
            ("zeros come in", Arc.ShiftRightLogical)),
        OfBounds(width, "or", (x, y) => x | y, Arc.Or,
            ("the greatest is the greater of both", (a, b) => new(Arc.Or(a, b).Lowest, BitTricks.Greater(a.Highest, b.Highest))),
            ("the least is the disjunction of the least", (a, b) => new(a.Lowest | b.Lowest, Arc.Or(a, b).Highest)),
            ("the greatest is the disjunction of the greatest", (a, b) => new(Arc.Or(a, b).Lowest, a.Highest | b.Highest))),
        .. Views(width),
    ];

    /// <summary>The claims about extensions and low parts.</summary>
    public static IEnumerable<Claim> OfWidths =>
        from narrow in (Width[])[Width.Bits8, Width.Bits16, Width.Bits32]
        from claim in Extensions(narrow, Width.Bits64)
        select claim;

    private static IEnumerable<Claim> Extensions(Width narrow, Width wide)
    {
        var name = $"{narrow.Bits}to{wide.Bits}";
        yield return OfOne(narrow, $"zext-{name}", x => x.ZeroExtend(wide), a => a.ZeroExtend(wide),
            ("bounds are signed", a => a.SignExtend(wide)),
            ("start and span are extended, though it wraps around", a => new(a.Start.ZeroExtend(wide), a.Span.ZeroExtend(wide))));
        yield return OfOne(narrow, $"sext-{name}", x => x.SignExtend(wide), a => a.SignExtend(wide),
            ("bounds are unsigned", a => a.ZeroExtend(wide)),
            ("start and span are extended, though it crosses the sign", a => new(a.Start.SignExtend(wide), a.Span.ZeroExtend(wide))));
        yield return OfOne(wide, $"low-{wide.Bits}to{narrow.Bits}", x => x.Low(narrow), a => a.Slice(0, narrow),
            ("the low parts of both ends are the ends", a => Arc.Between(a.Start.Low(narrow), a.End.Low(narrow))),
            ("the span's high bits are dropped", a => new(a.Start.Low(narrow), a.Span.Low(narrow))));
    }

    private static IEnumerable<Claim> Views(Width width)
    {
        {
            var inputs = new Inputs();
            var arc = inputs.Arc("arc", width);
            var word = inputs.Member("x", arc);
            yield return RangeClaim.Of<Func<Arc, Interval>>(
                $"reduce/unsigned@{width.Bits}",
                "Every word of an arc is between its least and its greatest, unsigned.",
                inputs,
                view => AtMost(view(arc).Lowest, word) & AtMost(word, view(arc).Highest),
                a => a.Unsigned,
                ("the ends are taken, though it wraps around", a => new(a.Start, a.End)),
                ("the least is that of the signed view", a => new(a.Signed.Lowest, a.Unsigned.Highest)));
            yield return RangeClaim.Of<Func<Arc, Interval>>(
                $"reduce/signed@{width.Bits}",
                "Every word of an arc is between its least and its greatest, signed.",
                inputs,
                view => !TermWord.LessSigned(word, view(arc).Lowest) & !TermWord.LessSigned(view(arc).Highest, word),
                a => a.Signed,
                ("the ends are taken, though it crosses the sign", a => new(a.Start, a.End)),
                ("the bounds are unsigned", a => a.Unsigned));
        }

        {
            // As seen from the word, which may be anywhere; reduce/first-member and reduce/last-member say that neither is beyond it.
            var inputs = new Inputs();
            var (word, span) = (Zero(width), inputs.Word("arc.span", width));
            var before = inputs.UpTo("from-start", span);
            var arc = new Arc(Zero(width) - before, span);
            var first = Zero(width) - inputs.UpTo("from-first", before);
            var last = inputs.UpTo("to-last", span - before);
            yield return RangeClaim.Of<Func<Arc, TermWord, TermWord, MaybeEmpty<Arc, TermWord>>>(
                $"reduce/trim@{width.Bits}",
                "An arc that is cut to the first and the last member by bits keeps every word that is a member of both, and is not empty then.",
                inputs,
                trim => !trim(arc, first, last).IsEmpty & trim(arc, first, last).Set.Contains(word),
                (a, from, to) => Arc.Trimmed(a, from, to),
                ("it goes from the last to the first", (a, from, to) => Arc.Trimmed(a, to, from)),
                ("one word too many is cut off", (a, from, to) => Arc.Trimmed(a, from + One(width), to)),
                ("one that begins at its end is taken for empty", (a, from, to) =>
                    Arc.Trimmed(a, from, to) with { IsEmpty = AtMost(a.Span, from - a.Start) }));
        }

        foreach (var claim in ByBits(width)) yield return claim;
    }

    // The arc of all words is replaced by the bounds by bits.
    private static IEnumerable<Claim> ByBits(Width width)
    {
        var inputs = new Inputs();
        var bits = inputs.Bits("bits", width);
        var word = inputs.Member("x", bits);
        yield return RangeClaim.Of<Func<Tnum<TermWord>, (Interval Unsigned, Interval Signed)>>(
            $"reduce/bounds@{width.Bits}",
            "Every member of a set by bits is between its least and its greatest, unsigned and signed.",
            inputs,
            bounds =>
            {
                var (unsigned, signed) = bounds(bits);
                return AtMost(unsigned.Lowest, word) & AtMost(word, unsigned.Highest)
                    & !TermWord.LessSigned(word, signed.Lowest) & !TermWord.LessSigned(signed.Highest, word);
            },
            a => (new(a.Least, a.Greatest), new(a.LeastSigned, a.GreatestSigned)),
            ("the signed bounds are the unsigned ones", a => (new(a.Least, a.Greatest), new(a.Least, a.Greatest))),
            ("an unknown sign is taken for zero", a => (new(a.Least, a.Greatest), new(a.Least, a.GreatestSigned))),
            ("the greatest leaves unknown bits out", a => (new(a.Least, a.Value), new(a.LeastSigned, a.GreatestSigned))));
    }

    private static Claim OfOne(
        Width width, string name, Func<TermWord, TermWord> ofWords, Unary operation, params Sequence<(string, Unary)> mutants)
    {
        var inputs = new Inputs();
        var arc = inputs.Arc("a", width);
        var word = inputs.Member("x", arc);
        return RangeClaim.Of(
            $"op/{name}-arc@{width.Bits}",
            $"Of every word of an arc, {name} gives a word of the arc that it gives of the arc.",
            inputs,
            apply => apply(arc).Contains(ofWords(word)),
            operation,
            mutants);
    }

    // The result is a start and a distance from it; that they add up to the sum, or the difference, is a law of addition.
    private static Claim OfTwo(
        Width width,
        string name,
        Func<
            (TermWord Start, TermWord Span, TermWord Distance), (TermWord Start, TermWord Span, TermWord Distance),
            (TermWord Start, TermWord Distance)> ofWords,
        Binary operation,
        params Sequence<(string, Binary)> mutants)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Arc("a", width), inputs.Arc("b", width));
        var (one, other) = (inputs.UpTo("x.distance", left.Span), inputs.UpTo("y.distance", right.Span));
        return RangeClaim.Of(
            $"op/{name}-arc@{width.Bits}",
            $"Of words of two arcs, {name} gives a word of the arc that it gives of the arcs.",
            inputs,
            apply =>
            {
                var (arc, (start, distance)) = (
                    apply(left, right), ofWords((left.Start, left.Span, one), (right.Start, right.Span, other)));
                return arc.IsFull | (TermWord.Same(arc.Start, start) & AtMost(distance, arc.Span));
            },
            operation,
            mutants);
    }

    private static Claim OfShift(
        Width width, string name, Func<TermWord, TermWord, TermWord> ofWords, Shift operation, params Sequence<(string, Shift)> mutants)
    {
        var inputs = new Inputs();
        var arc = inputs.Arc("a", width);
        var (word, amount) = (inputs.Member("x", arc), inputs.Word("amount", width));
        return RangeClaim.Of(
            $"op/{name}-arc@{width.Bits}",
            $"Of every word of an arc and any amount, {name} gives a word of the arc that it gives of the arc.",
            inputs,
            apply => apply(arc, amount).Contains(ofWords(word, amount)),
            operation,
            mutants);
    }

    private static Claim OfBounds(
        Width width,
        string name,
        Func<TermWord, TermWord, TermWord> ofWords,
        OfIntervals operation,
        params Sequence<(string, OfIntervals)> mutants)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Interval("a", width), inputs.Interval("b", width));
        var (x, y) = (inputs.Member("x", left), inputs.Member("y", right));
        return RangeClaim.Of(
            $"op/{name}-bounds@{width.Bits}",
            $"Of words of two unsigned intervals, {name} gives a word of the interval that it gives of the intervals.",
            inputs,
            apply => AtMost(apply(left, right).Lowest, ofWords(x, y)) & AtMost(ofWords(x, y), apply(left, right).Highest),
            operation,
            mutants);
    }
}

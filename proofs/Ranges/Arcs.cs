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
        ShiftLeft(width),
        OfOrder(width, "lshr", isSigned: false, TermWord.ShiftRightLogical,
            ("the sign comes in", TermWord.ShiftRightArithmetic),
            ("shifted by one bit less", (x, by) => TermWord.ShiftRightLogical(x, by - One(width)))),
        OfOrder(width, "ashr", isSigned: true, TermWord.ShiftRightArithmetic,
            ("zeros come in", TermWord.ShiftRightLogical),
            ("shifted by one bit less", (x, by) => TermWord.ShiftRightArithmetic(x, by - One(width)))),
        OfBounds(width, "or-least", (x, y, bounds) => AtMost(bounds.Lowest, x | y),
            ("it is the disjunction of the least", (a, b) => new(a.Lowest | b.Lowest, a.Highest)),
            ("it is the greater of the greatest", (a, b) => new(BitTricks.Greater(a.Highest, b.Highest), b.Highest)),
            ("the bits below are those of the other", (a, b) => new(Arc.Or(a, b).Lowest | (b.Lowest & a.Highest), b.Highest))),
        OfBounds(width, "or-greatest", (x, y, bounds) => AtMost(x | y, bounds.Highest),
            ("it is the greater of both", (a, b) => new(a.Lowest, BitTricks.Greater(a.Highest, b.Highest))),
            ("it is the disjunction of the greatest", (a, b) => new(a.Lowest, a.Highest | b.Highest)),
            ("one of the two can do without no bit", (a, b) => Arc.Or(a, new(b.Highest, b.Highest)))),
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
                "An arc that is cut to the first and the last member by bits keeps every word that is a member of both, "
                + "and is not empty then.",
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

    // A word is the start and a distance, and so is what it is shifted to; or it is one of all multiples of the power of two.
    private static Claim ShiftLeft(Width width)
    {
        var inputs = new Inputs();
        var (arc, amount) = (inputs.Arc("a", width), inputs.Word("amount", width));
        var distance = inputs.UpTo("x.distance", arc.Span);
        var (start, moved, word) = (
            TermWord.ShiftLeft(arc.Start, amount), TermWord.ShiftLeft(distance, amount), TermWord.ShiftLeft(arc.Start + distance, amount));
        return RangeClaim.Of<Shift>(
            $"op/shl-arc@{width.Bits}",
            "Of every word of an arc and any amount, shl gives a word of the arc that it gives of the arc.",
            inputs,
            shift =>
            {
                var result = shift(arc, amount);
                return (TermWord.Same(result.Start, start) & AtMost(moved, result.Span))
                    | (IsZero(result.Start) & AtMost(word, result.Span));
            },
            Arc.ShiftLeft,
            ("that the span loses bits is not seen", (a, by) => new(TermWord.ShiftLeft(a.Start, by), TermWord.ShiftLeft(a.Span, by))),
            ("shifted by one bit less", (a, by) => Arc.ShiftLeft(a, by - One(width))),
            ("the span is not shifted", (a, by) => new(TermWord.ShiftLeft(a.Start, by), a.Span)));
    }

    // Shifts to the right keep the order, so they take the bounds of an arc to bounds.
    private static Claim OfOrder(
        Width width,
        string name,
        bool isSigned,
        Func<TermWord, TermWord, TermWord> shift,
        params Sequence<(string, Func<TermWord, TermWord, TermWord>)> mutants)
    {
        var inputs = new Inputs();
        var (lesser, amount) = (inputs.Word("x", width), inputs.Word("amount", width));
        var greater = isSigned ? inputs.Word("y", width) : lesser + inputs.UpTo("distance", Inverted(lesser));
        inputs.Suppose(!Less(greater, lesser));
        return RangeClaim.Of(
            $"op/{name}-order@{width.Bits}",
            $"A word that is no more than another, {(isSigned ? "signed" : "unsigned")}, is no more when both are "
            + $"shifted: {name} of bounds are bounds.",
            inputs,
            of => !Less(of(greater, amount), shift(lesser, amount)) & !Less(shift(greater, amount), of(lesser, amount)),
            shift,
            mutants);

        Truth<TermWord> Less(TermWord one, TermWord other) =>
            isSigned ? TermWord.LessSigned(one, other) : TermWord.LessUnsigned(one, other);
    }

    private static Claim OfBounds(
        Width width,
        string name,
        Func<TermWord, TermWord, Interval, Truth<TermWord>> isSound,
        params Sequence<(string, OfIntervals)> mutants)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Interval("a", width), inputs.Interval("b", width));
        var (x, y) = (inputs.Member("x", left), inputs.Member("y", right));
        return RangeClaim.Of<OfIntervals>(
            $"op/{name}@{width.Bits}",
            "Of words of two unsigned intervals, the disjunction is within the bounds that the intervals give.",
            inputs,
            apply => isSound(x, y, apply(left, right)),
            Arc.Or,
            mutants);
    }
}

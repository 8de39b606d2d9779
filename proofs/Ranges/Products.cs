using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Interval = RbpfSpec.Ranges.Domain.Interval<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about products, quotients and remainders of bounds.</summary>
/// <remarks>
/// No solver multiplies or divides 64 bits in time. So it is proved that one step of long division, and of long multiplication, keeps
/// the order of results; and with quotients and products in order, that their sets are right.
/// </remarks>
internal static class Products
{
    private delegate Arc Binary(Interval left, Interval right);

    /// <summary>The claims at a width.</summary>
    public static IEnumerable<Claim> Of(Width width)
    {
        var (rises, falls) = (QuotientRises(width), QuotientFalls(width));
        return
        [
            rises,
            falls,
            Quotients(width) with { Lemmas = [rises, falls] },
            Remainders(width),
            RemaindersOfOne(width),
            BetweenProducts(width),
            .. OfSigns(width),
        ];
    }

    /// <summary>The claims about the high half of a product.</summary>
    public static IEnumerable<Claim> OfHalves => [HighOfHalves, ProductRises];

    // Quotient and remainder of what has been read of two dividends, by one divisor: then a bit more of each is read.
    private static Claim QuotientRises(Width width)
    {
        var inputs = new Inputs();
        var divisor = inputs.Word("divisor", width);
        var (one, other) = (State(inputs, "a", width, divisor), State(inputs, "b", width, divisor));
        inputs.Suppose(IsBefore(one.Quotient, one.Remainder, other.Quotient, other.Remainder)
            | (TermWord.Same(one.Quotient, other.Quotient) & TermWord.Same(one.Remainder, other.Remainder)
                & AtMost(one.Bit, other.Bit)));
        return RangeClaim.Of<Func<Digits, TermWord, (TermWord Quotient, TermWord Remainder)>>(
            $"lemma/quotient-rises@{width.Bits}",
            "One step of long division: of two dividends that are in order so far, or the same, quotient and remainder stay in order, "
            + "or the same.",
            inputs,
            step =>
            {
                var (left, right) = (step(one, divisor), step(other, divisor));
                return IsBefore(left.Quotient, left.Remainder, right.Quotient, right.Remainder)
                    | (TermWord.Same(left.Quotient, right.Quotient) & TermWord.Same(left.Remainder, right.Remainder));
            },
            Step,
            ("the lowest bit of the remainder is flipped", (of, by) =>
                Step(of with { Remainder = of.Remainder ^ One(of.Remainder.Width) }, by)),
            ("the bit read is inverted", (of, by) => Step(of with { Bit = of.Bit ^ One(of.Bit.Width) }, by)),
            ("the quotient is not doubled", (of, by) => (Step(of, by).Quotient - of.Quotient, Step(of, by).Remainder)));
    }

    // One dividend by two divisors.
    private static Claim QuotientFalls(Width width)
    {
        var inputs = new Inputs();
        var less = inputs.Word("less", width);
        var more = inputs.Word("more", width);
        inputs.Suppose(AtMost(less, more));
        var (one, other) = (State(inputs, "a", width, less), State(inputs, "b", width, more));
        inputs.Suppose(TermWord.Same(one.Bit, other.Bit));
        inputs.Suppose(IsAtLeast(one.Quotient, one.Remainder, other.Quotient, other.Remainder));
        return RangeClaim.Of<Func<Digits, TermWord, (TermWord Quotient, TermWord Remainder)>>(
            $"lemma/quotient-falls@{width.Bits}",
            "One step of long division of one dividend by two divisors: the quotient by the lesser stays no less, and where both are the "
            + "same, so does its remainder.",
            inputs,
            step =>
            {
                var (left, right) = (step(one, less), step(other, more));
                return IsAtLeast(left.Quotient, left.Remainder, right.Quotient, right.Remainder);
            },
            Step,
            ("the divisor that is tried is the other's", (of, by) => Step(of, TermWord.Choose(TermWord.Same(by, less), more, less))),
            ("the bit read is added to the quotient", (of, by) => (Step(of, by).Quotient + of.Bit, Step(of, by).Remainder)),
            ("nothing is taken away", (of, by) => (Step(of, by).Quotient, of.Remainder + of.Remainder + of.Bit)));
    }

    // Quotients are any function in the order that the lemmas say.
    private static Claim Quotients(Width width)
    {
        var inputs = new Inputs();
        var (dividend, divisor) = (inputs.Interval("dividend", width), inputs.Interval("divisor", width));
        var (x, y) = (inputs.Member("x", dividend), inputs.Member("y", divisor));
        inputs.Suppose(AtMost(Quotient(dividend.Lowest, divisor.Highest), Quotient(x, divisor.Highest)));
        inputs.Suppose(AtMost(Quotient(x, divisor.Highest), Quotient(x, y)));
        inputs.Suppose(AtMost(Quotient(x, y), Quotient(x, divisor.Lowest)));
        inputs.Suppose(AtMost(Quotient(x, divisor.Lowest), Quotient(dividend.Highest, divisor.Lowest)));
        return RangeClaim.Of<Binary>(
            $"op/udiv-bounds@{width.Bits}",
            "The quotient of words of two unsigned intervals, the divisor's without zero, is on the arc of quotients.",
            inputs,
            quotients => quotients(dividend, divisor).Contains(Quotient(x, y)),
            (a, b) => Arc.Quotients(a, b, Quotient),
            ("the least is divided by the least", (a, b) => Arc.Between(Quotient(a.Lowest, b.Lowest), Quotient(a.Highest, b.Lowest))),
            ("the greatest is divided by the greatest", (a, b) =>
                Arc.Between(Quotient(a.Lowest, b.Highest), Quotient(a.Highest, b.Highest))),
            ("the ends are swapped", (a, b) => Arc.Between(Quotient(a.Highest, b.Lowest), Quotient(a.Lowest, b.Highest))));
    }

    private static Claim Remainders(Width width)
    {
        var inputs = new Inputs();
        var (dividend, divisor) = (inputs.Interval("dividend", width), inputs.Interval("divisor", width));
        var (x, y) = (inputs.Member("x", dividend), inputs.Member("y", divisor));
        var remainder = Remainder(x, y);
        inputs.Suppose(IsZero(y) | (AtMost(remainder, x) & TermWord.LessUnsigned(remainder, y)));
        inputs.Suppose(!IsZero(y) | TermWord.Same(remainder, x));
        return RangeClaim.Of<Binary>(
            $"op/urem-bounds@{width.Bits}",
            "The remainder of words of two unsigned intervals is no more than the greatest dividend, and less than the greatest divisor; "
            + "of a zero divisor it is the dividend.",
            inputs,
            remainders => remainders(dividend, divisor).Contains(remainder),
            Arc.RemaindersBelow,
            ("a zero divisor is not thought of", (a, b) => Arc.Between(
                Zero(width), BitTricks.Smaller(a.Highest, b.Highest - One(width)))),
            ("it is less than the least divisor", (a, b) => Arc.Between(
                Zero(width), TermWord.Choose(IsZero(b.Lowest), a.Highest, BitTricks.Smaller(a.Highest, b.Lowest - One(width))))),
            ("it is at least the dividend's least", (a, b) => Arc.Between(a.Lowest, Arc.RemaindersBelow(a, b).End)));
    }

    // Each remainder is the dividend less one multiple of the divisor.
    private static Claim RemaindersOfOne(Width width)
    {
        var inputs = new Inputs();
        var greatest = inputs.Word("greatest-dividend", width);
        var x = inputs.UpTo("x", greatest);
        var least = inputs.UpTo("least-dividend", x);
        var multiple = inputs.UpTo("multiple", least);
        return RangeClaim.Of<Func<TermWord, TermWord, Arc>>(
            $"op/urem-bounds-of-one@{width.Bits}",
            "Of dividends from which one multiple of a divisor is taken away, the remainder of one between two is between theirs.",
            inputs,
            between => between(least - multiple, greatest - multiple).Contains(x - multiple),
            Arc.Between,
            ("from the greatest to the least", (from, to) => Arc.Between(to, from)),
            ("the least is left out", (from, to) => Arc.Between(from + One(width), to)));
    }

    // Products in twice the width, as halves, in order.
    private static Claim BetweenProducts(Width width)
    {
        var inputs = new Inputs();
        var (leastHigh, leastLow) = (inputs.Word("least.high", width), inputs.Word("least.low", width));
        var (high, low) = (inputs.Word("product.high", width), inputs.Word("product.low", width));
        var (greatestHigh, greatestLow) = (inputs.Word("greatest.high", width), inputs.Word("greatest.low", width));
        inputs.Suppose(IsAtLeast(high, low, leastHigh, leastLow) & IsAtLeast(greatestHigh, greatestLow, high, low));
        return RangeClaim.Of<Func<Interval, TermWord, TermWord, Arc>>(
            $"op/mul-bounds@{width.Bits}",
            "The low half of a product between a least and a greatest is on their arc, whatever the high halves are.",
            inputs,
            between => between(new(leastLow, greatestLow), leastHigh, greatestHigh).Contains(low),
            Arc.BetweenProducts,
            ("high halves are not compared", (ends, _, _) => ends.Arc),
            ("high halves must differ by one at most", (ends, least, greatest) =>
                Arc.Choose(AtMost(greatest - least, One(width)), ends.Arc, Arc.Full(width))),
            ("the borrow is not thought of", (ends, least, greatest) => Arc.Choose(
                TermWord.Same(greatest, least) | TermWord.Same(greatest, least + One(width)), ends.Arc, Arc.Full(width))));
    }

    // Of each sign, the magnitudes that a function is computed of.
    private static IEnumerable<Claim> OfSigns(Width width)
    {
        var inputs = new Inputs();
        var arc = inputs.Arc("a", width);
        var word = inputs.Member("x", arc);
        yield return OfSign(
            "non-negative", "not negative is within the bounds of those", !TermWord.LessSigned(word, Zero(width)), word, Arc.NonNegative,
            ("the least positive is the least", Arc.Positive),
            ("none is there if the first is negative", a =>
                Arc.NonNegative(a) with { IsEmpty = TermWord.LessSigned(a.Start, Zero(width)) }));
        yield return OfSign(
            "positive", "positive is within the bounds of those", TermWord.LessSigned(Zero(width), word), word, Arc.Positive,
            ("the magnitudes of the negative are taken", Arc.Magnitudes),
            ("none is there if the first is negative", a => Arc.Positive(a) with { IsEmpty = TermWord.LessSigned(a.Start, Zero(width)) }));
        yield return OfSign(
            "negative", "negative has its magnitude within the bounds of those", TermWord.LessSigned(word, Zero(width)),
            Zero(width) - word, Arc.Magnitudes,
            ("the words themselves are taken", Arc.Positive),
            ("the least signed word has no magnitude", a => Arc.Magnitudes(a) with
            {
                Set = new(Arc.Magnitudes(a).Set.Lowest, BitTricks.Smaller(Arc.Magnitudes(a).Set.Highest, Inverted(LeastSigned(width)))),
            }));

        Claim OfSign(
            string name, string says, Truth<TermWord> isSo, TermWord magnitude, Func<Arc, MaybeEmpty<Interval, TermWord>> part,
            params Sequence<(string, Func<Arc, MaybeEmpty<Interval, TermWord>>)> mutants) => RangeClaim.Of(
                $"op/sign-{name}@{width.Bits}",
                $"A word of an arc that is {says}, and there are some.",
                inputs,
                bounds =>
                {
                    var (set, isEmpty) = bounds(arc);
                    return !isSo | (!isEmpty & AtMost(set.Lowest, magnitude) & AtMost(magnitude, set.Highest));
                },
                part,
                mutants);
    }

    private static Claim HighOfHalves
    {
        get
        {
            // Products of 32 bits, each below 2^64 - 2^33 + 2, added up in 128 bits.
            var width = Width.Bits64;
            var inputs = new Inputs();
            var products = ((string[])["low-by-low", "high-by-low", "low-by-high", "high-by-high"]).Select(name =>
            {
                var product = inputs.Word(name, width);
                inputs.Suppose(AtMost(product, TermWord.Constant(0xffff_ffffUL * 0xffff_ffff, width)));
                return product;
            }).ToArray();
            var sum = Wide(products[0]) + Shifted(products[1], 32) + Shifted(products[2], 32) + Shifted(products[3], 64);
            return RangeClaim.Of<Func<TermWord, TermWord, TermWord, TermWord, TermWord>>(
                "lemma/multiply-high@64",
                "The high half of a product, computed of products of halves in 64 bits, is that of their sum in 128.",
                inputs,
                high => TermWord.Same(
                    high(products[0], products[1], products[2], products[3]),
                    new(Symbolic.Terms.Make.Extract(sum, 64, 64))),
                BitTricks.HighOfHalves,
                ("the carry of the lowest product is forgotten", (a, b, c, d) =>
                    BitTricks.HighOfHalves(a & TermWord.Constant(uint.MaxValue, width), b, c, d)),
                ("cross products are added first, and may overflow", (_, b, c, d) =>
                    d + TermWord.ShiftRightLogical(b + c, TermWord.Constant(32, width))),
                ("a cross product is forgotten", (a, b, _, d) => BitTricks.HighOfHalves(a, b, Zero(width), d)));

            static Symbolic.Terms.Term Wide(TermWord word) => Symbolic.Terms.Make.ZeroExtend(word.Term, 128);

            static Symbolic.Terms.Term Shifted(TermWord word, int by) =>
                Symbolic.Terms.Make.Binary(Symbolic.Terms.Operator.ShiftLeft, Wide(word), Symbolic.Terms.Make.Constant((ulong)by, 128));
        }
    }

    // Long multiplication at 32 bits, in 64: what has been read of two factors, times one other. At 64 bits it is the same in 128.
    private static Claim ProductRises
    {
        get
        {
            var (width, half) = (Width.Bits64, Width.Bits32);
            var inputs = new Inputs();
            var factor = inputs.Word("factor", half).ZeroExtend(width);
            var (left, right) = (inputs.Word("left", width), inputs.Word("right", width));
            var greatest = TermWord.Constant((1UL << 63) - (1UL << 32), width);
            inputs.Suppose(AtMost(left, greatest) & AtMost(right, greatest));
            var (one, other) = (inputs.Word("left.bit", Width.Bits1), inputs.Word("right.bit", Width.Bits1));
            inputs.Suppose((AtMost(left + factor, right) & !TermWord.LessUnsigned(left + factor, left))
                | (TermWord.Same(left, right) & AtMost(one, other)));
            return RangeClaim.Of<Func<TermWord, TermWord, TermWord>>(
                "lemma/product-rises@32",
                "One step of long multiplication: where a factor is less so far, its product is less by the other factor at least, and "
                + "stays so; where it is the same, it stays the same or falls behind by that.",
                inputs,
                step => AtMost(step(left, one) + factor, step(right, other))
                    | (TermWord.Same(step(left, one), step(right, other)) & TermWord.Same(one, other)),
                (product, bit) => product + product + TermWord.Choose(IsZero(bit), Zero(width), factor),
                ("the bit is read the other way", (product, bit) => product + product + TermWord.Choose(IsZero(bit), factor, Zero(width))),
                ("the product is not doubled", (product, bit) => product + TermWord.Choose(IsZero(bit), Zero(width), factor)),
                ("the product is inverted", (product, bit) => Inverted(product) + TermWord.Choose(IsZero(bit), Zero(width), factor)));
        }
    }

    // So far: quotient and remainder, which is less than the divisor; and the next bit of the dividend. Quotients leave room for one more.
    private sealed record Digits(TermWord Quotient, TermWord Remainder, TermWord Bit);

    private static Digits State(Inputs inputs, string name, Width width, TermWord divisor)
    {
        var quotient = inputs.Word($"{name}.quotient", width);
        inputs.Suppose(TermWord.LessUnsigned(quotient, LeastSigned(width)));
        var remainder = inputs.Word($"{name}.remainder", width);
        inputs.Suppose(TermWord.LessUnsigned(remainder, divisor));
        return new(quotient, remainder, inputs.Word($"{name}.bit", Width.Bits1).ZeroExtend(width));
    }

    private static (TermWord Quotient, TermWord Remainder) Step(Digits digits, TermWord divisor)
    {
        // Doubling may carry out of the word; then the divisor fits.
        var doubled = digits.Remainder + digits.Remainder + digits.Bit;
        var carries = !TermWord.LessUnsigned(digits.Remainder, LeastSigned(divisor.Width));
        var fits = carries | AtMost(divisor, doubled);
        return (
            digits.Quotient + digits.Quotient + TermWord.Choose(fits, One(divisor.Width), Zero(divisor.Width)),
            TermWord.Choose(fits, doubled - divisor, doubled));
    }

    private static Truth<TermWord> IsBefore(TermWord high, TermWord low, TermWord otherHigh, TermWord otherLow) =>
        TermWord.LessUnsigned(high, otherHigh) | (TermWord.Same(high, otherHigh) & TermWord.LessUnsigned(low, otherLow));

    private static Truth<TermWord> IsAtLeast(TermWord high, TermWord low, TermWord otherHigh, TermWord otherLow) =>
        !IsBefore(high, low, otherHigh, otherLow);

    // Quotients and remainders, of which only the facts that are supposed are known.
    private static TermWord Quotient(TermWord dividend, TermWord divisor) => Unknown("quotient", dividend, divisor);

    private static TermWord Remainder(TermWord dividend, TermWord divisor) => Unknown("remainder", dividend, divisor);

    private static TermWord Unknown(string name, TermWord left, TermWord right) =>
        new(Symbolic.Terms.Make.Apply(name, Symbolic.Terms.Sort.Of(left.Width.Bits), left.Term, right.Term));
}

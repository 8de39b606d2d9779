using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about sets of words by their bits: each operation has the results on all members.</summary>
internal static class BitSets
{
    private delegate Bits Unary(Bits operand);

    private delegate Bits Binary(Bits left, Bits right);

    private delegate Bits Shift(Bits operand, TermWord amount);

    /// <summary>The claims at a width of 64 or 32 bits.</summary>
    public static IEnumerable<Claim> Of(Width width) =>
    [
        OfTwo(width, "add", (x, y) => x + y, Bits.Add,
            ("carries are forgotten", (a, b) => new(Known(a.Value + b.Value, a.Mask | b.Mask), a.Mask | b.Mask)),
            ("the mask is of the greatest sum alone", (a, b) => Of((a.Value + b.Value), (a.Greatest + b.Greatest) ^ (a.Value + b.Value))),
            ("the left's unknown bits are dropped", (a, b) =>
                Of(a.Value + b.Value, ((a.Value + b.Value + b.Mask) ^ (a.Value + b.Value)) | b.Mask))),
        OfTwo(width, "sub", (x, y) => x - y, Bits.Subtract,
            ("as addition", Bits.Add),
            ("operands are swapped", (a, b) => Bits.Subtract(b, a)),
            ("borrows of the right's unknown bits are forgotten", (a, b) => Of(
                a.Value - b.Value, ((a.Value - b.Value + a.Mask) ^ (a.Value - b.Value)) | a.Mask | b.Mask))),
        OfTwo(width, "and", (x, y) => x & y, Bits.And,
            ("as disjunction", Bits.Or),
            ("an unknown bit beside a one is taken for known", (a, b) => new(a.Value & b.Value, a.Mask & b.Mask)),
            ("ones of unknown bits stay known", (a, b) => new(a.Value, (a.Greatest & b.Greatest) & Inverted(a.Value)))),
        OfTwo(width, "or", (x, y) => x | y, Bits.Or,
            ("as conjunction", Bits.And),
            ("unknown only where both are", (a, b) => new(a.Value | b.Value, a.Mask & b.Mask & Inverted(a.Value | b.Value))),
            ("unknown bits of the right are dropped", (a, b) => new(a.Value | b.Value, a.Mask & Inverted(a.Value | b.Value)))),
        OfTwo(width, "xor", (x, y) => x ^ y, Bits.Xor,
            ("as disjunction", Bits.Or),
            ("unknown only where both are", (a, b) => Of(a.Value ^ b.Value, a.Mask & b.Mask)),
            ("unknown bits of the left are dropped", (a, b) => Of(a.Value ^ b.Value, b.Mask))),
        OfOne(width, "not", Inverted, Bits.Not,
            ("nothing is inverted", a => a),
            ("unknown bits are inverted, too", a => new(Inverted(a.Value) & a.Mask, Inverted(a.Mask)))),
        OfOne(width, "neg", x => TermWord.Constant(0, width) - x, Bits.Negate,
            ("inverted instead", Bits.Not),
            ("the mask stays", a => Of(TermWord.Constant(0, width) - a.Value, a.Mask))),
        OfShift(width, "shl", TermWord.ShiftLeft, Bits.ShiftLeft,
            ("the mask is not shifted", (a, by) => Of(TermWord.ShiftLeft(a.Value, by), a.Mask)),
            ("by the amount modulo the width", (a, by) =>
                Bits.ShiftLeft(a, by & TermWord.Constant((ulong)width.Bits - 1, width)))),
        OfShift(width, "lshr", TermWord.ShiftRightLogical, Bits.ShiftRightLogical,
            ("the sign comes in", Bits.ShiftRightArithmetic),
            ("shifted left", Bits.ShiftLeft)),
        OfShift(width, "ashr", TermWord.ShiftRightArithmetic, Bits.ShiftRightArithmetic,
            ("zeros come in", Bits.ShiftRightLogical),
            ("an unknown sign comes in as zeros", (a, by) =>
                new(TermWord.ShiftRightArithmetic(a.Value, by), TermWord.ShiftRightLogical(a.Mask, by)))),
        Multiply(width),
        RemainderByPower(width),
        ConjunctionThatKeeps(width),
        .. Structure(width),
    ];

    /// <summary>The claims about extensions, parts, and the order of bytes.</summary>
    public static IEnumerable<Claim> OfWidths =>
    [
        .. from narrow in (Width[])[Width.Bits8, Width.Bits16, Width.Bits32]
           from claim in Extensions(narrow, Width.Bits64)
           select claim,
        .. Extensions(Width.Bits16, Width.Bits32),
        .. from width in (Width[])[Width.Bits16, Width.Bits32, Width.Bits64]
           select OfOne(width, "bswap", x => x.ReverseBytes(), a => a.ReverseBytes(),
               ("the mask stays", a => Of(a.Value.ReverseBytes(), a.Mask)),
               ("nothing is reversed", a => a)),
    ];

    private static IEnumerable<Claim> Extensions(Width narrow, Width wide)
    {
        var name = $"{narrow.Bits}to{wide.Bits}";
        yield return OfOne(narrow, $"zext-{name}", x => x.ZeroExtend(wide), a => a.ZeroExtend(wide),
            ("the sign comes in", a => a.SignExtend(wide)),
            ("an unknown sign comes in as unknown bits", a => new(a.Value.SignExtend(wide), a.Mask.ZeroExtend(wide))));
        yield return OfOne(narrow, $"sext-{name}", x => x.SignExtend(wide), a => a.SignExtend(wide),
            ("zeros come in", a => a.ZeroExtend(wide)),
            ("an unknown sign comes in as zeros", a => new(a.Value.SignExtend(wide), a.Mask.ZeroExtend(wide))));
        yield return OfOne(wide, $"low-{wide.Bits}to{narrow.Bits}", x => x.Low(narrow), a => a.Slice(0, narrow),
            ("the high bits", a => a.Slice(wide.Bits - narrow.Bits, narrow)),
            ("what is unknown is that of the high bits", a =>
                Of(a.Value.Low(narrow), a.Mask.Slice(wide.Bits - narrow.Bits, narrow))));
    }

    private static Claim ConjunctionThatKeeps(Width width)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Bits("a", width), inputs.Bits("b", width));
        var (x, y) = (inputs.Member("x", left), inputs.Member("y", right));
        return RangeClaim.Of<Func<Bits, Bits, Truth<TermWord>>>(
            $"op/and-kept@{width.Bits}",
            "Where a conjunction is said to be its left operand, it is that of all members.",
            inputs,
            isKept => !isKept(left, right) | TermWord.Same(x & y, x),
            Bits.IsKept,
            ("unknown bits of the right count as ones", (a, b) => IsZero(a.Greatest & Inverted(b.Greatest))),
            ("unknown bits of the left count as zeros", (a, b) => IsZero(a.Value & Inverted(b.Value))),
            ("operands are swapped", (a, b) => Bits.IsKept(b, a)));
    }

    // One step of the loop: what was added so far, and the multiplicand, shifted, which a bit of the multiplier takes or not.
    private static Claim Multiply(Width width)
    {
        var inputs = new Inputs();
        var (sum, shifted) = (inputs.Bits("sum", width), inputs.Bits("shifted", width));
        var (soFar, multiple) = (inputs.Member("so-far", sum), inputs.Member("multiple", shifted));
        var bit = inputs.Bits("bit", Width.Bits1);
        var set = !IsZero(inputs.Member("set", bit));
        return RangeClaim.Of<Func<Bits, Bits, Truth<TermWord>, Truth<TermWord>, Bits>>(
            $"op/mul-bits-step@{width.Bits}",
            "One step of multiplication: with a member of the sums so far and one of the multiples, their sum, or the former if the bit of "
            + "the multiplier is zero, is a member of the sums after the step.",
            inputs,
            step => step(sum, shifted, !IsZero(bit.Value), !IsZero(bit.Mask)).Contains(
                TermWord.Choose(set, soFar + multiple, soFar)),
            Bits.MultiplyStep,
            ("an unknown bit always adds", (a, b, one, unknown) => Bits.MultiplyStep(a, b, one | unknown, unknown)),
            ("an unknown bit never adds", (a, b, one, _) => Bits.MultiplyStep(a, b, one, TermWord.TruthOf(false))),
            ("a one adds nothing", (a, b, _, unknown) => Bits.MultiplyStep(a, b, TermWord.TruthOf(false), unknown)));
    }

    // The bits that a remainder keeps: of a divisor whose low bits are zero, those of the dividend, as x = q·d + r shows.
    private static Claim RemainderByPower(Width width)
    {
        var inputs = new Inputs();
        var (dividends, divisors) = (inputs.Bits("dividend", width), inputs.Bits("divisor", width));
        var (dividend, divisor) = (inputs.Member("x", dividends), inputs.Member("y", divisors));

        // A multiple of the divisor has zeros where it has: said of the quotient's product, which is not computed.
        var product = inputs.Word("product", width);
        var lowest = divisor & (TermWord.Constant(0, width) - divisor);
        inputs.Suppose(IsZero(product & (lowest - TermWord.Constant(1, width))));
        var remainder = dividend - product;
        inputs.Suppose(AtMost(product, dividend) & TermWord.LessUnsigned(remainder, divisor));
        return RangeClaim.Of<Binary>(
            $"op/urem-bits@{width.Bits}",
            "What is left of a member when a multiple of a member that is not zero is taken away, less than that, is among the remainders.",
            inputs,
            operation => operation(dividends, divisors).Contains(remainder),
            Bits.RemainderUnsigned,
            ("the divisor's greatest is taken for a power of two", (a, b) =>
                new(a.Value & (b.Greatest - One(width)), a.Mask & (b.Greatest - One(width)))),
            ("one bit too many is kept", (a, b) => Kept(a, Bits.RemainderUnsigned(a, b), b.Greatest ^ (b.Greatest - One(width)))),
            ("the greatest remainder is the least divisor's", (a, b) => Bits.RemainderUnsigned(a, Bits.Constant(b.Value))));

        static Bits Kept(Bits dividend, Bits remainder, TermWord kept) => new(
            (remainder.Value & Inverted(kept)) | (dividend.Value & kept), (remainder.Mask & Inverted(kept)) | (dividend.Mask & kept));
    }

    private static IEnumerable<Claim> Structure(Width width)
    {
        {
            var inputs = new Inputs();
            var interval = inputs.Interval("interval", width);
            var word = inputs.Member("x", interval);
            yield return RangeClaim.Of<Func<TermWord, TermWord, Bits>>(
                $"reduce/bits-of-interval@{width.Bits}",
                "Every word of an unsigned interval is a member of the set of its bits.",
                inputs,
                operation => operation(interval.Lowest, interval.Highest).Contains(word),
                Bits.FromInterval,
                ("only the bits that the ends differ in are unknown", (low, high) => Of(low, low ^ high)),
                ("the highest differing bit is known", (low, high) => Of(low, Below(low ^ high))));
        }

        {
            var inputs = new Inputs();
            var arc = inputs.Arc("arc", width);
            var word = inputs.Member("x", arc);
            yield return RangeClaim.Of<Func<Arc<TermWord>, Bits>>(
                $"reduce/bits-of-arc@{width.Bits}",
                "Every word of an arc is a member of the set of its bits.",
                inputs,
                operation => operation(arc).Contains(word),
                Bits.FromArc,
                ("an arc that wraps around is taken for an interval", a => Bits.FromInterval(a.Start, a.End)),
                ("the part beyond zero is forgotten", a => Bits.Choose(
                    a.Wraps, Bits.FromInterval(a.Start, TermWord.Constant(ulong.MaxValue, width)), Bits.FromArc(a))));
        }

        {
            var inputs = new Inputs();
            var set = inputs.Bits("set", width);
            var (from, member) = (inputs.Word("from", width), inputs.Member("x", set));
            yield return RangeClaim.Of<Func<Bits, TermWord, TermWord>>(
                $"reduce/first-member@{width.Bits}",
                "The first member from a word on is a member, and no member is before it, going upwards and around the end.",
                inputs,
                operation =>
                {
                    var first = operation(set, from);
                    return set.Contains(first) & AtMost(first - from, member - from);
                },
                (bits, word) => bits.FirstFrom(word),
                ("the known bits are put into the word", (bits, word) => bits.Value | (word & bits.Mask)),
                ("the next one is taken even of a member", (bits, word) => bits.FirstFrom(word + One(width))),
                ("around the end it is the greatest", (bits, word) =>
                    TermWord.Choose(TermWord.LessUnsigned(bits.Greatest, word), bits.Greatest, bits.FirstFrom(word))));
            yield return RangeClaim.Of<Func<Bits, TermWord, TermWord>>(
                $"reduce/last-member@{width.Bits}",
                "The last member until a word is a member, and no member is after it, going downwards and around the end.",
                inputs,
                operation =>
                {
                    var last = operation(set, from);
                    return set.Contains(last) & AtMost(from - last, from - member);
                },
                (bits, word) => bits.LastUntil(word),
                ("it is the first from there", (bits, word) => bits.FirstFrom(word)),
                ("the one before is taken even of a member", (bits, word) => bits.LastUntil(word - One(width))));
        }
    }

    private static Claim OfOne(
        Width width, string name, Func<TermWord, TermWord> ofWords, Unary operation, params Sequence<(string, Unary)> mutants)
    {
        var inputs = new Inputs();
        var set = inputs.Bits("a", width);
        var word = inputs.Member("x", set);
        return RangeClaim.Of(
            $"op/{name}-bits@{width.Bits}",
            $"Of every member of a set by bits, {name} gives a member of the set that it gives of the set.",
            inputs,
            apply => IsSound(apply(set), ofWords(word)),
            operation,
            mutants);
    }

    private static Claim OfTwo(
        Width width, string name, Func<TermWord, TermWord, TermWord> ofWords, Binary operation, params Sequence<(string, Binary)> mutants)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Bits("a", width), inputs.Bits("b", width));
        var (x, y) = (inputs.Member("x", left), inputs.Member("y", right));
        return RangeClaim.Of(
            $"op/{name}-bits@{width.Bits}",
            $"Of members of two sets by bits, {name} gives a member of the set that it gives of the sets.",
            inputs,
            apply => IsSound(apply(left, right), ofWords(x, y)),
            operation,
            mutants);
    }

    private static Claim OfShift(
        Width width, string name, Func<TermWord, TermWord, TermWord> ofWords, Shift operation, params Sequence<(string, Shift)> mutants)
    {
        var inputs = new Inputs();
        var set = inputs.Bits("a", width);
        var (word, amount) = (inputs.Member("x", set), inputs.Word("amount", width));
        return RangeClaim.Of(
            $"op/{name}-bits@{width.Bits}",
            $"Of every member of a set by bits and any amount, {name} gives a member of the set that it gives of the set.",
            inputs,
            apply => IsSound(apply(set, amount), ofWords(word, amount)),
            operation,
            mutants);
    }

    private static Truth<TermWord> IsSound(Bits set, TermWord word) => set.Contains(word) & set.IsWellFormed;

    private static Bits Of(TermWord number, TermWord unknown) => new(Known(number, unknown), unknown);

    private static TermWord Known(TermWord number, TermWord unknown) => number & Inverted(unknown);

    // All bits below the highest.
    private static TermWord Below(TermWord word) => TermWord.ShiftRightLogical(BitTricks.Smear(word), One(word.Width));
}

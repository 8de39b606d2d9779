using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;
using Range = RbpfSpec.Ranges.Domain.ValueRange<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

internal static partial class RangeBugs
{
    private static IEnumerable<(RangeBug, Claim)> OfConditions =>
    [
        OfArcs(
            new("K8", Linux, "CVE-2021-31440", "The least of a low half is taken from the least of the whole, if that alone fits.",
                Where("jle32 %r1, 1", "mov32 %r0, %r1")),
            (x, _) => Low(x),
            (_, _) => Of(0, 1),
            (a, _) => SaidSet.Choose(AtMost(a.Unsigned.Lowest, One(Register)), Arc.Between(a.Unsigned.Lowest, One(Register)), Of(0, 1)),
            (x, _) => AtMost(x.Low(Half), One(Half))),
        OfArcs(
            new("K9", Linux, "b02709587ea3", "The least of a low half, signed, is taken from the least of the whole, if that alone fits.",
                Where("jsle32 %r1, 1", "movsx3264 %r0, %r1")),
            (x, _) => x.Low(Half).SignExtend(Register),
            (_, _) => Of(int.MinValue, 1),
            (a, _) => SaidSet.Choose(
                TermWord.LessSigned(Number((long)int.MinValue), a.Signed.Lowest) & TermWord.LessSigned(a.Signed.Lowest, Number(2L)),
                Arc.Between(a.Signed.Lowest, One(Register)),
                Of(int.MinValue, 1)),
            (x, _) => !TermWord.LessSigned(One(Half), x.Low(Half))),
        OfBits(
            new("K14", Linux, "a12ca6277eca", "A 32-bit test of equality fixes all 64 bits.", Where("jeq32 %r1, 5", Copy)),
            (x, _) => x,
            (_, _) => Range.WithLow(Bits.Constant(TermWord.Constant(5, Half)), Register),
            (_, _) => Bits.Constant(Number(5L)),
            (x, _) => TermWord.Same(x.Low(Half), TermWord.Constant(5, Half))),
        OfArcs(
            new("K16", Linux, "CVE-2022-23222", "What may be null, and is compared with null after a sum, was null before it.",
                ["mov %r0, %r1", "add %r1, 8", "jeq %r1, 0, +1", "mov %r0, -8", End]),
            (_, _) => Number(-8L),
            (_, _) => Only(Number(-8L)),
            (_, _) => Only(Zero(Register))),
        OfBits(
            new("K17", Linux, "CVE-2022-2905", "What lies within the bits of [0, 6] is taken for a member of [0, 6].", [Copy, End]),
            (x, _) => x,
            (a, _) => SaidSet.Choose(AtMost(a.Greatest, Number(6L)), Of(0, 6), SaidSet.Any),
            (a, _) => SaidSet.Choose(a.IsIncludedIn(Bits.FromInterval(Zero(Register), Number(6L))), Of(0, 6), SaidSet.Any)),
        OfArcs(
            new("K20", Linux, "CVE-2023-52676",
                "Offset and size are added in 32 bits before they are compared with the size of the region.",
                [Copy, End]),
            (x, _) => x,
            (a, _) => SaidSet.Choose(AtMost(a.Unsigned.Highest, Number(504L)), Of(0, 504), SaidSet.Any),
            (a, _) => SaidSet.Choose(
                AtMost(a.Unsigned.Highest, Number((long)int.MaxValue))
                    & !TermWord.LessSigned(TermWord.Constant(512, Half), a.Unsigned.Highest.Low(Half) + TermWord.Constant(8, Half)),
                Of(0, 504),
                SaidSet.Any)),
        OfBits(
            new("K24", Linux, "bc308be380c1", "A 32-bit copy is linked to its operand as if nothing were cut off.",
                ["mov32 %r2, %r1", .. Where("jeq %r2, 5", Copy)]),
            (x, _) => x,
            (_, _) => Range.WithLow(Bits.Constant(TermWord.Constant(5, Half)), Register),
            (_, _) => Bits.Constant(Number(5L)),
            (x, _) => TermWord.Same(Low(x), Number(5L))),
        OfBits(
            new("K28", Linux, "a3125bc01884", "A word whose bytes are reversed stays linked to what it was.",
                ["mov %r2, %r1", "be64 %r2", .. Where("jeq %r2, 1", Copy)]),
            (x, _) => x,
            (_, _) => Bits.Constant(Number(1L << 56)),
            (_, _) => Bits.Constant(One(Register)),
            (x, _) => TermWord.Same(x.ReverseBytes(), One(Register))),
        OfArcs(
            new("K29", Linux, "92424801261d", "What holds where a jump is taken is used where it is not, too.", Unless("jgt %r1, 7", Copy)),
            (x, _) => x,
            (_, _) => Of(0, 7),
            (_, _) => Of(8, -1),
            (x, _) => AtMost(x, Number(7L))),
        OfBits(
            new("K32", Linux, "a patch of October 2025, not merged",
                "Sets by bits whose masks are disjoint are taken for sets that share no word.",
                Where("jeq %r1, %r2", Copy)),
            (x, _) => x,
            (a, b) => SaidSet.Choose(Bits.Overlap(a, b), SaidSet.Any, Nothing),
            (a, b) => SaidSet.Choose(IsZero(a.Mask & b.Mask) & !a.IsConstant & !b.IsConstant, Nothing, SaidSet.Any),
            TermWord.Same),
        OfBits(
            new("P2", Prevail, "df5641a3", "A 32-bit comparison narrows the 64-bit word.", Where("jslt32 %r1, -1", Copy)),
            (x, _) => x,
            (_, _) => Range.WithLow(new(LeastSigned(Half), Ones(Half) ^ LeastSigned(Half)), Register),
            (_, _) => Signed(LeastSigned(Register), Number(-2L)),
            (x, _) => TermWord.LessSigned(x.Low(Half), Ones(Half))),
        OfArcs(
            new("P11", Prevail, "7c70a26b", "A set is said to be included in another that has its ends.", [Copy, End]),
            (x, _) => x,
            (a, b) => SaidSet.Choose(a.IsIncludedIn(new(Zero(Register), b.Span)), new Arc(Zero(Register), b.Span), SaidSet.Any),
            (a, b) => SaidSet.Choose(
                new Arc(Zero(Register), b.Span).Contains(a.Start) & new Arc(Zero(Register), b.Span).Contains(a.End),
                new Arc(Zero(Register), b.Span),
                SaidSet.Any)),
        OfBits(
            new("P13", Prevail, "5650251f", "A 32-bit test of equality is taken for one of 64 bits.", Where("jeq32 %r1, %r2", Copy)),
            (x, _) => x,
            (_, b) => Range.WithLow(b.Slice(0, Half), Register),
            (_, b) => b,
            (x, y) => TermWord.Same(x.Low(Half), y.Low(Half))),
        OfBits(
            new("O1", "linux-ebpf-semantics", "src/tnum.v",
                "The meet of known ones is an exclusive disjunction: a one that both know becomes a zero.",
                Where("jeq %r1, %r2", Copy)),
            (x, _) => x,
            (a, b) => Bits.Meet(a, b).Set,
            (a, b) => new Bits((a.Value ^ b.Value) & Inverted(a.Mask & b.Mask), a.Mask & b.Mask),
            TermWord.Same),
    ];
}

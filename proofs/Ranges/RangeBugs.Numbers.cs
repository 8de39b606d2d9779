using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

internal static partial class RangeBugs
{
    private const string Copy = "mov %r0, %r1";

    private static IEnumerable<(RangeBug, Claim)> OfNumbers =>
    [
        OfArcs(
            new("K1", Linux, "CVE-2017-16995", "A 32-bit move of a negative immediate is sign-extended to 64 bits.",
                ["mov32 %r1, -1", Copy, End]),
            (_, _) => Number(0xffff_fffful),
            (_, _) => Only(Number(0xffff_fffful)),
            (_, _) => Only(Number(-1L))),
        OfBits(
            new("K2", Linux, "CVE-2017-16996", "What is known of a 32-bit sum is what is known of the 64-bit sum.",
                ["add32 %r1, %r2", Copy, End]),
            (x, y) => Low(x + y),
            (a, b) => Bits.Add(a.Slice(0, Half), b.Slice(0, Half)).ZeroExtend(Register),
            (a, b) => Bits.Add(a, b)),
        OfArcs(
            new("K3", Linux, "CVE-2017-17853", "A logical shift to the right shifts the signed bounds.", ["rsh %r1, 1", Copy, End]),
            (x, _) => TermWord.ShiftRightLogical(x, One(Register)),
            (a, _) => Arc.ShiftRightLogical(a, One(Register)),
            (a, _) => Arc.ShiftRightArithmetic(a, One(Register))),
        OfArcs(
            new("K5", Linux, "CVE-2018-18445", "A 32-bit shift to the right shifts before it cuts off the high half.",
                ["rsh32 %r1, 31", Copy, End]),
            (x, _) => TermWord.ShiftRightLogical(Low(x), Number(31L)),
            (a, _) => Arc.ShiftRightLogical(Low(a), Number(31L)),
            (a, _) => Low(Arc.ShiftRightLogical(a, Number(31L)))),
        OfArcs(
            new("K6", Linux, "CVE-2020-8835",
                "The bits of the low half are taken from the low halves of the bounds, though these differ above.",
                ["mov32 %r1, %r1", Copy, End]),
            (x, _) => Low(x),
            (a, _) => Bits.FromArc(a.Slice(0, Half)).ZeroExtend(Register),
            (a, _) => Bits.FromInterval(Low(a.Unsigned.Lowest), Low(a.Unsigned.Highest))),
        OfArcs(
            new("K7", Linux, "CVE-2020-27194", "A 32-bit disjunction takes the 64-bit bounds.", ["or32 %r1, 0", Copy, End]),
            (x, _) => Low(x),
            (a, _) => Low(a),
            (a, _) => a),
        OfBits(
            new("K10", Linux, "CVE-2021-3490", "The bounds are left as they were where both low halves are known.",
                ["and32 %r1, %r2", Copy, End]),
            (x, y) => Low(x & y),
            (a, b) => Bits.And(a.Slice(0, Half), b.Slice(0, Half)).ZeroExtend(Register),
            (a, b) => Bits.Choose(
                a.Slice(0, Half).IsConstant & b.Slice(0, Half).IsConstant,
                a.Slice(0, Half).ZeroExtend(Register),
                Bits.And(a.Slice(0, Half), b.Slice(0, Half)).ZeroExtend(Register))),
        OfArcs(
            new("K11", Linux, "bc895e8b2a64", "Whether a signed 32-bit sum overflows is tested in 64 bits.",
                ["add32 %r1, 1", "movsx3264 %r0, %r1", End]),
            (x, _) => (x.Low(Half) + One(Half)).SignExtend(Register),
            (a, _) => Arc.Add(a.Slice(0, Half), Arc.Constant(One(Half))).SignExtend(Register),
            (a, _) => Arc.Add(a.Slice(0, Half).SignExtend(Register), Only(One(Register)))),
        OfArcs(
            new("K12", Linux, "CVE-2021-3444", "A 32-bit remainder by zero is taken for the whole dividend.", ["mod32 %r1, %r2", Copy, End])
            {
                Profile = Profile.Rfc9669,
            },
            (x, _) => Low(x),
            (a, _) => Low(a),
            (a, _) => a,
            (_, y) => IsZero(y.Low(Half))),
        OfArcs(
            new("K15", Linux, "CVE-2021-45402", "A zero-extended half keeps its signed bounds.", ["mov32 %r1, %r1", Copy, End]),
            (x, _) => Low(x),
            (a, _) => Low(a),
            (a, _) => a.Slice(0, Half).SignExtend(Register)),
        OfArcs(
            new("K22", Linux, "1f586614f3ff", "The signed bounds of a conjunction are its unsigned ones, though they cross the sign.",
                ["and %r1, %r2", Copy, End]),
            (x, y) => x & y,
            (a, b) => Arc.Between(Zero(Register), BitTricks.Smaller(a.Unsigned.Highest, b.Unsigned.Highest)),
            (a, b) => Signed(Zero(Register), BitTricks.Smaller(a.Unsigned.Highest, b.Unsigned.Highest))),
        OfArcs(
            new("K23", Linux, "3878ae04e9fc", "A 32-bit sum is linked to its operand by a difference of 64 bits.",
                ["mov %r2, %r1", "add32 %r1, 0x7fffffff", Copy, End]),
            (x, _) => Low(x + Number(0x7fff_ffffL)),
            (a, _) => Low(Arc.Add(a, Only(Number(0x7fff_ffffL)))),
            (a, _) => Arc.Add(a, Only(Number(0x7fff_ffffL)))),
        OfArcs(
            new("K25", Linux, "CVE-2026-53092", "Of a register that is added to itself, the summand is read after the sum is written.",
                ["add %r1, %r1", Copy, End]),
            (x, _) => x + x,
            (a, _) => Arc.Add(a, a),
            (a, _) => SaidSet.Choose(a.IsConstant, Only(a.Start + (a.Start + a.Start)), Arc.Add(a, a))),
        OfArcs(
            new("K27", Linux, "CVE-2026-31413", "Of 0 or -1 in a disjunction with 8, what becomes of 0 stays 0.", ["or %r1, 8", Copy, End]),
            (x, _) => x | Number(8L),
            (_, _) => Of(-1, 8),
            (_, _) => Of(-1, 0),
            (x, _) => IsZero(x) | TermWord.Same(x, Number(-1L))),
        OfArcs(
            new("K30", Linux, "380d5f89a481", "The bounds of the low byte, sign-extended, are those of the bounds, sign-extended.",
                ["movsx864 %r1, %r1", Copy, End]),
            (x, _) => x.Low(Width.Bits8).SignExtend(Register),
            (a, _) => a.Slice(0, Width.Bits8).SignExtend(Register),
            (a, _) => Arc.Between(
                a.Start.Low(Width.Bits8).SignExtend(Register), a.End.Low(Width.Bits8).SignExtend(Register))),
        OfArcs(
            new("P1", Prevail, "df5641a3", "A sign-extending move to 32 bits of a register to itself leaves the high half.",
                ["movsx832 %r1, %r1", Copy, End]),
            (x, _) => x.Low(Width.Bits8).SignExtend(Half).ZeroExtend(Register),
            (a, _) => a.Slice(0, Width.Bits8).SignExtend(Half).ZeroExtend(Register),
            (a, _) => a.Slice(0, Width.Bits8).SignExtend(Register)),
        OfArcs(
            new("P3", Prevail, "ae3a0ea6", "A signed quotient is rounded towards minus infinity.",
                ["mov %r1, -8", "sdiv %r1, %r2", Copy, End]),
            (_, _) => Number(-1L),
            (_, _) => Only(Number(-1L)),
            (_, _) => Only(Number(-2L)),
            (_, y) => TermWord.Same(y, Number(5L)) | TermWord.Same(y, Number(6L))),
        OfArcs(
            new("P4", Prevail, "#1158", "Divided by a negative number, what has no least stays without one, but gets no greatest.",
                ["sdiv %r1, -1", Copy, End]),
            (x, _) => Zero(Register) - x,
            (a, _) => Arc.Negate(a),
            (a, _) => Signed(LeastSigned(Register), Zero(Register) - a.Signed.Highest),
            (x, _) => !TermWord.Same(x, LeastSigned(Register))),
        OfArcs(
            new("P5", Prevail, "afee9dfa", "Whether a 32-bit divisor is zero is tested on 64 bits.", ["div32 %r1, %r2", Copy, End])
            {
                Profile = Profile.Rfc9669,
            },
            (_, _) => Zero(Register),
            (_, _) => Only(Zero(Register)),
            (_, b) => SaidSet.Choose(b.Contains(Zero(Register)), Only(Zero(Register)), Nothing),
            (_, y) => IsZero(y.Low(Half))),
        OfArcs(
            new("P12", Prevail, "67b6d03e", "A sum leaves the offsets of what may be a pointer or a number.", ["add %r1, 8", Copy, End]),
            (x, _) => x + Number(8L),
            (a, _) => Arc.Add(a, Only(Number(8L))),
            (a, _) => a),
    ];
}

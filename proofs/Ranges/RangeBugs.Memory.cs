using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Words;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

internal static partial class RangeBugs
{
    private const string Store = "stxdw [%r10-8], %r1";
    private const string Reload = "ldxdw %r0, [%r10-8]";

    // Cells of the stack, said as what a store makes of the word in one.
    private static IEnumerable<(RangeBug, Claim)> OfMemory =>
    [
        OfBits(
            new("K19", Linux, "CVE-2023-39191", "A cell that is overwritten in part stays what it was.",
                [Store, "stxb [%r10-8], %r2", Reload, End]),
            (x, y) => (x & Number(~0xffL)) | (y & Number(0xffL)),
            (a, b) => Bits.Or(Bits.And(a, Bits.Constant(Number(~0xffL))), Bits.And(b, Bits.Constant(Number(0xffL)))),
            (a, _) => a),
        OfBits(
            new("K21", Linux, "CVE-2023-52462", "Only the first byte of a cell is looked at to see whether it is overwritten.",
                [Store, "stxb [%r10-1], %r2", Reload, End]),
            (x, y) => (x & Number(0xff_ffff_ffff_ffffL)) | TermWord.ShiftLeft(y, Number(56L)),
            (a, b) => Bits.Or(Bits.And(a, Bits.Constant(Number(0xff_ffff_ffff_ffffL))), Bits.ShiftLeft(b, Number(56L))),
            (a, _) => a),
        OfBits(
            new("K26", Linux, "CVE-2026-43009", "An atomic operation that fetches is said not to write its source register.",
                [Store, "lock fetch add [%r10-8], %r2", "mov %r0, %r2", End]),
            (x, _) => x,
            (a, _) => a,
            (_, b) => b),
        OfBits(
            new("P6", Prevail, "098eac90", "A load of a byte that extends its sign is said to be from 0 to 255.",
                ["stxb [%r10-8], %r1", "ldxsb %r0, [%r10-8]", End]),
            (x, _) => x.Low(Width.Bits8).SignExtend(Register),
            (a, _) => a.Slice(0, Width.Bits8).SignExtend(Register),
            (a, _) => a.Slice(0, Width.Bits8).ZeroExtend(Register)),
        OfBits(
            new("P7", Prevail, "b8dd9261", "A store to exactly the place of a cell does not forget what was in it.",
                ["stdw [%r10-8], 42", Store, Reload, End]),
            (x, _) => x,
            (a, _) => a,
            (_, _) => Bits.Constant(Number(42L))),
        OfBits(
            new("P8", Prevail, "dfd26a57", "After a local call r1 to r5 are what they were before it.",
                ["call local callee", Copy, End, "callee:", "mov %r1, %r2", End]),
            (_, y) => y,
            (_, b) => b,
            (a, _) => a),
        OfBits(
            new("P10", Prevail, "#1159", "A stored immediate is not sign-extended.", ["stdw [%r10-8], -1", Reload, End]),
            (_, _) => Number(-1L),
            (_, _) => Bits.Constant(Number(-1L)),
            (_, _) => Bits.Constant(Number(0xffff_fffful))),
    ];
}

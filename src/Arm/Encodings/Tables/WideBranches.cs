using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 32-bit encodings that branch, and the rest: A5.3.4, and table branches of A5.3.6.</summary>
internal static class WideBranches
{
    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<TableBranch>(
            "111010001101 nnnn ^^^^ ____ 000 h mmmm",
            f => new(f['h'] == 1, f['n'], f['m']) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.Base, ['h'] = x.IsHalf ? 1 : 0, ['m'] = x.Index },
            x => If(x.Base == Sp, "SP where it must not be") ?? NoSpPc(x.Index)),
        Row.Of<NoOperation>(
            "111100111010 ^^^^ 10 _ 0 _ 000 0000 hhhh",
            f => f['h'] <= (int)Hint.SendEvent ? new((Hint)f['h']) { Encoding = Encoding.T2 } : null,
            x => new() { ['h'] = (int)x.Hint }),
        Row.Of<MemoryBarrier>(
            "111100111011 ^^^^ 10 _ 0 ^^^^ oooo pppp",
            f => f['o'] is >= 4 and <= 6 ? new((BarrierKind)f['o'], f['p']) { Encoding = Encoding.T1 } : null,
            x => new() { ['o'] = (int)x.Kind, ['p'] = x.Option }),
        Row.Of<Undefined>(
            "111101111111 iiii 1010 iiiiiiiiiiii",
            f => new((uint)f['i']) { Encoding = Encoding.T2 },
            x => new() { ['i'] = (int)x.Number }),
        Row.Of<Branch>(
            "11110 s cccc iiiiii 10 j 0 k lllllllllll",
            f => f['c'] >= (int)Condition.Always
                ? null
                : new((Condition)f['c'], NarrowBranches.Signed(
                    (f['s'] << 19) | (f['k'] << 18) | (f['j'] << 17) | (f['i'] << 11) | f['l'], 20) * 2)
                {
                    Encoding = Encoding.T3,
                },
            x => Near(x.Distance, (int)x.Condition)),
        Row.Of<Branch>(
            "11110 s iiiiiiiiii 10 j 1 k lllllllllll",
            f => new(Condition.Always, Distance(f)) { Encoding = Encoding.T4 },
            x => Far(x.Distance)),
        Row.Of<BranchLink>(
            "11110 s iiiiiiiiii 11 j 1 k lllllllllll",
            f => new(Distance(f)) { Encoding = Encoding.T1 },
            x => Far(x.Distance)),
    ];

    private static Fields Near(int distance, int condition)
    {
        var bits = NarrowBranches.Unsigned(distance / 2, 20);
        return bits < 0 ? TooFar() : new()
        {
            ['c'] = condition,
            ['s'] = bits >> 19,
            ['k'] = (bits >> 18) & 1,
            ['j'] = (bits >> 17) & 1,
            ['i'] = (bits >> 11) & 0x3f,
            ['l'] = bits & 0x7ff,
        };
    }

    // J1 and J2 are the next bits, negated where the sign is clear.
    private static int Distance(Fields f) => NarrowBranches.Signed(
        (f['s'] << 23) | ((1 ^ f['j'] ^ f['s']) << 22) | ((1 ^ f['k'] ^ f['s']) << 21) | (f['i'] << 11) | f['l'], 24) * 2;

    private static Fields Far(int distance)
    {
        var bits = NarrowBranches.Unsigned(distance / 2, 24);
        if (bits < 0) return TooFar();
        var sign = bits >> 23;
        return new()
        {
            ['s'] = sign,
            ['j'] = 1 ^ sign ^ ((bits >> 22) & 1),
            ['k'] = 1 ^ sign ^ ((bits >> 21) & 1),
            ['i'] = (bits >> 11) & 0x3ff,
            ['l'] = bits & 0x7ff,
        };
    }

    private static Fields TooFar() => new() { ['s'] = -1 };
}

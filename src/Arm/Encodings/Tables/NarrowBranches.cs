using System.Numerics;
using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 16-bit encodings that branch, and the rest: A5.2.3, A5.2.5, A5.2.6.</summary>
internal static class NarrowBranches
{
    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<BranchExchange>(
            "010001110 mmmm ___",
            f => new(false, f['m']) { Encoding = Encoding.T1 },
            x => new() { ['m'] = x.Target }),
        Row.Of<BranchExchange>(
            "010001111 mmmm ___",
            f => new(true, f['m']) { Encoding = Encoding.T1 },
            x => new() { ['m'] = x.Target },
            x => If(x.Target == Pc, "PC where it must not be")),
        Row.Of<CompareBranch>(
            "1011 z 0 i 1 iiiii nnn",
            f => new(f['z'] == 1, f['n'], 2 * f['i']) { Encoding = Encoding.T1 },
            x => new() { ['z'] = x.IsNonZero ? 1 : 0, ['i'] = x.Distance / 2, ['n'] = x.Register }),
        Row.Of<Breakpoint>(
            "10111110 iiiiiiii",
            f => new((uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['i'] = (int)x.Number }),
        Row.Of<NoOperation>(
            "10111111 hhhh 0000",
            f => f['h'] <= (int)Hint.SendEvent ? new((Hint)f['h']) { Encoding = Encoding.T1 } : null,
            x => new() { ['h'] = (int)x.Hint }),
        Row.Of<IfThen>(
            "10111111 cccc mmmm",
            f => f['m'] == 0 ? null : new((Condition)f['c'], f['m']) { Encoding = Encoding.T1 },
            x => new() { ['c'] = (int)x.Condition, ['m'] = x.Mask },
            x => If((int)x.Condition == 15, "no such condition")
                ?? If(x.Condition is Condition.Always && !BitOperations.IsPow2(x.Mask), "the opposite of always")),
        Row.Of<Branch>(
            "1101 cccc iiiiiiii",
            f => f['c'] >= (int)Condition.Always ? null : new((Condition)f['c'], Signed(f['i'], 8) * 2) { Encoding = Encoding.T1 },
            x => new() { ['c'] = (int)x.Condition, ['i'] = Unsigned(x.Distance / 2, 8) }),
        Row.Of<Undefined>(
            "11011110 iiiiiiii",
            f => new((uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['i'] = (int)x.Number }),
        Row.Of<SupervisorCall>(
            "11011111 iiiiiiii",
            f => new((uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['i'] = (int)x.Number }),
        Row.Of<Branch>(
            "11100 iiiiiiiiiii",
            f => new(Condition.Always, Signed(f['i'], 11) * 2) { Encoding = Encoding.T2 },
            x => new() { ['i'] = Unsigned(x.Distance / 2, 11) }),
    ];

    /// <summary>The two's complement number in so many bits.</summary>
    internal static int Signed(int bits, int count) => bits << (32 - count) >> (32 - count);

    /// <summary>The bits of a two's complement number; itself, so that it fits no field, where they do not hold it.</summary>
    internal static int Unsigned(int number, int count)
    {
        var bits = number & ((1 << count) - 1);
        return Signed(bits, count) == number ? bits : -1;
    }
}

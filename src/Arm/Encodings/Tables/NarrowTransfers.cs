using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 16-bit encodings that load and store: A5.2.4, and parts of A5.2 and A5.2.5.</summary>
internal static class NarrowTransfers
{
    private static readonly Transfer[] Transfers =
    [
        Transfer.StoreWord, Transfer.StoreHalf, Transfer.StoreByte, Transfer.LoadSignedByte,
        Transfer.LoadWord, Transfer.LoadHalf, Transfer.LoadByte, Transfer.LoadSignedHalf,
    ];

    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<TransferImmediate>(
            "01001 ttt iiiiiiii",
            f => new(Transfer.LoadWord, f['t'], Pc, 4 * (uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['t'] = x.Register, ['i'] = (int)x.Offset / 4 }),
        Row.Of<TransferRegister>(
            "0101 ooo mmm nnn ttt",
            f => new(Transfers[f['o']], f['t'], f['n'], f['m']) { Encoding = Encoding.T1 },
            x => new() { ['o'] = Array.IndexOf(Transfers, x.Transfer), ['m'] = x.Index, ['n'] = x.Base, ['t'] = x.Register }),
        AtConstant("01100 iiiii nnn ttt", Transfer.StoreWord, 4),
        AtConstant("01101 iiiii nnn ttt", Transfer.LoadWord, 4),
        AtConstant("01110 iiiii nnn ttt", Transfer.StoreByte, 1),
        AtConstant("01111 iiiii nnn ttt", Transfer.LoadByte, 1),
        AtConstant("10000 iiiii nnn ttt", Transfer.StoreHalf, 2),
        AtConstant("10001 iiiii nnn ttt", Transfer.LoadHalf, 2),
        OnStack("10010 ttt iiiiiiii", Transfer.StoreWord),
        OnStack("10011 ttt iiiiiiii", Transfer.LoadWord),
        Row.Of<TransferMultiple>(
            "1011010 m rrrrrrrr",
            f => new(false, Sp, (uint)(f['r'] | (f['m'] << 14)), true, true) { Encoding = Encoding.T1 },
            x => new() { ['m'] = (int)(x.Registers >> 14), ['r'] = (int)x.Registers & 0xff },
            NoneAtAll),
        Row.Of<TransferMultiple>(
            "1011110 p rrrrrrrr",
            f => new(true, Sp, (uint)(f['r'] | (f['p'] << 15)), false, true) { Encoding = Encoding.T1 },
            x => new() { ['p'] = (int)(x.Registers >> 15), ['r'] = (int)x.Registers & 0xff },
            NoneAtAll),
        Row.Of<TransferMultiple>(
            "11000 nnn rrrrrrrr",
            f => new(false, f['n'], (uint)f['r'], false, true) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.Base, ['r'] = (int)x.Registers },
            x => NoneAtAll(x) ?? If(
                ((x.Registers >> x.Base) & 1) != 0 && (x.Registers & ((1U << x.Base) - 1)) != 0,
                "the base is stored after it has changed")),
        Row.Of<TransferMultiple>(
            "11001 nnn rrrrrrrr",
            f => new(true, f['n'], (uint)f['r'], false, ((f['r'] >> f['n']) & 1) == 0) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.Base, ['r'] = (int)x.Registers },
            NoneAtAll),
    ];

    private static string? NoneAtAll(TransferMultiple x) => If(x.Registers == 0, "no register");

    private static Row AtConstant(string pattern, Transfer transfer, int size) => Row.Of<TransferImmediate>(
        pattern,
        f => new(transfer, f['t'], f['n'], (uint)(f['i'] * size)) { Encoding = Encoding.T1 },
        x => new() { ['i'] = (int)x.Offset / size, ['n'] = x.Base, ['t'] = x.Register });

    private static Row OnStack(string pattern, Transfer transfer) => Row.Of<TransferImmediate>(
        pattern,
        f => new(transfer, f['t'], Sp, 4 * (uint)f['i']) { Encoding = Encoding.T2 },
        x => new() { ['t'] = x.Register, ['i'] = (int)x.Offset / 4 });
}

using System.Numerics;
using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 32-bit encodings that load and store: A5.3.5 to A5.3.10.</summary>
internal static class WideTransfers
{
    private static readonly Transfer?[] Transfers =
    [
        Transfer.StoreByte, Transfer.LoadByte, Transfer.StoreHalf, Transfer.LoadHalf, Transfer.StoreWord, Transfer.LoadWord, null, null,
        null, Transfer.LoadSignedByte, null, Transfer.LoadSignedHalf, null, null, null, null,
    ];

    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<TransferImmediate>(
            "1111100 g u ss l 1111 tttt iiiiiiiiiiii",
            f => TransferOf(f) is { } transfer && f['l'] == 1
                ? new(transfer, f['t'], Pc, (uint)f['i'], f['u'] == 1)
                {
                    Encoding = transfer is Transfer.LoadWord ? Encoding.T2 : Encoding.T1,
                }
                : null,
            x => With(x.Transfer, new() { ['u'] = x.IsAdded ? 1 : 0, ['t'] = x.Register, ['i'] = (int)x.Offset }),
            x => If(x.Register == Sp && x.Transfer is not Transfer.LoadWord, "SP where it must not be")),
        Row.Of<TransferImmediate>(
            "1111100 g 1 ss l nnnn tttt iiiiiiiiiiii",
            f => TransferOf(f) is { } transfer && f['n'] != Pc
                ? new(transfer, f['t'], f['n'], (uint)f['i']) { Encoding = AtConstant(transfer) }
                : null,
            x => With(x.Transfer, new() { ['n'] = x.Base, ['t'] = x.Register, ['i'] = (int)x.Offset }),
            x => Registered(x.Transfer, x.Register)),
        Row.Of<TransferImmediate>(
            "1111100 g 0 ss l nnnn tttt 1 p u w iiiiiiii",
            ReadIndexed,
            x => With(x.Transfer, new()
            {
                ['n'] = x.Base, ['t'] = x.Register, ['p'] = x.Indexing is Indexing.PostIndexed ? 0 : 1, ['u'] = x.IsAdded ? 1 : 0,
                ['w'] = x.Indexing is Indexing.Offset ? 0 : 1, ['i'] = (int)x.Offset,
            }),
            x => Registered(x.Transfer, x.Register) ?? WrittenTwice(x.Indexing is not Indexing.Offset && x.Base == x.Register)),
        Row.Of<TransferRegister>(
            "1111100 g 0 ss l nnnn tttt 000000 ii mmmm",
            f => TransferOf(f) is { } transfer && f['n'] != Pc
                ? new(transfer, f['t'], f['n'], f['m'], f['i']) { Encoding = Encoding.T2 }
                : null,
            x => With(x.Transfer, new() { ['n'] = x.Base, ['t'] = x.Register, ['i'] = x.Amount, ['m'] = x.Index }),
            x => Registered(x.Transfer, x.Register) ?? NoSpPc(x.Index)),
        Row.Of<TransferDouble>(
            "1110100 p u 1 w l nnnn tttt vvvv iiiiiiii",
            ReadDouble,
            x => new()
            {
                ['p'] = x.Indexing is Indexing.PostIndexed ? 0 : 1, ['u'] = x.IsAdded ? 1 : 0, ['l'] = x.IsLoad ? 1 : 0,
                ['w'] = x.Indexing is Indexing.Offset ? 0 : 1, ['n'] = x.Base, ['t'] = x.First, ['v'] = x.Second,
                ['i'] = x.Offset % 4 == 0 ? (int)x.Offset / 4 : -1,
            },
            x => NoSpPc(x.First, x.Second)
                ?? If(x.IsLoad && x.First == x.Second, "one register for both words")
                ?? If(x.Base == Pc && (!x.IsLoad || x.Indexing is not Indexing.Offset), "PC where it must not be")
                ?? WrittenTwice(x.Indexing is not Indexing.Offset && (x.Base == x.First || x.Base == x.Second))),
        Multiple("11101000 10 w 0 nnnn _ m _ rrrrrrrrrrrrr", isLoad: false, isBefore: false),
        Multiple("11101000 10 w 1 nnnn p m _ rrrrrrrrrrrrr", isLoad: true, isBefore: false),
        Multiple("11101001 00 w 0 nnnn _ m _ rrrrrrrrrrrrr", isLoad: false, isBefore: true),
        Multiple("11101001 00 w 1 nnnn p m _ rrrrrrrrrrrrr", isLoad: true, isBefore: true),
    ];

    // Bytes and halfwords to PC are hints to the caches, which the set leaves out.
    private static Transfer? TransferOf(Fields f) => Transfers[(f['g'] << 3) | (f['s'] << 1) | f['l']] is { } transfer
        && (f['t'] != Pc || f['l'] == 0 || transfer is Transfer.LoadWord) ? transfer : null;

    private static Fields With(Transfer transfer, Fields fields)
    {
        var code = Array.IndexOf(Transfers, transfer);
        (fields['g'], fields['s'], fields['l']) = (code >> 3, (code >> 1) & 3, code & 1);
        return fields;
    }

    private static Encoding AtConstant(Transfer transfer) => transfer switch
    {
        Transfer.StoreWord or Transfer.LoadWord => Encoding.T3,
        Transfer.LoadSignedByte or Transfer.LoadSignedHalf => Encoding.T1,
        Transfer.StoreByte or Transfer.StoreHalf or Transfer.LoadByte or Transfer.LoadHalf => Encoding.T2,
    };

    private static TransferImmediate? ReadIndexed(Fields f)
    {
        var (p, u, w) = (f['p'] == 1, f['u'] == 1, f['w'] == 1);

        // Neither indexed nor written back: unallocated; added without write-back: an unprivileged access.
        if ((!p && !w) || (p && u && !w) || f['n'] == Pc || TransferOf(f) is not { } transfer) return null;
        return new(transfer, f['t'], f['n'], (uint)f['i'], u, IndexingOf(p, w)) { Encoding = AtConstant(transfer) + 1 };
    }

    private static TransferDouble? ReadDouble(Fields f)
    {
        var (p, w) = (f['p'] == 1, f['w'] == 1);
        return !p && !w
            ? null
            : new(f['l'] == 1, f['t'], f['v'], f['n'], 4 * (uint)f['i'], f['u'] == 1, IndexingOf(p, w)) { Encoding = Encoding.T1 };
    }

    private static Indexing IndexingOf(bool isBefore, bool isWrittenBack) =>
        !isBefore ? Indexing.PostIndexed : isWrittenBack ? Indexing.PreIndexed : Indexing.Offset;

    private static string? Registered(Transfer transfer, int register) => transfer switch
    {
        Transfer.LoadWord => null,
        Transfer.StoreWord => If(register == Pc, "PC where it must not be"),
        _ => NoSpPc(register),
    };

    private static string? WrittenTwice(bool holds) => If(holds, "the base is moved and written, or stored");

    private static Row Multiple(string pattern, bool isLoad, bool isBefore) => Row.Of<TransferMultiple>(
        pattern,
        f => new(isLoad, f['n'], (uint)(f['r'] | (f['m'] << 14) | (f['p'] << 15)), isBefore, f['w'] == 1)
        {
            Encoding = !isBefore || (!isLoad && f['n'] == Sp && f['w'] == 1) ? Encoding.T2 : Encoding.T1,
        },
        x => new()
        {
            ['w'] = x.IsWrittenBack ? 1 : 0,
            ['n'] = x.Base,
            ['r'] = (int)x.Registers & 0x1fff,
            ['m'] = (int)(x.Registers >> 14) & 1,
            ['p'] = (int)(x.Registers >> 15),
        },
        x => If(x.Base == Pc, "PC where it must not be")
            ?? If(BitOperations.PopCount(x.Registers) < 2, "fewer than two registers")
            ?? If(x.Registers >> 14 == 3, "both LR and PC")
            ?? WrittenTwice(x.IsWrittenBack && ((x.Registers >> x.Base) & 1) != 0));
}

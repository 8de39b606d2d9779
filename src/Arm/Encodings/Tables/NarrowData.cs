using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.FlagSetting;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 16-bit encodings that compute: A5.2.1 to A5.2.3, and parts of A5.2.5.</summary>
internal static class NarrowData
{
    // The codes of A5.2.2; what stands elsewhere or nowhere among data operations has none.
    private static readonly DataOperation?[] Operations =
    [
        DataOperation.And, DataOperation.Eor, null, null, null, DataOperation.Adc, DataOperation.Sbc, null,
        DataOperation.Tst, null, DataOperation.Cmp, DataOperation.Cmn, DataOperation.Orr, null, DataOperation.Bic, DataOperation.Mvn,
    ];

    private static readonly Shift?[] Shifts = [null, null, Shift.Lsl, Shift.Lsr, Shift.Asr, null, null, Shift.Ror];

    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<DataRegister>(
            "000 oo iiiii mmm ddd",
            f => f['o'] == 3 ? null : Shifted(f, SetOutsideIt) with { Encoding = f['o'] + f['i'] == 0 ? Encoding.T2 : Encoding.T1 },
            x => new() { ['o'] = (int)x.Shift, ['i'] = x.Amount & 31, ['m'] = x.Second, ['d'] = x.Destination }),
        ThreeRegisters("0001100 mmm nnn ddd", DataOperation.Add),
        ThreeRegisters("0001101 mmm nnn ddd", DataOperation.Sub),
        ThreeBits("0001110 iii nnn ddd", DataOperation.Add),
        ThreeBits("0001111 iii nnn ddd", DataOperation.Sub),
        Row.Of<DataImmediate>(
            "00100 ddd iiiiiiii",
            f => new(DataOperation.Mov, SetOutsideIt, f['d'], None, (uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['d'] = x.Destination, ['i'] = (int)x.Immediate }),
        Row.Of<DataImmediate>(
            "00101 nnn iiiiiiii",
            f => new(DataOperation.Cmp, Set, None, f['n'], (uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.First, ['i'] = (int)x.Immediate }),
        EightBits("00110 ddd iiiiiiii", DataOperation.Add),
        EightBits("00111 ddd iiiiiiii", DataOperation.Sub),
        Row.Of<DataRegister>(
            "010000 oooo mmm ddd",
            f => Operations[f['o']] is { } operation ? TwoRegisters(operation, f) : null,
            x => new() { ['o'] = Array.IndexOf(Operations, x.Operation), ['m'] = x.Second, ['d'] = x.Destination & x.First }),
        Row.Of<ShiftRegister>(
            "0100000 ooo mmm ddd",
            f => Shifts[f['o']] is { } shift ? new(shift, SetOutsideIt, f['d'], f['d'], f['m']) { Encoding = Encoding.T1 } : null,
            x => new() { ['o'] = Array.IndexOf(Shifts, x.Shift), ['m'] = x.Second, ['d'] = x.Destination }),
        Row.Of<DataImmediate>(
            "0100001001 nnn ddd",
            f => new(DataOperation.Rsb, SetOutsideIt, f['d'], f['n'], 0) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.First, ['d'] = x.Destination }),
        Row.Of<Multiply>(
            "0100001101 nnn ddd",
            f => new(MultiplyOperation.Multiply, SetOutsideIt, f['d'], f['n'], f['d']) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.First, ['d'] = x.Destination }),
        Row.Of<DataRegister>(
            "01000100 d mmmm ddd",
            f => new(DataOperation.Add, Kept, f['d'], f['d'], f['m']) { Encoding = Encoding.T2 },
            x => new() { ['d'] = x.Destination, ['m'] = x.Second },
            x => If(x.Destination == Pc && x.Second == Pc, "PC twice")),
        Row.Of<DataRegister>(
            "01000101 n mmmm nnn",
            f => new(DataOperation.Cmp, Set, None, f['n'], f['m']) { Encoding = Encoding.T2 },
            x => new() { ['n'] = x.First, ['m'] = x.Second },
            x => If(x.First < 8 && x.Second < 8, "two low registers, which the other encoding is for")
                ?? If(x.First == Pc || x.Second == Pc, "PC where it must not be")),
        Row.Of<DataRegister>(
            "01000110 d mmmm ddd",
            f => new(DataOperation.Mov, Kept, f['d'], None, f['m']) { Encoding = Encoding.T1 },
            x => new() { ['d'] = x.Destination, ['m'] = x.Second }),
        Row.Of<DataImmediate>(
            "1010 s ddd iiiiiiii",
            f => new(DataOperation.Add, Kept, f['d'], f['s'] == 1 ? Sp : Pc, 4 * (uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['s'] = x.First == Sp ? 1 : 0, ['d'] = x.Destination, ['i'] = (int)x.Immediate / 4 }),
        Row.Of<DataImmediate>(
            "10110000 s iiiiiii",
            f => f['s'] == 0
                ? new(DataOperation.Add, Kept, Sp, Sp, 4 * (uint)f['i']) { Encoding = Encoding.T2 }
                : new(DataOperation.Sub, Kept, Sp, Sp, 4 * (uint)f['i']) { Encoding = Encoding.T1 },
            x => new() { ['s'] = x.Operation is DataOperation.Sub ? 1 : 0, ['i'] = (int)x.Immediate / 4 }),
        Row.Of<Extend>(
            "10110010 u b mmm ddd",
            f => new(f['u'] == 0, f['b'] == 1 ? 8 : 16, f['d'], f['m']) { Encoding = Encoding.T1 },
            x => new() { ['u'] = x.IsSigned ? 0 : 1, ['b'] = x.Bits == 8 ? 1 : 0, ['m'] = x.Source, ['d'] = x.Destination }),
        Reversal("1011101000 mmm ddd", UnaryOperation.ReverseBytes),
        Reversal("1011101001 mmm ddd", UnaryOperation.ReverseHalves),
        Reversal("1011101011 mmm ddd", UnaryOperation.ReverseSigned),
    ];

    /// <summary>MOV of a register shifted by a constant, from the fields o, i, m and d.</summary>
    internal static DataRegister Shifted(Fields f, FlagSetting flags)
    {
        var (shift, amount) = ShiftOf(f['o'], f['i']);
        return new(DataOperation.Mov, flags, f['d'], None, f['m'], shift, amount);
    }

    /// <summary>DecodeImmShift: the shift of two bits and five.</summary>
    internal static (Shift Shift, int Amount) ShiftOf(int type, int amount) => (type, amount) switch
    {
        (3, 0) => (Shift.Rrx, 1),
        (1 or 2, 0) => ((Shift)type, 32),
        _ => ((Shift)type, amount),
    };

    private static DataRegister TwoRegisters(DataOperation operation, Fields f) => (operation switch
    {
        DataOperation.Tst or DataOperation.Cmp or DataOperation.Cmn => new DataRegister(operation, Set, None, f['d'], f['m']),
        DataOperation.Mvn => new(operation, SetOutsideIt, f['d'], None, f['m']),
        _ => new(operation, SetOutsideIt, f['d'], f['d'], f['m']),
    }) with
    { Encoding = Encoding.T1 };

    private static Row ThreeRegisters(string pattern, DataOperation operation) => Row.Of<DataRegister>(
        pattern,
        f => new(operation, SetOutsideIt, f['d'], f['n'], f['m']) { Encoding = Encoding.T1 },
        x => new() { ['m'] = x.Second, ['n'] = x.First, ['d'] = x.Destination });

    private static Row ThreeBits(string pattern, DataOperation operation) => Row.Of<DataImmediate>(
        pattern,
        f => new(operation, SetOutsideIt, f['d'], f['n'], (uint)f['i']) { Encoding = Encoding.T1 },
        x => new() { ['i'] = (int)x.Immediate, ['n'] = x.First, ['d'] = x.Destination });

    private static Row EightBits(string pattern, DataOperation operation) => Row.Of<DataImmediate>(
        pattern,
        f => new(operation, SetOutsideIt, f['d'], f['d'], (uint)f['i']) { Encoding = Encoding.T2 },
        x => new() { ['d'] = x.Destination, ['i'] = (int)x.Immediate });

    private static Row Reversal(string pattern, UnaryOperation operation) => Row.Of<Unary>(
        pattern,
        f => new(operation, f['d'], f['m']) { Encoding = Encoding.T1 },
        x => new() { ['m'] = x.Source, ['d'] = x.Destination });
}

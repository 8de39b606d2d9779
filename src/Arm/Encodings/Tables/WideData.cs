using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.FlagSetting;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 32-bit encodings of data processing: A5.3.1, A5.3.3 and A5.3.11.</summary>
internal static class WideData
{
    private static readonly DataOperation?[] Operations =
    [
        DataOperation.And, DataOperation.Bic, DataOperation.Orr, DataOperation.Orn, DataOperation.Eor, null, null, null,
        DataOperation.Add, null, DataOperation.Adc, DataOperation.Sbc, null, DataOperation.Sub, DataOperation.Rsb, null,
    ];

    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Row.Of<DataRegister>(
            "1110101 oooo s nnnn _ iii dddd ii tt mmmm", ReadRegister, WriteRegister, x => OfRegisters(x)),
        Row.Of<DataImmediate>(
            "11110 i 0 oooo s nnnn 0 iii dddd iiiiiiii", ReadImmediate, WriteImmediate, OfImmediate),
        Plain("11110 i 100000 nnnn 0 iii dddd iiiiiiii", DataOperation.Add, Encoding.T3),
        Plain("11110 i 101010 nnnn 0 iii dddd iiiiiiii", DataOperation.Sub, Encoding.T2),
        Row.Of<DataImmediate>(
            "11110 i 100100 jjjj 0 iii dddd iiiiiiii",
            f => new(DataOperation.Mov, Kept, f['d'], None, (uint)((f['j'] << 12) | f['i'])) { Encoding = Encoding.T3 },
            x => new() { ['j'] = (int)x.Immediate >> 12, ['i'] = (int)x.Immediate & 0xfff, ['d'] = x.Destination },
            x => NoSpPc(x.Destination)),
        Row.Of<MoveTop>(
            "11110 i 101100 jjjj 0 iii dddd iiiiiiii",
            f => new(f['d'], (uint)((f['j'] << 12) | f['i'])) { Encoding = Encoding.T1 },
            x => new() { ['j'] = (int)x.Immediate >> 12, ['i'] = (int)x.Immediate & 0xfff, ['d'] = x.Destination },
            x => NoSpPc(x.Destination)),
        Row.Of<ShiftRegister>(
            "11111010 0 oo s nnnn 1111 dddd 0000 mmmm",
            f => new((Shift)f['o'], f['s'] == 1 ? Set : Kept, f['d'], f['n'], f['m']) { Encoding = Encoding.T2 },
            x => new()
            {
                ['o'] = (int)x.Shift, ['s'] = x.Flags is Set ? 1 : 0, ['n'] = x.First, ['d'] = x.Destination, ['m'] = x.Second,
            },
            x => NoSpPc(x.Destination, x.First, x.Second)),
    ];

    // The four bits, and the two registers of which one may be missing, say together what the operation is.
    private static (DataOperation? Operation, int Destination, int First) Operation(Fields f)
    {
        var (operation, d, n, sets) = (Operations[f['o']], f['d'], f['n'], f['s'] == 1);
        return operation switch
        {
            DataOperation.And when d == None && sets => (DataOperation.Tst, d, n),
            DataOperation.Eor when d == None && sets => (DataOperation.Teq, d, n),
            DataOperation.Add when d == None && sets => (DataOperation.Cmn, d, n),
            DataOperation.Sub when d == None && sets => (DataOperation.Cmp, d, n),
            DataOperation.Orr when n == None => (DataOperation.Mov, d, n),
            DataOperation.Orn when n == None => (DataOperation.Mvn, d, n),
            _ => (operation, d, n),
        };
    }

    private static int Code(DataOperation operation) => Array.IndexOf(Operations, operation switch
    {
        DataOperation.Tst => DataOperation.And,
        DataOperation.Teq => DataOperation.Eor,
        DataOperation.Cmn => DataOperation.Add,
        DataOperation.Cmp => DataOperation.Sub,
        DataOperation.Mov => DataOperation.Orr,
        DataOperation.Mvn => DataOperation.Orn,
        _ => operation,
    });

    private static DataRegister? ReadRegister(Fields f)
    {
        var (found, d, n) = Operation(f);
        if (found is not { } operation) return null;
        var (shift, amount) = NarrowData.ShiftOf(f['t'], f['i']);
        return new(operation, f['s'] == 1 ? Set : Kept, d, n, f['m'], shift, amount)
        {
            Encoding = operation switch
            {
                DataOperation.Add when n != Sp => Encoding.T3,
                DataOperation.Add => Encoding.T3,
                DataOperation.Cmp => Encoding.T3,
                DataOperation.Mov when shift is Shift.Lsl && amount == 0 => Encoding.T3,
                DataOperation.Mov when shift is Shift.Ror or Shift.Rrx => Encoding.T1,
                DataOperation.Orn or DataOperation.Teq or DataOperation.Rsb => Encoding.T1,
                DataOperation.Sub when n == Sp => Encoding.T1,
                _ => Encoding.T2,
            },
        };
    }

    private static Fields WriteRegister(DataRegister x) => new()
    {
        ['o'] = Code(x.Operation),
        ['s'] = x.Flags is Set ? 1 : 0,
        ['n'] = x.First,
        ['d'] = x.Destination,
        ['m'] = x.Second,
        ['t'] = x.Shift is Shift.Rrx ? 3 : (int)x.Shift,
        ['i'] = x.Shift is Shift.Rrx ? 0 : x.Amount & 31,
    };

    private static DataImmediate? ReadImmediate(Fields f)
    {
        var (found, d, n) = Operation(f);
        if (found is not { } operation) return null;

        // A code that stands for no constant is refused below; until then it stands for itself, which no code can.
        var value = ModifiedImmediate.Expand((uint)f['i']) ?? NoConstant;
        return new(operation, f['s'] == 1 ? Set : Kept, d, n, value)
        {
            Encoding = operation switch
            {
                DataOperation.Add or DataOperation.Sub when n != Sp => Encoding.T3,
                DataOperation.Add => Encoding.T3,
                DataOperation.Sub or DataOperation.Mov or DataOperation.Cmp or DataOperation.Rsb => Encoding.T2,
                _ => Encoding.T1,
            },
        };
    }

    private const uint NoConstant = 0xdeadbeef;

    private static Fields WriteImmediate(DataImmediate x) => new()
    {
        ['o'] = Code(x.Operation),
        ['s'] = x.Flags is Set ? 1 : 0,
        ['n'] = x.First,
        ['d'] = x.Destination,
        ['i'] = (int?)ModifiedImmediate.Code(x.Immediate) ?? -1,
    };

    private static string? OfImmediate(DataImmediate x) => If(x.Immediate == NoConstant, "a zero byte in several places")
        ?? (x.Operation switch
        {
            DataOperation.Add or DataOperation.Sub when x.First == Sp => If(x.Destination == Pc, "PC where it must not be"),
            DataOperation.Add or DataOperation.Sub => NoSpPc(x.Destination) ?? If(x.First == Pc, "PC where it must not be"),
            DataOperation.Cmp or DataOperation.Cmn => If(x.First == Pc, "PC where it must not be"),
            DataOperation.Tst or DataOperation.Teq => NoSpPc(x.First),
            DataOperation.Mov or DataOperation.Mvn => NoSpPc(x.Destination),
            _ => NoSpPc(x.Destination, x.First),
        });

    private static string? OfRegisters(DataRegister x) => x.Operation switch
    {
        DataOperation.Add or DataOperation.Sub when x.First == Sp =>
            If(x.Destination == Sp && (x.Shift is not Shift.Lsl || x.Amount > 3), "SP from a register shifted by more than three bits")
            ?? If(x.Destination == Pc, "PC where it must not be") ?? NoSpPc(x.Second),
        DataOperation.Add or DataOperation.Sub =>
            If(x.First == Pc, "PC where it must not be") ?? NoSpPc(x.Destination, x.Second),
        DataOperation.Cmp or DataOperation.Cmn => If(x.First == Pc, "PC where it must not be") ?? NoSpPc(x.Second),
        DataOperation.Tst or DataOperation.Teq => NoSpPc(x.First, x.Second),
        DataOperation.Mov when x is { Shift: Shift.Lsl, Amount: 0, Flags: Kept } =>
            If(x.Destination == Pc || x.Second == Pc, "PC where it must not be")
            ?? If(x.Destination == Sp && x.Second == Sp, "SP twice"),
        DataOperation.Mov or DataOperation.Mvn => NoSpPc(x.Destination, x.Second),
        _ => NoSpPc(x.Destination, x.First, x.Second),
    };

    // ADDW and SUBW, and with PC as the first operand ADR.
    private static Row Plain(string pattern, DataOperation operation, Encoding ofPc) => Row.Of<DataImmediate>(
        pattern,
        f => new(operation, Kept, f['d'], f['n'], (uint)f['i'])
        {
            Encoding = f['n'] == Pc ? ofPc : f['n'] == Sp && operation is DataOperation.Sub ? Encoding.T3 : Encoding.T4,
        },
        x => new() { ['n'] = x.First, ['d'] = x.Destination, ['i'] = (int)x.Immediate },
        x => x.First == Sp ? If(x.Destination == Pc, "PC where it must not be") : NoSpPc(x.Destination));
}

using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using static RbpfSpec.Arm.Text.Disassembler;

namespace RbpfSpec.Arm.Text;

/// <summary>The text of data processing.</summary>
internal static class DataText
{
    public static string Of(Instruction.DataImmediate x, string suffix, bool isInIt)
    {
        // The plain constants have names of their own; the 16-bit encodings that name one register twice, a short form.
        var isPlain = x.Encoding is Encoding.T4
            || (x.Encoding is Encoding.T3 && (x.Operation is DataOperation.Mov || x.First == ArmState<Word>.ProgramCounter
                || (x.Operation is DataOperation.Sub && x.First == ArmState<Word>.StackPointer)))
            || (x.Encoding is Encoding.T2 && x.Operation is DataOperation.Sub && x.First == ArmState<Word>.ProgramCounter);
        var isNarrow = IsNarrow(x);
        if (isNarrow && x.Operation is DataOperation.Rsb)
            return $"neg{(isInIt ? "" : "s")}{suffix}\t{List(x.Destination, x.First)}";
        var isShort = isNarrow && x.Operation is DataOperation.Add or DataOperation.Sub && x.Destination == x.First
            && x.Flags is FlagSetting.SetOutsideIt ? x.Encoding is Encoding.T2 : isNarrow && x is { Destination: 13, First: 13 };
        var name = Name(x.Operation) + (isPlain ? "w" : Sets(x.Operation, x.Flags, isInIt)) + suffix;
        if (!isNarrow && !isPlain && HasShortEncoding(x.Operation)) name += ".w";
        var registers = isShort ? Register(x.Destination) : Operands(x.Operation, x.Destination, x.First);
        return $"{name}\t{registers}, #{x.Immediate}";
    }

    public static string Of(Instruction.DataRegister x, string suffix, bool isInIt)
    {
        var isNarrow = x.Flags is FlagSetting.SetOutsideIt || x.Encoding is Encoding.T1 && x.Operation
            is not (DataOperation.Orn or DataOperation.Teq or DataOperation.Rsb or DataOperation.Sub)
            && !(x is { Operation: DataOperation.Mov, Shift: Shift.Ror or Shift.Rrx })
            || (x.Encoding is Encoding.T2 && x.Operation is DataOperation.Add or DataOperation.Cmp && x.Encoding is Encoding.T2);
        var sets = Sets(x.Operation, x.Flags, isInIt);
        var wide = isNarrow || !HasShortEncoding(x.Operation) ? "" : ".w";
        if (isNarrow && x.Operation is DataOperation.Mov && (x.Shift is not Shift.Lsl || x.Amount > 0))
            return $"{ShiftName(x.Shift)}{sets}{suffix}\t{List(x.Destination, x.Second)}, #{x.Amount}";

        // The 16-bit encodings with two registers name the one that is changed once.
        var isShort = isNarrow && x.Destination == x.First && !(x is
        {
            Operation: DataOperation.Add or DataOperation.Sub, Flags: FlagSetting.SetOutsideIt,
        });
        var registers = isShort ? Register(x.Destination) : Operands(x.Operation, x.Destination, x.First);
        var shift = x.Shift is Shift.Rrx ? ", rrx" : x.Shift is Shift.Lsl && x.Amount == 0 ? "" : $", {ShiftName(x.Shift)} #{x.Amount}";
        return $"{Name(x.Operation)}{sets}{suffix}{wide}\t{registers}, {Register(x.Second)}{shift}";
    }

    public static string Of(Instruction.ShiftRegister x, string suffix, bool isInIt)
    {
        var sets = x.Flags is FlagSetting.Set || (x.Flags is FlagSetting.SetOutsideIt && !isInIt) ? "s" : "";
        return x.Encoding is Encoding.T1
            ? $"{ShiftName(x.Shift)}{sets}{suffix}\t{List(x.Destination, x.Second)}"
            : $"{ShiftName(x.Shift)}{sets}{suffix}.w\t{List(x.Destination, x.First, x.Second)}";
    }

    public static string Of(Instruction.Multiply x, string suffix, bool isInIt) => (x.Operation, x.Encoding) switch
    {
        (MultiplyOperation.Multiply, Encoding.T1) => $"mul{(isInIt ? "" : "s")}{suffix}\t{List(x.Destination, x.First)}",
        (MultiplyOperation.Multiply, _) => $"mul{suffix}.w\t{List(x.Destination, x.First, x.Second)}",
        (MultiplyOperation.Add, _) => $"mla{suffix}\t{List(x.Destination, x.First, x.Second, x.Addend)}",
        (MultiplyOperation.Subtract, _) => $"mls{suffix}\t{List(x.Destination, x.First, x.Second, x.Addend)}",
    };

    private static bool IsNarrow(Instruction.DataImmediate x) => x.Flags is FlagSetting.SetOutsideIt || x.Operation switch
    {
        DataOperation.Cmp => x.Encoding is Encoding.T1,
        DataOperation.Add => x.Encoding is Encoding.T1 || (x is { Encoding: Encoding.T2, Destination: 13, First: 13 }),
        DataOperation.Sub => x is { Encoding: Encoding.T1, Destination: 13, First: 13 },
        _ => false,
    };

    private static string Operands(DataOperation operation, int destination, int first) => operation switch
    {
        DataOperation.Mov or DataOperation.Mvn => Register(destination),
        DataOperation.Tst or DataOperation.Teq or DataOperation.Cmp or DataOperation.Cmn => Register(first),
        _ => List(destination, first),
    };

    private static string Sets(DataOperation operation, FlagSetting flags, bool isInIt) => operation
        is DataOperation.Tst or DataOperation.Teq or DataOperation.Cmp or DataOperation.Cmn ? ""
        : flags is FlagSetting.Set || (flags is FlagSetting.SetOutsideIt && !isInIt) ? "s" : "";

    // Only where there is a shorter encoding does the text say that this is not it.
    private static bool HasShortEncoding(DataOperation operation) =>
        operation is not (DataOperation.Orn or DataOperation.Teq or DataOperation.Rsb);

    private static string Name(DataOperation operation) => operation.ToString().ToLowerInvariant();

    private static string ShiftName(Shift shift) => shift.ToString().ToLowerInvariant();
}

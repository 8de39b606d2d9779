using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Text;

/// <summary>Instructions as text, in the unified syntax as GNU's <c>objdump -d</c> writes it, without its comments.</summary>
public static class Disassembler
{
    private static readonly string[] Registers =
        ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "sl", "fp", "ip", "sp", "lr", "pc"];

    private static readonly string[] Suffixes =
        ["eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", ""];

    /// <summary>The name of a register, such as <c>sp</c>.</summary>
    public static string Register(int number) => Registers[number];

    /// <summary>The text of an instruction: its mnemonic, a tabulator if it has operands, and these.</summary>
    /// <param name="instruction">The instruction; it says its encoding.</param>
    /// <param name="address">Its address, from which branches are reckoned.</param>
    /// <param name="it">The IT block that it is in, if any.</param>
    public static string Text(Instruction instruction, uint address = 0, ItState it = default)
    {
        var suffix = !it.IsInBlock ? "" : it.Condition is Condition.Always ? "al" : Suffixes[(int)it.Condition];
        return instruction switch
        {
            Instruction.DataImmediate x => DataText.Of(x, suffix, it.IsInBlock),
            Instruction.DataRegister { Operation: DataOperation.Mov, Encoding: Encoding.T1, Destination: 8, Second: 8 } => $"nop{suffix}",
            Instruction.DataRegister x => DataText.Of(x, suffix, it.IsInBlock),
            Instruction.ShiftRegister x => DataText.Of(x, suffix, it.IsInBlock),
            Instruction.MoveTop x => $"movt{suffix}\t{Register(x.Destination)}, #{x.Immediate}",
            Instruction.Multiply x => DataText.Of(x, suffix, it.IsInBlock),
            Instruction.MultiplyLong x => $"{LongName(x.Operation)}{suffix}\t{List(x.Low, x.High, x.First, x.Second)}",
            Instruction.Divide x => $"{(x.IsSigned ? "sdiv" : "udiv")}{suffix}\t{List(x.Destination, x.First, x.Second)}",
            Instruction.Unary x => UnaryName(x.Operation) + suffix + (x.Encoding is Encoding.T2 ? ".w" : "")
                + $"\t{List(x.Destination, x.Source)}",
            Instruction.Extend x => ExtendText(x, suffix),
            Instruction.ExtractBits x =>
                $"{(x.IsSigned ? "sbfx" : "ubfx")}{suffix}\t{List(x.Destination, x.Source)}, #{x.Lowest}, #{x.Bits}",
            Instruction.InsertBits x => x.Source == Instruction.None
                ? $"bfc{suffix}\t{Register(x.Destination)}, #{x.Lowest}, #{x.Bits}"
                : $"bfi{suffix}\t{List(x.Destination, x.Source)}, #{x.Lowest}, #{x.Bits}",
            Instruction.TransferImmediate x => TransferText.Of(x, suffix),
            Instruction.TransferRegister x => TransferText.Of(x, suffix),
            Instruction.TransferDouble x => TransferText.Of(x, suffix),
            Instruction.TransferMultiple x => TransferText.Of(x, suffix),
            Instruction.Branch x => $"b{Suffixes[(int)x.Condition]}{suffix}"
                + $"{(x.Encoding is Encoding.T1 or Encoding.T2 ? ".n" : ".w")}\t{Target(address, x.Distance)}",
            Instruction.BranchLink x => $"bl{suffix}\t{Target(address, x.Distance)}",
            Instruction.BranchExchange x => $"{(x.IsLinked ? "blx" : "bx")}{suffix}\t{Register(x.Target)}",
            Instruction.CompareBranch x =>
                $"{(x.IsNonZero ? "cbnz" : "cbz")}\t{Register(x.Register)}, {Target(address, x.Distance)}",
            Instruction.TableBranch x => x.IsHalf
                ? $"tbh{suffix}\t[{List(x.Base, x.Index)}, lsl #1]"
                : $"tbb{suffix}\t[{List(x.Base, x.Index)}]",
            Instruction.IfThen x => ItText(x),
            Instruction.NoOperation x => HintName(x.Hint) + suffix + (x.Encoding is Encoding.T2 ? ".w" : ""),
            Instruction.MemoryBarrier x => BarrierText(x, suffix),
            Instruction.Breakpoint x => $"bkpt\t0x{x.Number:x4}",
            Instruction.SupervisorCall x => $"svc{suffix}\t{x.Number}",
            Instruction.Undefined x => $"udf{suffix}{(x.Encoding is Encoding.T2 ? ".w" : "")}\t#{x.Number}",
        };
    }

    /// <summary>The names of registers, separated by commas.</summary>
    internal static string List(params ReadOnlySpan<int> numbers)
    {
        var text = "";
        foreach (var number in numbers) text += (text.Length == 0 ? "" : ", ") + Register(number);
        return text;
    }

    private static string Target(uint address, int distance) => $"{unchecked(address + 4 + (uint)distance):x}";

    private static string LongName(LongOperation operation) => operation switch
    {
        LongOperation.Signed => "smull",
        LongOperation.Unsigned => "umull",
        LongOperation.SignedAdd => "smlal",
        LongOperation.UnsignedAdd => "umlal",
        LongOperation.UnsignedAddBoth => "umaal",
    };

    private static string UnaryName(UnaryOperation operation) => operation switch
    {
        UnaryOperation.ReverseBytes => "rev",
        UnaryOperation.ReverseHalves => "rev16",
        UnaryOperation.ReverseSigned => "revsh",
        UnaryOperation.ReverseBits => "rbit",
        UnaryOperation.LeadingZeros => "clz",
    };

    private static string HintName(Hint hint) => hint switch
    {
        Hint.Nop => "nop",
        Hint.Yield => "yield",
        Hint.WaitForEvent => "wfe",
        Hint.WaitForInterrupt => "wfi",
        Hint.SendEvent => "sev",
    };

    private static string ExtendText(Instruction.Extend x, string suffix)
    {
        var name = (x.IsSigned ? "sxt" : "uxt") + (x.Addend == Instruction.None ? "" : "a") + (x.Bits == 8 ? "b" : "h");
        var registers = x.Addend == Instruction.None ? List(x.Destination, x.Source) : List(x.Destination, x.Addend, x.Source);
        var rotation = x.Rotation == 0 ? "" : $", ror #{x.Rotation}";
        return $"{name}{suffix}{(x.Encoding is Encoding.T2 ? ".w" : "")}\t{registers}{rotation}";
    }

    private static string ItText(Instruction.IfThen x)
    {
        var text = "it";
        for (var left = x.Mask; (left & 7) != 0; left <<= 1)
            text += ((left >> 3) & 1) == ((int)x.Condition & 1) ? "t" : "e";
        return $"{text}\t{(x.Condition is Condition.Always ? "al" : Suffixes[(int)x.Condition])}";
    }

    private static string BarrierText(Instruction.MemoryBarrier x, string suffix)
    {
        var name = x.Kind switch
        {
            BarrierKind.DataSynchronisation => "dsb",
            BarrierKind.DataMemory => "dmb",
            BarrierKind.InstructionSynchronisation => "isb",
        };
        return $"{name}{suffix}\t{(x.Option == 15 ? "sy" : $"#{x.Option}")}";
    }
}

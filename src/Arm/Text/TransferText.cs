using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using static RbpfSpec.Arm.Text.Disassembler;

namespace RbpfSpec.Arm.Text;

/// <summary>The text of loads and stores.</summary>
internal static class TransferText
{
    public static string Of(Instruction.TransferImmediate x, string suffix)
    {
        // T1, and of words on the stack T2, have 16 bits; of signed loads and literals T1 has 32.
        var isLiteral = x.Base == ArmState<Word>.ProgramCounter;
        var isSigned = x.Transfer is Transfer.LoadSignedByte or Transfer.LoadSignedHalf;
        var isWord = x.Transfer is Transfer.LoadWord or Transfer.StoreWord;
        var isNarrow = isLiteral ? isWord && x.Encoding is Encoding.T1
            : (x.Encoding is Encoding.T1 && !isSigned) || (x.Encoding is Encoding.T2 && isWord);
        var at = isNarrow ? $"[{Register(x.Base)}, #{x.Offset}]"
            : isLiteral ? $"[pc, #{(x.IsAdded ? "" : "-")}{x.Offset}]"
            : Indexed(x.Base, x.Offset, x.IsAdded, x.Indexing);
        return $"{Name(x.Transfer)}{suffix}{(isNarrow ? "" : ".w")}\t{Register(x.Register)}, {at}";
    }

    public static string Of(Instruction.TransferRegister x, string suffix)
    {
        var shift = x.Amount == 0 ? "" : $", lsl #{x.Amount}";
        return $"{Name(x.Transfer)}{suffix}{(x.Encoding is Encoding.T1 ? "" : ".w")}\t"
            + $"{Register(x.Register)}, [{List(x.Base, x.Index)}{shift}]";
    }

    public static string Of(Instruction.TransferDouble x, string suffix) =>
        $"{(x.IsLoad ? "ldrd" : "strd")}{suffix}\t{List(x.First, x.Second)}, "
        + $"{Indexed(x.Base, x.Offset, x.IsAdded, x.Indexing, isDouble: true)}";

    public static string Of(Instruction.TransferMultiple x, string suffix)
    {
        var list = $"{{{string.Join(", ", x.Numbers.Map(Register))}}}";
        var isNarrow = x.Encoding is Encoding.T1 && !x.IsBefore;
        if (x is { Encoding: Encoding.T1, Base: ArmState<Word>.StackPointer, IsWrittenBack: true } && x.IsBefore != x.IsLoad)
            return $"{(x.IsLoad ? "pop" : "push")}{suffix}\t{list}";
        return $"{(x.IsLoad ? "ldm" : "stm")}{(x.IsBefore ? "db" : "ia")}{suffix}{(isNarrow || x.IsBefore ? "" : ".w")}\t"
            + $"{Register(x.Base)}{(x.IsWrittenBack ? "!" : "")}, {list}";
    }

    private static string Indexed(int register, uint offset, bool isAdded, Indexing indexing, bool isDouble = false)
    {
        // Subtracting zero is told of double transfers only.
        var isNone = offset == 0 && (isAdded || !isDouble);
        var distance = $"#{(isAdded || isNone ? "" : "-")}{offset}";
        var before = isNone ? $"[{Register(register)}]" : $"[{Register(register)}, {distance}]";
        return indexing switch
        {
            Indexing.Offset => before,
            Indexing.PreIndexed => $"{before}!",
            Indexing.PostIndexed => $"[{Register(register)}], {distance}",
        };
    }

    private static string Name(Transfer transfer) => transfer switch
    {
        Transfer.StoreByte => "strb",
        Transfer.StoreHalf => "strh",
        Transfer.StoreWord => "str",
        Transfer.LoadByte => "ldrb",
        Transfer.LoadHalf => "ldrh",
        Transfer.LoadWord => "ldr",
        Transfer.LoadSignedByte => "ldrsb",
        Transfer.LoadSignedHalf => "ldrsh",
    };
}

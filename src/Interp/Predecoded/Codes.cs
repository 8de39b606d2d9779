using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>The code of every encoding.</summary>
internal static class Codes
{
    // By opcode, and by place among the encodings of that opcode.
    private static readonly Code[][] ByOpcode = [.. Enumerable.Range(0, 256).Select(opcode =>
        OperationTable.WithOpcode((byte)opcode).AsSpan().ToArray().Select(Of).ToArray())];

    /// <summary>The encoding of a slot and its code. The slot must have one.</summary>
    public static (Form Form, Code Code) At(Slot slot)
    {
        var candidates = OperationTable.WithOpcode(slot.Opcode);
        var index = 0;
        if (candidates.Count > 1)
        {
            var fields = slot.Fields;
            while (!Decoder.Matches(candidates[index], fields).Value) index++;
        }

        return (candidates[index], ByOpcode[slot.Opcode][index]);
    }

    /// <summary>Whether the rule of an encoding can change the bytes of a region, or call a helper that does.</summary>
    /// <remarks>The claim <c>views/unwritten</c> holds the others to leaving all bytes as they are.</remarks>
    public static bool MayWrite(Form form) => form.Operation switch
    {
        MemoryOperation operation => operation switch
        {
            MemoryOperation.Load or MemoryOperation.LoadSigned => false,
            MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister => true,
        },
        CallOperation operation => operation switch
        {
            CallOperation.Local or CallOperation.Exit => false,
            CallOperation.ByHelperId or CallOperation.ByBtfId => true,
        },
        AluOperation or JumpOperation or WideLoad or PacketLoad => false,

        // Atomic operations do, and for what is not known it does no harm to say so.
        _ => true,
    };

    /// <summary>The code of an encoding.</summary>
    public static Code Of(Form form) => form.Operation switch
    {
        AluOperation operation => Of(operation, form),
        JumpOperation operation => Of(operation, form),
        CallOperation operation => Of(operation),
        MemoryOperation operation => Of(operation, form.Width),
        AtomicOperation operation => Of(operation, form),
        WideLoad => Code.Constant,
        PacketLoad => Sized(Code.Packet1, form.Width),
        _ => throw new ArgumentException($"{form} has no code", nameof(form)),
    };

    private static Code Of(AluOperation operation, Form form) => operation switch
    {
        AluOperation.Add => Operands(Code.Add32K, form),
        AluOperation.Subtract => Operands(Code.Subtract32K, form),
        AluOperation.Multiply => Operands(Code.Multiply32K, form),
        AluOperation.Divide => Operands(Code.Divide32K, form),
        AluOperation.DivideSigned => Operands(Code.DivideSigned32K, form),
        AluOperation.Or => Operands(Code.Or32K, form),
        AluOperation.And => Operands(Code.And32K, form),
        AluOperation.ShiftLeft => Operands(Code.ShiftLeft32K, form),
        AluOperation.ShiftRight => Operands(Code.ShiftRight32K, form),
        AluOperation.Negate => form.Width.Bits is 64 ? Code.Negate64 : Code.Negate32,
        AluOperation.Modulo => Operands(Code.Modulo32K, form),
        AluOperation.ModuloSigned => Operands(Code.ModuloSigned32K, form),
        AluOperation.Xor => Operands(Code.Xor32K, form),
        AluOperation.Move when form.Operand is SourceOperand.Immediate => Code.Constant,
        AluOperation.Move => form.Width.Bits is 64 ? Code.Move64 : Code.Move32,
        AluOperation.MoveSigned({ Bits: 8 }) => form.Width.Bits is 64 ? Code.MoveSigned8To64 : Code.MoveSigned8To32,
        AluOperation.MoveSigned({ Bits: 16 }) => form.Width.Bits is 64 ? Code.MoveSigned16To64 : Code.MoveSigned16To32,
        AluOperation.MoveSigned => Code.MoveSigned32To64,
        AluOperation.ShiftRightSigned => Operands(Code.ShiftRightSigned32K, form),
        AluOperation.ToLittleEndian => ByWidth(form.Width, Code.Keep16, Code.Keep32, Code.Keep64),
        AluOperation.ToBigEndian => ByWidth(form.Width, Code.Swap16, Code.Swap32, Code.Swap64),
        AluOperation.SwapBytes => ByWidth(form.Width, Code.Swap16, Code.Swap32, Code.Swap64),
    };

    private static Code Of(JumpOperation operation, Form form) => operation switch
    {
        JumpOperation.Always => Code.Always,
        JumpOperation.Equal => Operands(Code.IfEqual32K, form),
        JumpOperation.Greater => Operands(Code.IfGreater32K, form),
        JumpOperation.GreaterOrEqual => Operands(Code.IfGreaterOrEqual32K, form),
        JumpOperation.AnyBitSet => Operands(Code.IfAnyBitSet32K, form),
        JumpOperation.NotEqual => Operands(Code.IfNotEqual32K, form),
        JumpOperation.GreaterSigned => Operands(Code.IfGreaterSigned32K, form),
        JumpOperation.GreaterOrEqualSigned => Operands(Code.IfGreaterOrEqualSigned32K, form),
        JumpOperation.Less => Operands(Code.IfLess32K, form),
        JumpOperation.LessOrEqual => Operands(Code.IfLessOrEqual32K, form),
        JumpOperation.LessSigned => Operands(Code.IfLessSigned32K, form),
        JumpOperation.LessOrEqualSigned => Operands(Code.IfLessOrEqualSigned32K, form),
    };

    private static Code Of(CallOperation operation) => operation switch
    {
        CallOperation.ByHelperId => Code.CallHelper,
        CallOperation.Local => Code.CallLocal,
        CallOperation.ByBtfId => Code.CallBtf,
        CallOperation.Exit => Code.Exit,
    };

    private static Code Of(MemoryOperation operation, Width width) => operation switch
    {
        MemoryOperation.Load => Sized(Code.Load1, width),
        MemoryOperation.LoadSigned => Sized(Code.LoadSigned1, width),
        MemoryOperation.StoreImmediate => Sized(Code.Store1K, width),
        MemoryOperation.StoreRegister => Sized(Code.Store1X, width),
    };

    private static Code Of(AtomicOperation operation, Form form) => operation switch
    {
        AtomicOperation.Add => Fetching(Code.AtomicAdd4, Code.AtomicFetchAdd4, form),
        AtomicOperation.Or => Fetching(Code.AtomicOr4, Code.AtomicFetchOr4, form),
        AtomicOperation.And => Fetching(Code.AtomicAnd4, Code.AtomicFetchAnd4, form),
        AtomicOperation.Xor => Fetching(Code.AtomicXor4, Code.AtomicFetchXor4, form),
        AtomicOperation.Exchange => Next(Code.AtomicFetchExchange4, form.Width.Bits is 64 ? 1 : 0),
        AtomicOperation.CompareExchange => Next(Code.AtomicCompareExchange4, form.Width.Bits is 64 ? 1 : 0),
    };

    private static Code Operands(Code first, Form form) => Next(
        first, (form.Width.Bits is 64 ? 2 : 0) + (form.Operand is SourceOperand.Register ? 1 : 0));

    private static Code Sized(Code first, Width width) => Next(first, int.Log2(width.Bytes));

    private static Code Fetching(Code without, Code with, Form form) =>
        Next(AtomicOperation.Fetches(form) ? with : without, form.Width.Bits is 64 ? 1 : 0);

    private static Code ByWidth(Width width, Code of16, Code of32, Code of64) => width.Bits switch
    {
        16 => of16,
        32 => of32,
        _ => of64,
    };

    private static Code Next(Code first, int places) => first + (ushort)places;
}

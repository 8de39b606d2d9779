using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Fuzzing;

/// <summary>Draws programs that set what they read, and fold all that they can have changed into r0.</summary>
/// <remarks>
/// r1 and r6 point to the memory, r10 to the end of the stack; they are read as addresses only. All other registers hold data.
/// </remarks>
internal static class PlainBodies
{
    private const int MemorySize = 16;
    private const int StackSize = 16;
    private const int Word = 8;
    private const byte Context = 1;
    private const byte Copy = 6;

    private static readonly byte[] Data = [0, 2, 3, 4, 5, 7, 8, 9];
    private static readonly byte[] Pointers = [Context, Copy, Register.Last];

    private static readonly Form Move = OperationTable.WithId("alu/mov64-k");
    private static readonly Form MoveRegister = OperationTable.WithId("alu/mov64-x");
    private static readonly Form Add = OperationTable.WithId("alu/add64-x");
    private static readonly Form Xor = OperationTable.WithId("alu/xor64-x");
    private static readonly Form Wide = OperationTable.WithId("imm/lddw");
    private static readonly Form Store = OperationTable.WithId("mem/stdw");
    private static readonly Form Load = OperationTable.WithId("mem/ldxdw");
    private static readonly Form Exit = OperationTable.WithId("jmp/exit");

    /// <summary>A program and its memory.</summary>
    public static PlainCase Draw(Dice dice, Setting setting)
    {
        List<Instruction> body = [Instruction.Of(MoveRegister, new(Copy), new(Context))];
        foreach (var register in Data) body.Add(Value(dice, register));
        for (var at = Word; at <= StackSize; at += Word)
        {
            body.Add(Instruction.Of(Store, Register.FramePointer, default, (short)-at, dice.AnyImmediate()));
        }

        Middle(dice, setting, body);
        Fold(body);
        return new(body.ToSequence(), Sequence.Of<byte>(dice.Bytes(MemorySize)));
    }

    private static Instruction Value(Dice dice, byte register)
    {
        if (dice.OnceIn(2)) return Instruction.Of(Move, new(register), default, 0, dice.AnyImmediate());
        var value = dice.Value();
        return Instruction.Of(Wide, new(register), default, 0, (int)value, (int)(value >> 32));
    }

    private static void Middle(Dice dice, Setting setting, List<Instruction> body)
    {
        var count = dice.Between(1, 8);
        var forms = new Form[count + 1];
        for (var i = 0; i < count; i++) forms[i] = Choose(dice, setting);

        // Where a jump behind the last one leads to.
        forms[count] = MoveRegister;
        var starts = Bodies.Starts([.. forms]);
        for (var i = 0; i < count; i++)
        {
            var filled = Fill(dice, forms[i]);
            var target = dice.OnceIn(10) ? dice.Between(0, count) : dice.Between(i + 1, count);
            body.Add(forms[i].Displacement.IsEmpty ? filled : Bodies.WithTarget(filled, starts, i, target));
        }
    }

    // Every register of data, then the memory and the stack, by turns added and xored: what changes one changes the result.
    private static void Fold(List<Instruction> body)
    {
        foreach (var (register, index) in Data.Skip(1).Select((register, index) => (register, index)))
            body.Add(Instruction.Of(index % 2 == 0 ? Add : Xor, new(0), new(register)));
        for (var at = 0; at < MemorySize; at += Word) Fold(body, Context, at);
        for (var at = Word; at <= StackSize; at += Word) Fold(body, Register.Last, -at);
        body.Add(Instruction.Of(Exit));
    }

    private static void Fold(List<Instruction> body, byte pointer, int offset)
    {
        body.Add(Instruction.Of(Load, new(Data[1]), new(pointer), (short)offset));
        body.Add(Instruction.Of(offset % (2 * Word) == 0 ? Add : Xor, new(0), new(Data[1])));
    }

    private static Form Choose(Dice dice, Setting setting)
    {
        while (true)
        {
            var form = dice.Between(0, 4) switch
            {
                0 => dice.Pick(setting.Memory),
                1 => dice.Pick(setting.Jumps),
                _ => dice.Pick(setting.Forms.AsSpan()),
            };
            if (form.Operation is CallOperation.Local ? dice.OnceIn(4) : form.Operation is not (CallOperation or PacketLoad)) return form;
        }
    }

    private static Instruction Fill(Dice dice, Form form)
    {
        var isLoad = form.Operation is MemoryOperation { Kind: Access.Read };
        var pointer = dice.Pick(Pointers);
        var destination = form.Operation is MemoryOperation or AtomicOperation && !isLoad ? pointer : dice.Pick(Data);
        return Instruction.Of(
            form,
            new(destination),
            new(isLoad ? pointer : dice.OnceIn(4) && destination != pointer ? destination : dice.Pick(Data)),
            form.Operation is MemoryOperation or AtomicOperation ? Offset(dice, form, pointer) : (short)0,
            form.Operation is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned
                ? dice.Between(0, 66)
                : dice.AnyImmediate(),
            dice.AnyImmediate());
    }

    // Mostly within what the program has set; now and then around its edges, and in one of a hundred far away.
    private static short Offset(Dice dice, Form form, byte pointer)
    {
        var size = form.Width.Bytes;
        var lowest = pointer == Register.Last ? -StackSize : 0;
        var step = form.Operation is AtomicOperation ? size : 1;
        if (dice.OnceIn(100)) return (short)dice.Pick(short.MinValue, short.MaxValue - 7, -600, 600);
        return (short)(dice.OnceIn(16) && pointer != Register.Last
            ? dice.Between(MemorySize - size - 1, MemorySize + 1)
            : lowest + (step * dice.Between(0, (MemorySize - size) / step)));
    }

}

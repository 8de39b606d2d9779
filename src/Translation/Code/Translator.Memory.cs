using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Translation.Native;
using Instruction = RbpfSpec.Semantics.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

public sealed partial class Translator
{
    private const int Scratch = Emitter.Scratch;
    private const int Scratch2 = Emitter.Scratch2;

    private void Access(int slot, Instruction instruction, MemoryOperation operation)
    {
        var isStore = operation.Kind is RbpfSpec.Words.Access.Write;
        var bytes = instruction.Form.Width.Bytes;
        if (Handling.IsInFrame(instruction, flow.Profile))
        {
            emitter.Load(Scratch, NativeLayout.StackBytes);
            var offset = flow.Profile.FrameBytes + instruction.Offset;
            if (isStore) StoreAt(instruction, offset);
            else LoadAt(slot, instruction, operation, offset);
            return;
        }

        Look(slot, instruction, Handling.BaseOf(operation, instruction), isStore);
        if (isStore)
        {
            // The value may need a scratch register, too, so the address becomes one.
            if (bytes < 8 && ValueInPair(instruction) is { } value)
            {
                Code.Add(new Arm.Instructions.Instruction.TransferRegister(Transfers(bytes).Store, value.Low, Scratch2, Scratch));
                return;
            }

            emitter.Data(DataOperation.Add, Scratch, Scratch, Scratch2);
            StoreAt(instruction, 0);
            return;
        }

        if (bytes < 8)
        {
            var low = allocation[instruction.Destination.Number]?.Low ?? Scratch;
            Code.Add(new Arm.Instructions.Instruction.TransferRegister(LoadOf(operation, bytes), low, Scratch2, Scratch));
            FinishLoad(slot, instruction, operation, low);
            return;
        }

        emitter.Data(DataOperation.Add, Scratch, Scratch, Scratch2);
        LoadAt(slot, instruction, operation, 0);
    }

    // Afterwards one scratch register is where in the region the access is, and the other where the region is.
    private void Look(int slot, Instruction instruction, int register, bool isStore)
    {
        var exit = ExitAt(slot);
        var window = isStore ? NativeLayout.Writable : NativeLayout.Readable;
        var limit = NativeLayout.LimitOf(instruction.Form.Width.Bytes);
        var (low, offset) = (Scratch, (int)instruction.Offset);
        if (allocation[register] is { } pair)
        {
            if (!flow.Before(slot)[register]) Code.BranchOnZero(pair.High, isNonZero: true, exit);
            low = pair.Low;
        }
        else
        {
            if (!flow.Before(slot)[register])
            {
                emitter.Load(Scratch, NativeLayout.OfRegister(register) + 4);
                Code.BranchOnZero(Scratch, isNonZero: true, exit);
            }

            emitter.Load(Scratch, NativeLayout.OfRegister(register));
        }

        if (allocation[register] is not null && Math.Abs(offset) < 4096)
        {
            // One of the two words is the start, the other the limit, in the order in which they lie.
            var isStartFirst = limit is NativeLayout.Limit2 or NativeLayout.Limit8;
            if (isStartFirst) emitter.Pair(isLoad: true, Scratch, Scratch2, window + limit - 4);
            else emitter.Pair(isLoad: true, Scratch2, Scratch, window + limit);
            emitter.Data(DataOperation.Sub, Scratch, low, Scratch);
            AddOffset(offset);
        }
        else
        {
            emitter.Load(Scratch2, window + NativeLayout.Start);
            emitter.Data(DataOperation.Sub, Scratch, low, Scratch2);
            AddOffset(offset);
            emitter.Load(Scratch2, window + limit);
        }

        emitter.Compare(Scratch, Scratch2);
        Code.Branch(exit, Condition.CarrySet);
        emitter.Load(Scratch2, window + NativeLayout.Bytes);
    }

    private void AddOffset(int offset)
    {
        if (offset > 0) emitter.DataConstant(DataOperation.Add, Scratch, Scratch, (uint)offset, through: Scratch2);
        else if (offset < 0) emitter.DataConstant(DataOperation.Sub, Scratch, Scratch, (uint)-offset, through: Scratch2);
    }

    private RegisterPair? ValueInPair(Instruction instruction) =>
        instruction.Form.Operand is SourceOperand.Register ? allocation[instruction.Source.Number] : null;

    // The address is in the scratch register.
    private void StoreAt(Instruction instruction, int offset)
    {
        var bytes = instruction.Form.Width.Bytes;
        var transfer = Transfers(bytes).Store;
        if (ValueInPair(instruction) is { } pair)
        {
            emitter.Access(transfer, pair.Low, Scratch, offset);
            if (bytes == 8) emitter.Access(transfer, pair.High, Scratch, offset + 4);
            return;
        }

        Word(0);
        emitter.Access(transfer, Scratch2, Scratch, offset);
        if (bytes < 8) return;
        if (instruction.Form.Operand is SourceOperand.Register || (uint)instruction.Immediate != Sign(instruction.Immediate)) Word(4);
        emitter.Access(transfer, Scratch2, Scratch, offset + 4);

        void Word(int half)
        {
            if (instruction.Form.Operand is SourceOperand.Register)
                emitter.Load(Scratch2, NativeLayout.OfRegister(instruction.Source.Number) + half);
            else emitter.Constant(Scratch2, half == 0 ? (uint)instruction.Immediate : Sign(instruction.Immediate));
        }
    }

    private void LoadAt(int slot, Instruction instruction, MemoryOperation operation, int offset)
    {
        var bytes = instruction.Form.Width.Bytes;
        var dst = instruction.Destination.Number;
        if (bytes < 8)
        {
            var register = allocation[dst]?.Low ?? Scratch;
            emitter.Access(LoadOf(operation, bytes), register, Scratch, offset);
            FinishLoad(slot, instruction, operation, register);
            return;
        }

        var (low, high) = allocation[dst] is { } pair ? (pair.Low, pair.High) : (Scratch2, Scratch);
        emitter.Access(Transfer.LoadWord, low, Scratch, offset);
        emitter.Access(Transfer.LoadWord, high, Scratch, offset + 4);
        if (allocation[dst] is null) emitter.Pair(isLoad: false, low, high, NativeLayout.OfRegister(dst));
    }

    // The low word is loaded; the high one follows from it.
    private void FinishLoad(int slot, Instruction instruction, MemoryOperation operation, int low)
    {
        var dst = instruction.Destination.Number;
        var isSigned = operation is MemoryOperation.LoadSigned;
        var high = allocation[dst]?.High ?? Scratch2;
        if (isSigned) emitter.ShiftBy(Shift.Asr, high, low, 31);
        else if (allocation[dst] is null || !flow.Before(slot)[dst]) emitter.Constant(high, 0);
        if (allocation[dst] is null) emitter.Pair(isLoad: false, low, high, NativeLayout.OfRegister(dst));
    }

    private static uint Sign(int number) => number < 0 ? uint.MaxValue : 0;

    private static Transfer LoadOf(MemoryOperation operation, int bytes) =>
        operation is MemoryOperation.LoadSigned ? Transfers(bytes).Signed : Transfers(bytes).Load;

    private static (Transfer Store, Transfer Load, Transfer Signed) Transfers(int bytes) => bytes switch
    {
        1 => (Transfer.StoreByte, Transfer.LoadByte, Transfer.LoadSignedByte),
        2 => (Transfer.StoreHalf, Transfer.LoadHalf, Transfer.LoadSignedHalf),
        _ => (Transfer.StoreWord, Transfer.LoadWord, Transfer.LoadWord),
    };
}

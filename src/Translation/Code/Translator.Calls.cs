using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Translation.Native;
using Instruction = RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

public sealed partial class Translator
{
    // Returns to more places are left to the machine.
    private const int MostReturns = 12;

    // So many bytes of a fresh frame are cleared in a turn of a loop.
    private const int ClearedAtOnce = 64;

    private readonly SortedDictionary<int, Label> callees = [];
    private readonly Label returning = new();

    // What is common to all calls of a function comes after the program; where it is from is in the scratch register.
    private void Call(int slot, int target)
    {
        if (!callees.TryGetValue(target, out var callee)) callees[target] = callee = new Label();
        emitter.Constant(Scratch, (uint)slot);
        Code.Branch(callee);
    }

    private void Return(int slot)
    {
        emitter.Constant(Scratch, (uint)slot);
        Code.Branch(returning);
    }

    private void FinishCalls()
    {
        foreach (var (target, callee) in callees) Push(target, callee);
        if (flow.Calls.Count > 0) Pop();
    }

    // r6 to r10 and the slot go to the machine's frames, and the function that is called gets a fresh stack.
    private void Push(int target, Label callee)
    {
        var refused = new Label();
        Code.Place(callee);
        var (victim, (low, high)) = BorrowAny();
        emitter.Load(Scratch2, NativeLayout.Depth);
        emitter.Load(low, NativeLayout.FrameLimit);
        emitter.DataConstant(DataOperation.Add, high, Scratch2, 1);
        emitter.Compare(high, low);
        Code.Branch(refused, Condition.CarrySet);
        if (IsLimited)
        {
            emitter.CompareConstant(Emitter.Budget, 0);
            Code.Branch(refused, Condition.Equal);
            emitter.DataConstant(DataOperation.Sub, Emitter.Budget, Emitter.Budget, 1);
        }

        emitter.Store(high, NativeLayout.Depth);
        FrameAddress(low);
        emitter.Access(Transfer.StoreWord, Scratch, Scratch2, NativeLayout.ReturnTo);
        for (var register = FirstKept; register <= Register.Last; register++)
        {
            var pair = new RegisterPair(low, high);
            if (register != victim && allocation[register] is { } own) pair = own;
            else emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(register));
            Code.Add(new Instruction.TransferDouble(false, pair.Low, pair.High, Scratch2, KeptAt(register)));
        }

        emitter.Load(low, NativeLayout.StackStart);
        emitter.Store(low, NativeLayout.OfRegister(Register.Last));
        Move(DataOperation.Sub, low, NativeLayout.StackStart, isLoaded: true);
        Move(DataOperation.Sub, Scratch2, NativeLayout.StackBytes);
        Clear(low, high);
        emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(victim));
        Code.Branch(HeadOf(target));

        Code.Place(refused);
        emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(victim));
        Code.Branch(leave);
    }

    // Back to where a call came from; in the function that the machine began with, EXIT is left to it.
    private void Pop()
    {
        Code.Place(returning);
        emitter.Load(Scratch2, NativeLayout.Depth);
        emitter.CompareConstant(Scratch2, 0);
        Code.Branch(leave, Condition.Equal);
        var (victim, (low, high)) = BorrowAny();
        emitter.DataConstant(DataOperation.Sub, Scratch2, Scratch2, 1);
        emitter.Store(Scratch2, NativeLayout.Depth);
        FrameAddress(low);
        emitter.Access(Transfer.LoadWord, Scratch, Scratch2, NativeLayout.ReturnTo);
        for (var register = FirstKept; register <= Register.Last; register++)
        {
            var isOwn = register != victim && allocation[register] is not null;
            var pair = isOwn ? allocation[register]!.Value : new RegisterPair(low, high);
            Code.Add(new Instruction.TransferDouble(true, pair.Low, pair.High, Scratch2, KeptAt(register)));
            if (!isOwn) emitter.Pair(isLoad: false, low, high, NativeLayout.OfRegister(register));
        }

        emitter.Load(Scratch2, NativeLayout.StackStart);
        foreach (var window in (int[])[NativeLayout.Readable, NativeLayout.Writable]) Close(window, Scratch2, low);
        Move(DataOperation.Add, Scratch2, NativeLayout.StackStart, isLoaded: true);
        Move(DataOperation.Add, low, NativeLayout.StackBytes);
        emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(victim));
        foreach (var slot in flow.Calls.Take(MostReturns))
        {
            emitter.CompareConstant(Scratch, (uint)slot, through: Scratch2);
            Code.Branch(HeadOf(slot + 1), Condition.Equal);
        }

        emitter.DataConstant(DataOperation.Add, Scratch, Scratch, 1);
        Code.Branch(leave);
    }

    private (int Victim, RegisterPair Pair) BorrowAny()
    {
        var victim = allocation.InPairs.First();
        var pair = allocation[victim]!.Value;
        if (written.Contains(victim)) emitter.Pair(isLoad: false, pair.Low, pair.High, NativeLayout.OfRegister(victim));
        return (victim, pair);
    }

    // Of the frame whose number is in the second scratch register, into that register.
    private void FrameAddress(int through)
    {
        emitter.Load(through, NativeLayout.Frames);
        emitter.Shifted(DataOperation.Add, Scratch2, Scratch2, Scratch2, Shift.Lsl, 1);
        emitter.Shifted(DataOperation.Add, Scratch2, through, Scratch2, Shift.Lsl, 4);
    }

    // A word of the state by the size of a frame.
    private void Move(DataOperation operation, int register, int offset, bool isLoaded = false)
    {
        if (!isLoaded) emitter.Load(register, offset);
        emitter.DataConstant(operation, register, register, (uint)flow.Profile.FrameBytes);
        emitter.Store(register, offset);
    }

    // The frame begins at the second scratch register.
    private void Clear(int low, int high)
    {
        emitter.Constant(low, 0);
        emitter.Constant(high, 0);
        emitter.Constant(Scratch, (uint)flow.Profile.FrameBytes);
        var again = Code.Here();
        for (var at = 0U; at < ClearedAtOnce; at += 8) Code.Add(new Instruction.TransferDouble(false, low, high, Scratch2, at));
        emitter.DataConstant(DataOperation.Add, Scratch2, Scratch2, ClearedAtOnce);
        emitter.DataConstant(DataOperation.Sub, Scratch, Scratch, ClearedAtOnce, sets: true);
        Code.Branch(again, Condition.NotEqual);
    }

    // A window that shows the frame that goes shows nothing any more.
    private void Close(int window, int start, int through)
    {
        var stays = new Label();
        emitter.Load(through, window + NativeLayout.Start);
        emitter.Compare(through, start);
        Code.Branch(stays, Condition.NotEqual);
        emitter.Constant(through, 0);
        foreach (var bytes in (int[])[1, 2, 4, 8]) emitter.Store(through, window + NativeLayout.LimitOf(bytes));
        Code.Place(stays);
    }

    private const int FirstKept = 6;

    private static uint KeptAt(int register) => 8 * (uint)(register - FirstKept);
}

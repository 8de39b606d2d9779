using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Code;

public sealed partial class Translator
{
    private void Alu(int slot, Instruction instruction, AluOperation operation)
    {
        var (form, dst) = (instruction.Form, instruction.Destination.Number);
        if (flow.IsExtension(slot))
        {
            var isSigned = flow.Instructions[slot + 1].Form.Operation is AluOperation.ShiftRightSigned;
            OnDestination(instruction, readsIt: true, code => code.ExtendLow(isSigned), slot);
            return;
        }

        var isWide = form.Width.Bits == 64;
        var readsDestination = operation is not (AluOperation.Move or AluOperation.MoveSigned)
            || (form.Operand is SourceOperand.Register && instruction.Source == instruction.Destination);
        if (IsStored(slot, instruction, operation)) return;
        if (isWide && operation is AluOperation.Division division)
        {
            DivideWide(slot, instruction, division);
            return;
        }

        switch (form.Operand)
        {
            case SourceOperand.None:
                OnDestination(instruction, readsDestination, code =>
                {
                    if (isWide) code.WideAlone(operation);
                    else code.NarrowAlone(operation, form.Width.Bits);
                }, slot);
                break;
            case SourceOperand.Immediate when operation is AluOperation.Negate:
                OnDestination(instruction, readsDestination, code =>
                {
                    if (isWide) code.WideAlone(operation);
                    else code.NarrowAlone(operation, 32);
                }, slot);
                break;
            case SourceOperand.Immediate:
                OnDestination(instruction, readsDestination, code =>
                {
                    if (isWide) code.WideConstant(operation, instruction.Immediate);
                    else code.NarrowConstant(operation, (uint)instruction.Immediate);
                }, slot);
                break;
            case SourceOperand.Register:
                var src = instruction.Source.Number;
                if (operation is AluOperation.Division && flow.Profile.ZeroDivisor is ZeroDivisor.Traps)
                {
                    var low = allocation[src]?.Low ?? Emitter.Scratch;
                    if (allocation[src] is null) emitter.Load(low, NativeLayout.OfRegister(src));
                    Code.BranchOnZero(low, isNonZero: false, ExitAt(slot));
                }

                // A product needs the scratch registers for itself.
                Loan? lent = allocation[src] is null && src != dst && isWide && operation is AluOperation.Multiply
                    ? Borrow(src, reads: true, dst)
                    : null;
                OnDestination(instruction, readsDestination, code =>
                {
                    var readsHigh = isWide && operation is not (AluOperation.MoveSigned
                        or AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned);
                    var words = lent is { } loan
                        ? new SourceWords(loan.Pair.Low, loan.Pair.High)
                        : Source(slot, src, dst, readsHigh, operation is AluOperation.Move, code.Pair);
                    if (isWide) code.Wide(operation, words);
                    else code.Narrow(operation, words.Low);
                }, slot, lent?.Victim);
                if (lent is { } borrowed) GiveBack(borrowed, src, isWritten: false);
                break;
        }
    }

    // What is only moved into the machine's state needs no pair.
    private bool IsStored(int slot, Instruction instruction, AluOperation operation)
    {
        var (dst, src) = (instruction.Destination.Number, instruction.Source.Number);
        if (operation is not AluOperation.Move || allocation[dst] is not null) return false;
        var isWide = instruction.Form.Width.Bits == 64;
        RegisterPair words = new(Scratch, Scratch2);
        if (instruction.Form.Operand is SourceOperand.Immediate)
        {
            emitter.Constant(Scratch, (uint)instruction.Immediate);
            emitter.Constant(Scratch2, isWide ? Sign(instruction.Immediate) : 0);
        }
        else if (isWide && allocation[src] is { } pair)
        {
            words = pair;
        }
        else
        {
            var source = Source(slot, src, dst: -1, isWide, isMove: true, destination: default);
            words = new(source.Low, source.High ?? Scratch2);
            if (!isWide || source.High is null)
            {
                emitter.Constant(Scratch2, 0);
                words = words with { High = Scratch2 };
            }
        }

        emitter.Pair(isLoad: false, words.Low, words.High, NativeLayout.OfRegister(dst));
        return true;
    }

    // The words of a source register: its own, or loaded into the scratch registers.
    private SourceWords Source(int slot, int src, int dst, bool isWide, bool isMove, RegisterPair destination)
    {
        if (src == dst) return new(destination.Low, destination.High);
        if (allocation[src] is { } pair) return new(pair.Low, isMove && flow.Before(slot)[src] ? null : pair.High);
        var offset = NativeLayout.OfRegister(src);
        if (!isWide || flow.Before(slot)[src])
        {
            emitter.Load(Emitter.Scratch, offset);
            return new(Emitter.Scratch, null);
        }

        emitter.Pair(isLoad: true, Emitter.Scratch, Emitter.Scratch2, offset);
        return new(Emitter.Scratch, Emitter.Scratch2);
    }

    // Code on the pair of the destination; a register without one borrows that of another for the time.
    private void OnDestination(Instruction instruction, bool readsIt, Action<AluCode> emit, int slot, int? notThis = null)
    {
        var register = instruction.Destination.Number;
        var isHighZero = flow.Before(slot)[register];
        if (allocation[register] is { } pair)
        {
            emit(new AluCode(emitter, pair, isHighZero));
            return;
        }

        var others = instruction.Form.Layout.Source is FieldUse.NamesRegister ? instruction.Source.Number : register;
        var loan = Borrow(register, readsIt, others, notThis);
        emit(new AluCode(emitter, loan.Pair, readsIt && isHighZero));
        GiveBack(loan, register, isWritten: true);
    }

    private readonly record struct Loan(int Victim, RegisterPair Pair);

    // The pair of a register that an instruction does not name, which waits in the machine's state meanwhile.
    private Loan Borrow(int register, bool reads, params ReadOnlySpan<int?> spared)
    {
        var victim = -1;
        foreach (var candidate in allocation.InPairs)
        {
            if (!spared.Contains(candidate)) victim = candidate;
        }

        var pair = allocation[victim]!.Value;
        if (written.Contains(victim)) emitter.Pair(isLoad: false, pair.Low, pair.High, NativeLayout.OfRegister(victim));
        if (reads) emitter.Pair(isLoad: true, pair.Low, pair.High, NativeLayout.OfRegister(register));
        return new(victim, pair);
    }

    private void GiveBack(Loan loan, int register, bool isWritten)
    {
        if (isWritten) emitter.Pair(isLoad: false, loan.Pair.Low, loan.Pair.High, NativeLayout.OfRegister(register));
        emitter.Pair(isLoad: true, loan.Pair.Low, loan.Pair.High, NativeLayout.OfRegister(loan.Victim));
    }
}

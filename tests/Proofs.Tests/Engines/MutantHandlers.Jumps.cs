using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Proofs.Tests.Engines;

// Jumps, calls, and what stops a run.
internal static unsafe partial class MutantHandlers
{
    [Mutant(Code.Add64X, "alu/add64-x@rbpf", "the next instruction is skipped")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SkipsOne(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) += *Steps.Source(now, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    [Mutant(Code.IfGreater64X, "jmp/jgt64-x@rbpf", "signed instead of unsigned")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpSignedly(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if ((long)*Steps.Destination(now, state) > (long)*Steps.Source(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.IfEqual32K, "jmp/jeq32-k@rbpf", "64 bits are compared")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpOnWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Destination(now, state) == now->Immediate)
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.IfLess64K, "jmp/jlt64-k@rbpf", "or equal")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpOrEqual(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Destination(now, state) <= now->Immediate)
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.IfAnyBitSet32X, "jmp/jset32-x@rbpf", "64 bits are tested")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpOnAnyOf64(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if ((*Steps.Destination(now, state) & *Steps.Source(now, state)) != 0)
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.IfNotEqual64X, "jmp/jne64-x@rbpf", "a taken branch is not paid for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpForFree(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Destination(now, state) != *Steps.Source(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.IfGreaterOrEqualSigned64K, "jmp/jsge64-k@rbpf", "a branch that is not taken is paid for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpPaidAlways(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if ((long)*Steps.Destination(now, state) >= (long)now->Immediate)
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches - 1);
    }

    [Mutant(Code.IfLessOrEqual64X, "jmp/jle64-x@rbpf", "the target is one step further")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpBeyond(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Destination(now, state) <= *Steps.Source(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now) + 1;
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Always, "jmp/ja@rbpf", "the budget is not looked at")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong JumpUnlimited(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
    }

    [Mutant(Code.CallLocal, "jmp/call-local[depth 7]@rbpf", "the budget is looked at before the depth")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong CallOrder(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
        Calls.Enter(now, state);
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
    }

    [Mutant(Code.CallLocal, "jmp/call-local[depth 0]@rbpf", "r10 stays the caller's")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong CallKeepsFramePointer(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        var framePointer = state->Registers[10];
        Calls.Enter(now, state);
        state->Registers[10] = framePointer;
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
    }

    [Mutant(Code.Exit, "jmp/exit[depth 2]@rbpf", "r9 is not brought back")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ReturnKeepsR9(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->Depth == 0) return Steps.StopAt(now, state, branches, Stop.Exit);
        var kept = state->Registers[9];
        now = Calls.Return(state, start);
        state->Registers[9] = kept;
        return now->Handler(now, state, start, host, branches);
    }

    [Mutant(Code.Pay, "alu/add64-x[metered]@rbpf", "an instruction is not paid for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong PayNothing(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->Instructions == 0) return Steps.StopAt(now, state, branches, Stop.InstructionBudget);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.TrapOnZero32, "alu/div32-x@rbpf", "64 bits of the divisor are looked at")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong GuardOnWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Source(now, state) == 0) return Steps.StopAt(now, state, branches, Stop.DivisionByZero);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.TrapOnZero64, "alu/mod64-x@rbpf", "it traps for another reason")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong GuardWithAnotherTrap(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Source(now, state) == 0) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.TrapOnLargeShift64, "alu/lsh64-x@strictest", "a shift amount of the width passes")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong GuardOneTooHigh(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (*Steps.Source(now, state) > 64) return Steps.StopAt(now, state, branches, Stop.ShiftAmount);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.TrapOnOverflow64X, "alu/smod64-x@strictest", "a trap spends a branch")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong GuardOnNextSlot(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Overflow64X(now, state)) return Steps.StopAt(now, state, branches - 1, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.CallHelper, "jmp/call-helper[fetch_local]@rbpf", "r0 is cleared before the helper is called")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong HelperAfterStep(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        state->Registers[0] = 0;
        return Steps.StopAt(now, state, branches, Stop.Call);
    }
}

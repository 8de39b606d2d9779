using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Proofs.Tests.Refinement;

/// <summary>A mutant of a handler: the code that it is for, a setup in which it shows, and what is wrong.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MutantAttribute(Code code, string setup, string bug) : Attribute
{
    public Code Code => code;

    public string Setup => setup;

    public string Bug => bug;
}

/// <summary>Mutants of the handlers of the fast machine, compiled.</summary>
internal static unsafe class MutantHandlers
{
    [Mutant(Code.Add32X, "alu/add32-x@rbpf", "no zero extension")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddWithoutMask(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Destination(now, state) + *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Add64K, "alu/add64-k@rbpf", "the immediate is not sign-extended")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddOfUnsignedImmediate(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) += (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Subtract64X, "alu/sub64-x@rbpf", "operands swapped")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SubtractSwapped(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state) - *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Multiply32K, "alu/mul32-k@rbpf", "the result is sign-extended")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MultiplySignExtended(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (ulong)(int)((uint)*Steps.Destination(now, state) * (uint)now->Immediate);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Divide32X, "alu/div32-x@rbpf", "signed instead of unsigned")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideSignedly(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = DivideSigned.Of32((uint)*Steps.Destination(now, state), (uint)*Steps.Source(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Divide64X, "alu/div64-x@rfc9669", "a zero divisor is not looked for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideByZero(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Destination(now, state) / *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.DivideSigned64X, "alu/sdiv64-x@rfc9669", "a divisor of -1 is not looked for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideLeastByMinusOne(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state) == 0 ? 0
            : (ulong)((long)*Steps.Destination(now, state) / (long)*Steps.Source(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Modulo32X, "alu/mod32-x@rfc9669", "a zero divisor keeps the upper half")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ModuloOfWholeDividend(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)*Steps.Source(now, state) == 0 ? *Steps.Destination(now, state)
            : (uint)*Steps.Destination(now, state) % (uint)*Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ModuloSigned64K, "alu/smod64-k@rfc9669", "the remainder depends on the divisor's sign")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ModuloSignOfDivisor(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = ModuloSigned.Of64(*Steps.Destination(now, state), now->Immediate) + (now->Immediate >> 63);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Xor64K, "alu/xor64-k@rbpf", "or instead of exclusive or")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong OrForXor(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) |= now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Xor32K, "alu/xor32-k@rbpf", "the upper half stays")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong XorKeepsUpperHalf(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) ^= (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftRight64X, "alu/rsh64-x@rbpf", "the shift amount is masked to 5 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftByFiveBits(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) >>= (int)(*Steps.Source(now, state) & 31);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftLeft32X, "alu/lsh32-x@rbpf", "the shift amount is masked to 6 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftByUnmaskedAmount(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)((ulong)(uint)*Steps.Destination(now, state) << (int)(*Steps.Source(now, state) & 63));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftRightSigned32K, "alu/arsh32-k@rbpf", "zeros come in instead of signs")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftZeroesIn(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)*Steps.Destination(now, state) >> (int)(now->Immediate & 31);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Move32, "alu/mov32-x@rbpf", "the upper half moves too")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.MoveSigned8To32, "alu/movsx8to32@rbpf", "sign-extended to 64 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveSignedTooFar(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (ulong)(sbyte)*Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Move64, "alu/mov64-x@rbpf", "the wrong register is written")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveToSource(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Source(now, state) = *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Swap16, "alu/be16@rbpf", "the bits above stay")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SwapKeepsRest(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (*Steps.Destination(now, state) & ~0xffffUL) | Swapped16.Of(*Steps.Destination(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Negate32, "alu/neg32@rbpf", "the whole register is negated")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong NegateWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = 0 - *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Constant, "imm/lddw@rbpf", "the upper half of the immediate is lost")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ConstantTruncated(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

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

    [Mutant(Code.Load4, "mem/ldxw@rbpf", "the reach of 2 bytes for 4")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong LoadReachOfTwo(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at < state->Readable2)
        {
            Steps.Load<Size4, Same>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.Read, branches);
        Steps.Load<Size4, Same>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Load4, "mem/ldxw@rbpf", "one beyond the reach")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong LoadOneTooFar(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at <= state->Readable4)
        {
            Steps.Load<Size4, Same>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.Read, branches);
        Steps.Load<Size4, Same>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Load2, "mem/ldxh@rbpf", "the permission to write instead of that to read")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong LoadIfWritable(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at < state->Writable2)
        {
            Steps.Load<Size2, Same>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack2) return Missed(now, state, address, 2, Grants.Write, branches);
        Steps.Load<Size2, Same>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.LoadSigned4, "mem/ldxsw@rbpf", "not sign-extended")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong LoadUnsigned(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at < state->Readable4)
        {
            Steps.Load<Size4, Same>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.Read, branches);
        Steps.Load<Size4, Same>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Load8, "mem/ldxdw@rbpf", "half of the bytes")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong LoadHalf(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at < state->Readable8)
        {
            Steps.Load<Size4, Same>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack8) return Missed(now, state, address, 8, Grants.Read, branches);
        Steps.Load<Size4, Same>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Store4X, "mem/stxw@rbpf", "the permission to read instead of that to write")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreIfReadable(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable4)
        {
            Steps.StoreX<Size4>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.Read, branches);
        Steps.StoreX<Size4>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Store2K, "mem/sth@rbpf", "more bytes than checked")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreTooMuch(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Writable2)
        {
            Steps.StoreK<Size4>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack2) return Missed(now, state, address, 2, Grants.Write, branches);
        Steps.StoreK<Size4>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Store8X, "mem/stxdw@rbpf", "one beyond the stack frame")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreBeyondStack(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Writable8)
        {
            Steps.StoreX<Size8>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at > state->Stack8) return Missed(now, state, address, 8, Grants.Write, branches);
        Steps.StoreX<Size8>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Store1X, "mem/stxb@rbpf", "the wrong register is stored")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreDestination(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Writable1)
        {
            Size1.Write(host + at, *Steps.Destination(now, state));
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack1) return Missed(now, state, address, 1, Grants.Write, branches);
        Size1.Write(state->StackHost + at, *Steps.Destination(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.AtomicAdd4, "atomic/add32@rbpf", "8 bytes instead of 4")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicTooWide(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable4 && at < state->Writable4)
        {
            Steps.Atomic<Size8, Add>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.ReadWrite, branches);
        Steps.Atomic<Size8, Add>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.AtomicAnd8, "atomic/and64@rbpf", "or instead of and")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicOrForAnd(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable8 && at < state->Writable8)
        {
            Steps.Atomic<Size8, Or>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack8) return Missed(now, state, address, 8, Grants.ReadWrite, branches);
        Steps.Atomic<Size8, Or>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.AtomicFetchAdd8, "atomic/fetch-add64@rbpf", "the permission to write is not looked at")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicOnReadOnly(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable8)
        {
            Steps.AtomicFetch<Size8, Add>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack8) return Missed(now, state, address, 8, Grants.ReadWrite, branches);
        Steps.AtomicFetch<Size8, Add>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.AtomicFetchOr4, "atomic/fetch-or32@rbpf", "the new value is fetched")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicFetchesNew(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable4 && at < state->Writable4)
        {
            Steps.Atomic<Size4, Or>(now, state, host + at);
            *Steps.Source(now, state) = Size4.Read(host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.ReadWrite, branches);
        Steps.Atomic<Size4, Or>(now, state, state->StackHost + at);
        *Steps.Source(now, state) = Size4.Read(state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.AtomicCompareExchange4, "atomic/cmpxchg32@rbpf", "64 bits of r0 are compared")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ExchangeOnWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < state->Readable4 && at < state->Writable4)
        {
            Exchange(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= state->Stack4) return Missed(now, state, address, 4, Grants.ReadWrite, branches);
        Exchange(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
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

    private static void Exchange(PredecodedStep* now, RunState* state, byte* at)
    {
        var old = Size4.Read(at);
        if (old == state->Registers[0]) Size4.Write(at, *Steps.Source(now, state));
        state->Registers[0] = old;
    }

    private static ulong Missed(
        PredecodedStep* now, RunState* state, ulong address, ulong bytes, ulong permission, ulong branches)
    {
        var region = Grants.Cache(state, address, bytes, permission);
        if (region == null) return Steps.StopAt(now, state, branches, Stop.MemoryAccess);
        return now->Handler(now, state, region->Start, region->Host, branches);
    }
}

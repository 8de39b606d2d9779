using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>The threaded engine: one handler a code, each of which ends by calling that of the step to go on with.</summary>
/// <remarks>
/// <para>
/// The parameters are all that the engine keeps in processor registers: the step, the state, the cached region's start
/// and host pointer, and the branches left. The call at the end is one in tail position with the parameters of the
/// caller, which an optimising compiler makes a jump; <see cref="ThreadedEngine.IsAvailable"/> finds out whether it does.
/// </para>
/// <para>Unsafe, and safe for the reasons of <see cref="SwitchEngine"/>, which does the same in the same steps: the claims <c>refinement/threaded/*</c>.</para>
/// </remarks>
internal static unsafe partial class Handlers
{
    /// <summary>32-bit arithmetic with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Alu32K<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu32K<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>32-bit arithmetic with the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Alu32X<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu32X<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>64-bit arithmetic with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Alu64K<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu64K<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>64-bit arithmetic with the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Alu64X<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu64X<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Constant(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        Steps.Constant(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A function of the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Move<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IConversion
    {
        Steps.Move<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A function of the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Convert<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IConversion
    {
        Steps.Convert<T>(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A jump that is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Always(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
    }

    /// <summary>A jump on a condition at 32 bits with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong If32K<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        if (Steps.If32K<T>(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A jump on a condition at 32 bits with the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong If32X<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        if (Steps.If32X<T>(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A jump on a condition at 64 bits with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong If64K<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        if (Steps.If64K<T>(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A jump on a condition at 64 bits with the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong If64X<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        if (Steps.If64X<T>(now, state))
        {
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            now = Steps.Target(now);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Load<TSize, T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
        where T : struct, IConversion
    {
        var address = Steps.SourceAddress(now, state);
        var at = address - start;
        if (at < TSize.Readable(state))
        {
            Steps.Load<TSize, T>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.Read, branches);
        Steps.Load<TSize, T>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A store of the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreK<TSize>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < TSize.Writable(state))
        {
            Steps.StoreK<TSize>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.Write, branches);
        Steps.StoreK<TSize>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A store of the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong StoreX<TSize>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < TSize.Writable(state))
        {
            Steps.StoreX<TSize>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.Write, branches);
        Steps.StoreX<TSize>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>An atomic operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Atomic<TSize, T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
        where T : struct, IArithmetic
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < TSize.Readable(state) && at < TSize.Writable(state))
        {
            Steps.Atomic<TSize, T>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.ReadWrite, branches);
        Steps.Atomic<TSize, T>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>An atomic operation that loads the old value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicFetch<TSize, T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
        where T : struct, IArithmetic
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < TSize.Readable(state) && at < TSize.Writable(state))
        {
            Steps.AtomicFetch<TSize, T>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.ReadWrite, branches);
        Steps.AtomicFetch<TSize, T>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>An atomic compare and exchange.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AtomicCompareExchange<TSize>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
    {
        var address = Steps.DestinationAddress(now, state);
        var at = address - start;
        if (at < TSize.Readable(state) && at < TSize.Writable(state))
        {
            Steps.AtomicCompareExchange<TSize>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.ReadWrite, branches);
        Steps.AtomicCompareExchange<TSize>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A packet load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Packet<TSize, T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
        where T : struct, IConversion
    {
        var address = Steps.PacketAddress(now, state);
        var at = address - start;
        if (at < TSize.Readable(state))
        {
            Steps.Packet<TSize, T>(now, state, host + at);
            return now[1].Handler(now + 1, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now, state, address, TSize.Bytes, Grants.Read, branches);
        Steps.Packet<TSize, T>(now, state, state->StackHost + at);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>A call of a helper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Call(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        return Steps.StopAt(now, state, branches, Stop.Call);
    }

    /// <summary>A local call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong CallLocal(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        Calls.Enter(now, state);
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
    }

    /// <summary>The end, or the return from a local call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Exit(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->Depth == 0) return Steps.StopAt(now, state, branches, Stop.Exit);
        now = Calls.Return(state, start);
        return now->Handler(now, state, start, host, branches);
    }

    /// <summary>Pays for an instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Pay(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (state->Instructions == 0) return Steps.StopAt(now, state, branches, Stop.InstructionBudget);
        state->Instructions--;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps for the reason in the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapAlways(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        return Steps.StopAt(now, state, branches, now->Immediate);
    }

    /// <summary>Traps on a zero divisor at 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnZero32(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Zero32(now, state)) return Steps.StopAt(now, state, branches, Stop.DivisionByZero);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on a zero divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnZero64(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Zero64(now, state)) return Steps.StopAt(now, state, branches, Stop.DivisionByZero);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on the least number at 32 bits, by -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnOverflow32K(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Overflow32K(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on the least number at 32 bits by -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnOverflow32X(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Overflow32X(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on the least number, by -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnOverflow64K(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Overflow64K(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on the least number by -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnOverflow64X(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.Overflow64X(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on a shift amount of 32 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnLargeShift32(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.LargeShift32(now, state)) return Steps.StopAt(now, state, branches, Stop.ShiftAmount);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on a shift amount of 64 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnLargeShift64(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.LargeShift64(now, state)) return Steps.StopAt(now, state, branches, Stop.ShiftAmount);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    /// <summary>Traps on a misaligned address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong TrapOnMisaligned(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        if (Steps.IsMisaligned(now, state)) return Steps.StopMisaligned(now, state, branches);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    // Meets the same step again with the region that grants the access, which then is the cached one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Missed(
        PredecodedStep* now, RunState* state, ulong address, ulong bytes, ulong permission, ulong branches)
    {
        var region = Grants.Cache(state, address, bytes, permission);
        if (region == null) return Steps.StopAt(now, state, branches, Stop.MemoryAccess);
        return now->Handler(now, state, region->Start, region->Host, branches);
    }
}

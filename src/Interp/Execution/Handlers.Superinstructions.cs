using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <content>Superinstructions: several steps in one handler. What each relies on is its <see cref="Condition"/>.</content>
internal static unsafe partial class Handlers
{
    /// <summary>A move, then arithmetic with another register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveX<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.MoveX<T>(now, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then arithmetic with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveK<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.MoveK<T>(now, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then arithmetic with the immediate, then with another register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveKX<TFirst, TSecond>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TFirst : struct, IArithmetic
        where TSecond : struct, IArithmetic
    {
        Steps.MoveKX<TFirst, TSecond>(now, state);
        return now[3].Handler(now + 3, state, start, host, branches);
    }

    /// <summary>Shifts by 32 to the left and to the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftsToLow32(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        Steps.ShiftsToLow32(now, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then shifts by 32 to the left and to the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveLow32(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        Steps.MoveLow32(now, state);
        return now[3].Handler(now + 3, state, start, host, branches);
    }

    /// <summary>A sum of registers, then a load from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddLoad<TSize>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
    {
        var sum = *Steps.Destination(now, state) + *Steps.Source(now, state);
        *Steps.Destination(now, state) = sum;
        var address = sum + (ulong)now[1].Offset;
        var at = address - start;
        if (at < TSize.Readable(state))
        {
            Steps.Load<TSize, Same>(now + 1, state, host + at);
            return now[2].Handler(now + 2, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now + 1, state, address, TSize.Bytes, Grants.Read, branches);
        Steps.Load<TSize, Same>(now + 1, state, state->StackHost + at);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then a sum with another register, then a load from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveAddLoad<TSize>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TSize : struct, ISize
    {
        var sum = *Steps.Source(now, state) + *Steps.Source(now + 1, state);
        *Steps.Destination(now, state) = sum;
        var address = sum + (ulong)now[2].Offset;
        var at = address - start;
        if (at < TSize.Readable(state))
        {
            Steps.Load<TSize, Same>(now + 2, state, host + at);
            return now[3].Handler(now + 3, state, start, host, branches);
        }

        at = address - state->StackStart;
        if (at >= TSize.Stack(state)) return Missed(now + 2, state, address, TSize.Bytes, Grants.Read, branches);
        Steps.Load<TSize, Same>(now + 2, state, state->StackHost + at);
        return now[3].Handler(now + 3, state, start, host, branches);
    }

    /// <summary>A sum with the immediate, then a jump on a condition with another register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddIfX<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        var sum = *Steps.Destination(now, state) + now->Immediate;
        *Steps.Destination(now, state) = sum;
        if (T.Of64(sum, *Steps.Source(now + 1, state)))
        {
            if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
            now = Steps.Target(now + 1);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A sum with the immediate, then a jump on a condition with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddIfK<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        var sum = *Steps.Destination(now, state) + now->Immediate;
        *Steps.Destination(now, state) = sum;
        if (T.Of64(sum, now[1].Immediate))
        {
            if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
            now = Steps.Target(now + 1);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then a jump on a condition with a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveIfX<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        Steps.Move<Same>(now, state);
        if (Steps.If64X<T>(now + 1, state))
        {
            if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
            now = Steps.Target(now + 1);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A move, then a jump on a condition with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveIfK<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, ICondition
    {
        Steps.Move<Same>(now, state);
        if (Steps.If64K<T>(now + 1, state))
        {
            if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
            now = Steps.Target(now + 1);
            return now->Handler(now, state, start, host, branches - 1);
        }

        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>A sum with a register, one with the immediate, then a move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddAddMove(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        Steps.Alu64X<Add>(now, state);
        Steps.Alu64K<Add>(now + 1, state);
        Steps.Move<Same>(now + 2, state);
        return now[3].Handler(now + 3, state, start, host, branches);
    }

    /// <summary>Arithmetic with a register, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AluXAluX<TFirst, TSecond>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TFirst : struct, IArithmetic
        where TSecond : struct, IArithmetic
    {
        Steps.Alu64X<TFirst>(now, state);
        Steps.Alu64X<TSecond>(now + 1, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>Arithmetic with a register, then with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AluXAluK<TFirst, TSecond>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TFirst : struct, IArithmetic
        where TSecond : struct, IArithmetic
    {
        Steps.Alu64X<TFirst>(now, state);
        Steps.Alu64K<TSecond>(now + 1, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>Arithmetic with the immediate, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AluKAluK<TFirst, TSecond>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where TFirst : struct, IArithmetic
        where TSecond : struct, IArithmetic
    {
        Steps.Alu64K<TFirst>(now, state);
        Steps.Alu64K<TSecond>(now + 1, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>Arithmetic with the immediate, then a move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AluKMove<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu64K<T>(now, state);
        Steps.Move<Same>(now + 1, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }

    /// <summary>Arithmetic with a register, then a move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AluXMove<T>(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
        where T : struct, IArithmetic
    {
        Steps.Alu64X<T>(now, state);
        Steps.Move<Same>(now + 1, state);
        return now[2].Handler(now + 2, state, start, host, branches);
    }
}

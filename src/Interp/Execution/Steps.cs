using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>The effects of steps, written once for both engines.</summary>
/// <remarks>
/// Unsafe, and safe: a step's register fields are 8 times a number from 0 to 11, which is within the registers at the
/// start of the state; a pointer to memory comes from a comparison with the reach of its region for that size. The
/// claims <c>refinement/*</c> say so of both engines: they demand of every access that it stays within what it points to.
/// </remarks>
internal static unsafe class Steps
{
    /// <summary>Where the destination register is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* Destination(PredecodedStep* now, RunState* state) => (ulong*)((byte*)state + now->Destination);

    /// <summary>Where the source register is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* Source(PredecodedStep* now, RunState* state) => (ulong*)((byte*)state + now->Source);

    /// <summary>The first step of the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PredecodedStep* Target(PredecodedStep* now) => (PredecodedStep*)((byte*)now + now->Offset);

    /// <summary>32-bit arithmetic with the immediate; the result is zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Alu32K<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of32((uint)*Destination(now, state), (uint)now->Immediate);

    /// <summary>32-bit arithmetic with the source register; the result is zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Alu32X<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of32((uint)*Destination(now, state), (uint)*Source(now, state));

    /// <summary>64-bit arithmetic with the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Alu64K<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of64(*Destination(now, state), now->Immediate);

    /// <summary>64-bit arithmetic with the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Alu64X<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of64(*Destination(now, state), *Source(now, state));

    /// <summary>The destination becomes the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Constant(PredecodedStep* now, RunState* state) =>
        *Destination(now, state) = now->Immediate;

    /// <summary>The destination becomes a function of the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move<T>(PredecodedStep* now, RunState* state)
        where T : struct, IConversion =>
        *Destination(now, state) = T.Of(*Source(now, state));

    /// <summary>The destination becomes a function of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Convert<T>(PredecodedStep* now, RunState* state)
        where T : struct, IConversion =>
        *Destination(now, state) = T.Of(*Destination(now, state));

    /// <summary>Whether a 32-bit condition holds of the destination and the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool If32K<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition =>
        T.Of32((uint)*Destination(now, state), (uint)now->Immediate);

    /// <summary>Whether a 32-bit condition holds of the destination and the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool If32X<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition =>
        T.Of32((uint)*Destination(now, state), (uint)*Source(now, state));

    /// <summary>Whether a 64-bit condition holds of the destination and the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool If64K<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition =>
        T.Of64(*Destination(now, state), now->Immediate);

    /// <summary>Whether a 64-bit condition holds of the destination and the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool If64X<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition =>
        T.Of64(*Destination(now, state), *Source(now, state));

    /// <summary>The address of a load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SourceAddress(PredecodedStep* now, RunState* state) =>
        *Source(now, state) + (ulong)now->Offset;

    /// <summary>The address of a store or an atomic operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong DestinationAddress(PredecodedStep* now, RunState* state) =>
        *Destination(now, state) + (ulong)now->Offset;

    /// <summary>The address of a packet load; the immediate counts from address zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PacketAddress(PredecodedStep* now, RunState* state) =>
        *Source(now, state) + now->Immediate;

    /// <summary>A load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TSize, T>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize
        where T : struct, IConversion =>
        *Destination(now, state) = T.Of(TSize.Read(at));

    /// <summary>A packet load into r0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Packet<TSize, T>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize
        where T : struct, IConversion =>
        state->Registers[0] = T.Of(TSize.Read(at));

    /// <summary>A store of the immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreK<TSize>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize =>
        TSize.Write(at, now->Immediate);

    /// <summary>A store of the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreX<TSize>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize =>
        TSize.Write(at, *Source(now, state));

    /// <summary>An atomic operation; the low bits of a 64-bit result are those of the result of the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Atomic<TSize, T>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize
        where T : struct, IArithmetic =>
        TSize.Write(at, T.Of64(TSize.Read(at), *Source(now, state)));

    /// <summary>An atomic operation that loads the old value into the source register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtomicFetch<TSize, T>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize
        where T : struct, IArithmetic
    {
        var old = TSize.Read(at);
        TSize.Write(at, T.Of64(old, *Source(now, state)));
        *Source(now, state) = old;
    }

    /// <summary>Compares with r0 and exchanges; loads the old value into r0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtomicCompareExchange<TSize>(PredecodedStep* now, RunState* state, byte* at)
        where TSize : struct, ISize
    {
        var old = TSize.Read(at);
        if (old == TSize.Low(state->Registers[0])) TSize.Write(at, *Source(now, state));
        state->Registers[0] = old;
    }

    /// <summary>A move, then arithmetic with another register.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MoveX<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of64(*Source(now, state), *Source(now + 1, state));

    /// <summary>A move, then arithmetic with the immediate.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MoveK<T>(PredecodedStep* now, RunState* state)
        where T : struct, IArithmetic =>
        *Destination(now, state) = T.Of64(*Source(now, state), now[1].Immediate);

    /// <summary>A move, then arithmetic with the immediate, then with another register.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MoveKX<TFirst, TSecond>(PredecodedStep* now, RunState* state)
        where TFirst : struct, IArithmetic
        where TSecond : struct, IArithmetic =>
        *Destination(now, state) = TSecond.Of64(TFirst.Of64(*Source(now, state), now[1].Immediate), *Source(now + 2, state));

    /// <summary>Shifts by 32 to the left and to the right.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ShiftsToLow32(PredecodedStep* now, RunState* state) =>
        *Destination(now, state) = (uint)*Destination(now, state);

    /// <summary>A move, then shifts by 32 to the left and to the right.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MoveLow32(PredecodedStep* now, RunState* state) =>
        *Destination(now, state) = (uint)*Source(now, state);

    /// <summary>A sum of registers; yields the address of the load after it, from there.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AddAddress(PredecodedStep* now, RunState* state)
    {
        var sum = *Destination(now, state) + *Source(now, state);
        *Destination(now, state) = sum;
        return sum + (ulong)now[1].Offset;
    }

    /// <summary>A move, then a sum with another register; yields the address of the load after them, from there.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MoveAddAddress(PredecodedStep* now, RunState* state)
    {
        var sum = *Source(now, state) + *Source(now + 1, state);
        *Destination(now, state) = sum;
        return sum + (ulong)now[2].Offset;
    }

    /// <summary>A sum with the immediate, then whether a condition holds of it and another register.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddIfX<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition
    {
        var sum = *Destination(now, state) + now->Immediate;
        *Destination(now, state) = sum;
        return T.Of64(sum, *Source(now + 1, state));
    }

    /// <summary>A sum with the immediate, then whether a condition holds of it and the next immediate.</summary>
    /// <remarks>Several steps; <see cref="Condition"/> says of which registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddIfK<T>(PredecodedStep* now, RunState* state)
        where T : struct, ICondition
    {
        var sum = *Destination(now, state) + now->Immediate;
        *Destination(now, state) = sum;
        return T.Of64(sum, now[1].Immediate);
    }

    /// <summary>Whether the divisor is zero at 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Zero32(PredecodedStep* now, RunState* state) => (uint)*Source(now, state) == 0;

    /// <summary>Whether the divisor is zero at 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Zero64(PredecodedStep* now, RunState* state) => *Source(now, state) == 0;

    /// <summary>Whether the dividend is the least number at 32 bits; the divisor, the immediate, is -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Overflow32K(PredecodedStep* now, RunState* state) => (uint)*Destination(now, state) == 1U << 31;

    /// <summary>Whether the dividend is the least number at 32 bits and the divisor -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Overflow32X(PredecodedStep* now, RunState* state) =>
        (uint)*Destination(now, state) == 1U << 31 && (uint)*Source(now, state) == uint.MaxValue;

    /// <summary>Whether the dividend is the least number; the divisor, the immediate, is -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Overflow64K(PredecodedStep* now, RunState* state) => *Destination(now, state) == 1UL << 63;

    /// <summary>Whether the dividend is the least number and the divisor -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Overflow64X(PredecodedStep* now, RunState* state) =>
        *Destination(now, state) == 1UL << 63 && *Source(now, state) == ulong.MaxValue;

    /// <summary>Whether the shift amount is 32 or more, at 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LargeShift32(PredecodedStep* now, RunState* state) => (uint)*Source(now, state) >= 32;

    /// <summary>Whether the shift amount is 64 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LargeShift64(PredecodedStep* now, RunState* state) => *Source(now, state) >= 64;

    /// <summary>Whether the address, the source plus the immediate, is no multiple of the size in the offset's low byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMisaligned(PredecodedStep* now, RunState* state) =>
        (PacketAddress(now, state) & (((ulong)now->Offset & 0xff) - 1)) != 0;

    /// <summary>Stops before a misaligned access: for what the first check that it fails says.</summary>
    /// <remarks>The offset is the size plus 256 times the permission.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static ulong StopMisaligned(PredecodedStep* now, RunState* state, ulong branches) => StopAt(
        now,
        state,
        branches,
        Grants.Find(state, PacketAddress(now, state), (ulong)now->Offset & 0xff, (ulong)now->Offset >> 8) == null
            ? Stop.MemoryAccess
            : Stop.MemoryAlignment);

    /// <summary>Stops at a step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static ulong StopAt(PredecodedStep* now, RunState* state, ulong branches, ulong stop)
    {
        state->Stopped = now;
        state->Branches = branches;
        return stop;
    }
}

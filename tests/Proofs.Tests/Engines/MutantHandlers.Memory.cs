using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Proofs.Tests.Engines;

// Loads, stores and atomic operations.
internal static unsafe partial class MutantHandlers
{
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

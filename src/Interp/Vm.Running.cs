using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp;

/// <summary>How a run begins, takes its course and ends.</summary>
public sealed partial class Vm
{
    // Whatever a manager of memory throws, all is unpinned, and the turn ends.
    private void Unpin(Turn.Claim claim)
    {
        ExceptionDispatchInfo? failure = null;
        for (var i = 0; i < mappings.Count; i++)
        {
            try
            {
                mappings[i].Unpin();
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        if (failure is null) return;
        claim.Leave();
        failure.Throw();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Begin(byte* context, int length)
    {
        // Little is written here: it is what a short run takes most of its time for. What local calls change they put back, unless
        // the last run ended within one; the first region is the stack from the beginning on.
        var now = state;
        if (last.Trap is not null) last = default;
        if (now->Depth != 0) core.Begin(AddressSpace.Stack);
        ClearRegisters(now->Registers);
        now->Registers[10] = stackEnd;
        now->Branches = branchLimit;
        now->Instructions = instructionLimit;
        if (mayWrite) ClearStack();
        ulong count = 1;
        if (length != 0)
        {
            now->Registers[1] = AddressSpace.Context;
            if (passesLength) now->Registers[2] = (ulong)length;
            now->Regions[1] = new() { Start = AddressSpace.Context, Length = (ulong)length, Host = context, Permission = Grants.ReadWrite };
            count = 2;
        }

        now->RegionCount = count;
    }

    private unsafe void ClearStack() => new Span<byte>(state->StackHost, (int)core.FrameBytes).Clear();

    // r0 and the slot of the EXIT; if it did not end there, how it ended is kept.
    private unsafe ulong RunToEnd(Span<byte> context, out int exit)
    {
        var claim = turn.Enter();

        // Safe: the context is pinned in this block, and the regions that point to it are not used after it.
        fixed (byte* bytes = context)
        {
            exit = NoExit;
            if (context.Length != againFor)
            {
                ended = RunAnew(claim, bytes, context.Length);
                return 0;
            }

            // Nothing throws here, so that nothing is to be undone.
            contextRegion->Host = bytes;
            if (clearsStack) ClearStack();
            var left = repeating!((byte*)state, bytes);
            if (left != usualExit)
            {
                ended = EndUnusually(claim, left);
                return 0;
            }

            exit = left;
            var result = state->Registers[0];
            claim.Leave();
            return result;
        }
    }

    // A run of which it is not known that it is like the one before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe RunResult RunAnew(Turn.Claim claim, byte* context, int length)
    {
        againFor = NoLength;
        if ((sameFor != AnyLength && sameFor != length)
            || !tiered.IsEnteredAtOnce || mappings.Count > 0 || (ulong)length > contextRoom)
        {
            return RunInAnyCase(claim, context, length);
        }

        // Nothing throws here, so that nothing is to be undone.
        Begin(context, length);
        var left = tiered.RunFromEntry(state);
        if (!tiered.Exits(left)) return GoOn(claim, left);
        branchesOfAlike += branchLimit - state->Branches + BranchesOfRun;
        if ((branchesOfAlike >= worthRepeating || repeated == tiered) && length > 0) return EndOfAlike(claim, left, length);
        var result = state->Registers[0];
        claim.Leave();
        return new(null, result, left);
    }

    // Compiled code alone has run, so of the state only that has changed which it writes: as code for such runs expects it.
    private unsafe RunResult EndOfAlike(Turn.Claim claim, int left, int length)
    {
        try
        {
            if (repeated != tiered || compilationsOfRepeated != tiered.Compilations)
            {
                repeating = tiered.CompiledFor(
                    new(null, passesLength, core.FrameBytes, branchLimit, instructionLimit), out repeatedFor, out clearsStack);
                (repeated, compilationsOfRepeated) = (tiered, tiered.Compilations);

                // Again only after as many branches, if it is another program next time.
                branchesOfAlike = 0;
            }

            if (repeating is not null && (repeatedFor is null || repeatedFor == (ulong)length))
            {
                (againFor, usualExit) = (length, left);
                contextRegion = state->Regions + Beginning.ContextRegion;

                // Code made with other expectations may have written where this code never does.
                if (mayWrite && !clearsStack) ClearStack();
            }

            return new(null, state->Registers[0], left);
        }
        finally
        {
            claim.Leave();
        }
    }

    // At another EXIT than the last run, or where the interpreter goes on.
    private unsafe RunResult EndUnusually(Turn.Claim claim, int left)
    {
        if (!tiered.Exits(left))
        {
            againFor = NoLength;
            return GoOn(claim, left);
        }

        usualExit = left;
        var result = state->Registers[0];
        claim.Leave();
        return new(null, result, left);
    }

    // Room for regions, of which the first is the entry's stack frame.
    private unsafe void Reserve(int count)
    {
        core.Reserve(count);
        state->Regions[0] = new()
        {
            Start = AddressSpace.Stack,
            Length = core.FrameBytes,
            Host = core.Frame(0),
            Permission = Grants.ReadWrite,
        };
    }

    private unsafe void PinMappings()
    {
        for (var i = 0; i < mappings.Count; i++)
        {
            var mapping = mappings[i];
            var copy = tiered == plain ? null : certified!.CopyOf(i);
            core.Add(
                mapping.Address, (ulong)mapping.Bytes.Length, copy != null ? copy : mapping.Pin(), (ulong)mapping.Permission);
        }
    }

    private unsafe RunResult RunInAnyCase(Turn.Claim claim, byte* context, int length)
    {
        try
        {
            if ((ulong)length > contextRoom) throw new ArgumentException(Reaches(length), nameof(context));
            if (certified is not null)
            {
                sameFor = NoLength;
                tiered = certified.ProgramFor(mappings, length) ?? plain;
                if (mappings.Count == 0) sameFor = length;
            }

            Begin(context, length);
            if (mappings.Count > 0) PinMappings();
            return RunToEnd(tiered.IsEnteredAtOnce
                ? tiered.GoOn(tiered.RunFromEntry(state))
                : tiered.Run(tiered.Entry, AddressSpace.Context, (ulong)length, context));
        }
        finally
        {
            if (mappings.Count > 0) Unpin(claim);
            claim.Leave();
        }
    }

    // Where compiled code has left.
    private unsafe RunResult GoOn(Turn.Claim claim, int left)
    {
        try
        {
            return RunToEnd(tiered.GoOn(left));
        }
        finally
        {
            claim.Leave();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe RunResult RunToEnd(ulong stop) => stop is Stop.Exit ? End(stop, state->Stopped) : GoOn(stop);

    private unsafe RunResult GoOn(ulong stop)
    {
        while (true)
        {
            var step = state->Stopped;
            if (stop is Stop.Call && Call(step) is { } refused) stop = refused;
            if (stop is Stop.Call)
            {
                step++;
            }
            else if (stop is Stop.BranchBudget && !isBranchLimited)
            {
                // Another 2^64 branches: no limit is no limit.
                state->Branches = ulong.MaxValue;
            }
            else
            {
                return End(stop, step);
            }

            stop = tiered.Run(step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe RunResult End(ulong stop, PredecodedStep* step)
    {
        // A trap leaves the budget as it was before the instruction.
        if (tiered.Current.IsMetered && stop is not (Stop.Exit or Stop.InstructionBudget)) state->Instructions++;
        return last = new(stop is Stop.Exit ? null : (Trap)(stop - Stop.FirstTrap), state->Registers[0], tiered.Current.SlotOf(step));
    }

    // What refuses the call; if nothing does, it is done.
    private unsafe ulong? Call(PredecodedStep* step)
    {
        var id = (uint)step->Immediate;
        foreach (var helper in step->Code is Code.CallBtf ? btfFunctions : helpers)
        {
            if (helper.Declaration.Id != id) continue;
            var call = new HelperCall(helper.Declaration.Arguments, state);
            if (!call.IsGranted()) return Stop.MemoryAccess;
            state->Registers[0] = helper.Body(call);
            return null;
        }

        return Stop.UnknownHelper;
    }

    private static ulong Count(Allowance<ulong> limit) => limit switch
    {
        Allowance<ulong>.Unlimited => ulong.MaxValue,
        Allowance<ulong>.Remaining(var count) => count,
    };

    // Eleven of them, by three stores that overlap: a call, or a store of 64 bytes, would take longer.
    private static unsafe void ClearRegisters(ulong* registers)
    {
        Vector256<ulong>.Zero.Store(registers);
        Vector256<ulong>.Zero.Store(registers + 4);
        Vector256<ulong>.Zero.Store(registers + RunState.RegisterCount - 4);
    }
}

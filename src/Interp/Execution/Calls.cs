using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>Local calls and the return from them.</summary>
/// <remarks>
/// Unsafe, and safe: there is room for as many frames, in the three arrays that hold them, as <see cref="RunState.CallsLeft"/>
/// and <see cref="RunState.Depth"/> have together, and the callers compare them with zero first.
/// The claims <c>refinement/*/jmp/call-local*</c> and <c>refinement/*/jmp/exit*</c> say so of every depth.
/// </remarks>
internal static unsafe class Calls
{
    /// <summary>Begins a frame, right below the current one, zeroed. There must be a call left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Enter(PredecodedStep* now, RunState* state)
    {
        var saved = state->Frames + state->Depth;
        saved->ReturnTo = now + 1;
        saved->R6 = state->Registers[6];
        saved->R7 = state->Registers[7];
        saved->R8 = state->Registers[8];
        saved->R9 = state->Registers[9];
        saved->R10 = state->Registers[10];
        state->Registers[10] = state->StackStart;
        state->StackStart -= state->FrameBytes;
        state->StackHost -= state->FrameStride;
        NativeMemory.Clear(state->StackHost, (nuint)state->FrameBytes);
        var region = state->Regions + state->RegionCount;
        region->Start = state->StackStart;
        region->Length = state->FrameBytes;
        region->Host = state->StackHost;
        region->Permission = Grants.ReadWrite;
        state->RegionCount++;
        state->Depth++;
        state->CallsLeft--;
    }

    /// <summary>Ends a frame; yields the step to go on with. There must be a frame.</summary>
    /// <param name="state">The state.</param>
    /// <param name="start">The start of the cached region, which is forgotten if it is the frame that ends.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static PredecodedStep* Return(RunState* state, ulong start)
    {
        if (start == state->StackStart) Grants.Forget(state);
        state->CallsLeft++;
        state->Depth--;
        state->RegionCount--;
        state->StackStart += state->FrameBytes;
        state->StackHost += state->FrameStride;
        var saved = state->Frames + state->Depth;
        state->Registers[6] = saved->R6;
        state->Registers[7] = saved->R7;
        state->Registers[8] = saved->R8;
        state->Registers[9] = saved->R9;
        state->Registers[10] = saved->R10;
        return saved->ReturnTo;
    }
}

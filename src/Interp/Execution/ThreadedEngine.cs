using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Compact;

namespace RbpfSpec.Interp.Execution;

/// <summary>Starts handlers, and finds out whether they can be used at all.</summary>
internal static unsafe class ThreadedEngine
{
    /// <summary>Whether a handler's last call is a jump here; else a long run would overflow the thread's stack.</summary>
    /// <remarks>It is in code compiled with optimisation, on runtimes that compile at all.</remarks>
    public static bool IsAvailable { get; } = RuntimeFeature.IsDynamicCodeCompiled && EndsByJump();

    /// <summary>Runs from a step on until something stops it; yields why, and leaves the rest in the state.</summary>
    public static ulong Run(CompactInstruction* now, MachineState* state) =>
        now->Handler(now, state, 0, null, state->Branches);

    // Two steps that note how deep the stack is, the way handlers call each other: by jumps, both are as deep.
    private static bool EndsByJump()
    {
        // Safe: the steps read no more than the state, and the last one calls nothing.
        var steps = stackalloc CompactInstruction[2];
        MachineState state = default;
        steps[0].Handler = &Note;
        steps[1].Handler = &NoteLast;
        return steps[0].Handler(steps, &state, 0, null, 0) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Note(CompactInstruction* now, MachineState* state, ulong start, byte* host, ulong branches)
    {
        state->Registers[0] = Depth();
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong NoteLast(CompactInstruction* now, MachineState* state, ulong start, byte* host, ulong branches) =>
        state->Registers[0] - Depth();

    // A local of a method that is not inlined lies where the caller's frame ends.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Depth()
    {
        byte local;
        return (ulong)&local;
    }
}

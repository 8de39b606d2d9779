using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>Whether handlers can be used at all. Running them is calling that of the first step.</summary>
internal static unsafe class ThreadedEngine
{
    /// <summary>Whether a handler's last call is a jump here; else a long run would overflow the thread's stack.</summary>
    /// <remarks>It is in code compiled with optimisation, on runtimes that compile at all.</remarks>
    public static bool IsAvailable { get; } = RuntimeFeature.IsDynamicCodeCompiled && EndsByJump();

    // Two steps of the same handler, which notes how deep the stack is: by jumps from one to the next, both are as deep.
    private static bool EndsByJump()
    {
        // Safe: the steps read no more than the state, and the last one calls nothing.
        var steps = stackalloc PredecodedStep[3];
        RunState state = default;
        steps[0] = new() { Handler = &Note, Destination = 0 };
        steps[1] = new() { Handler = &Note, Destination = 8 };
        steps[2] = new() { Handler = &Difference };
        return steps[0].Handler(steps, &state, 0, null, 0) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Note(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = Depth();
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    private static ulong Difference(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches) =>
        state->Registers[0] - state->Registers[1];

    // A local of a method that is not inlined lies where the caller's frame ends.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Depth()
    {
        byte local;
        return (ulong)&local;
    }
}

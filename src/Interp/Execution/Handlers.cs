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
/// <para>
/// Unsafe, and safe for the reasons of <see cref="SwitchEngine"/>, which does the same in the same steps: the claims
/// <c>refinement/threaded/*</c>.
/// </para>
/// </remarks>
internal static unsafe partial class Handlers
{
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

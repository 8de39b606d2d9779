using System.Runtime.CompilerServices;

namespace RbpfSpec.Interp.Execution;

/// <summary>Which region grants an access: what happens when neither the cached region nor the stack frame does.</summary>
/// <remarks>
/// Unsafe, and safe: the state holds as many regions as it says; the claims <c>refinement/*/mem/*</c> hold reads to them.
/// </remarks>
internal static unsafe class Grants
{
    /// <summary>The permission to read.</summary>
    public const ulong Read = (ulong)Words.Permission.Read;

    /// <summary>The permission to write.</summary>
    public const ulong Write = (ulong)Words.Permission.Write;

    /// <summary>Both permissions, which an atomic operation needs.</summary>
    public const ulong ReadWrite = (ulong)Words.Permission.ReadWrite;

    /// <summary>The region that grants an access of some bytes at an address; null if none does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static MappedRegion* Find(RunState* state, ulong address, ulong bytes, ulong permission)
    {
        var region = state->Regions;
        for (var left = state->RegionCount; left != 0; left--)
        {
            if ((region->Permission & permission) == permission
                && bytes <= region->Length
                && address - region->Start <= region->Length - bytes)
            {
                return region;
            }

            region++;
        }

        return null;
    }

    /// <summary>The region that grants an access, which is the cached one from now on; null, and no change, if none does.</summary>
    /// <remarks>The caller goes on with the region's start and host pointer, and meets the same step again.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static MappedRegion* Cache(RunState* state, ulong address, ulong bytes, ulong permission)
    {
        var region = Find(state, address, bytes, permission);
        if (region == null) return null;
        Cache(
            state,
            (region->Permission & Read) == 0 ? 0 : region->Length,
            (region->Permission & Write) == 0 ? 0 : region->Length);
        return region;
    }

    /// <summary>Sets the reaches of the cached region.</summary>
    /// <param name="state">The state.</param>
    /// <param name="readable">The length of the region, or zero if it is not readable.</param>
    /// <param name="writable">The length of the region, or zero if it is not writable.</param>
    public static void Cache(RunState* state, ulong readable, ulong writable)
    {
        state->Readable1 = Reach(readable, 1);
        state->Readable2 = Reach(readable, 2);
        state->Readable4 = Reach(readable, 4);
        state->Readable8 = Reach(readable, 8);
        state->Writable1 = Reach(writable, 1);
        state->Writable2 = Reach(writable, 2);
        state->Writable4 = Reach(writable, 4);
        state->Writable8 = Reach(writable, 8);
    }

    /// <summary>Empties the cache.</summary>
    public static void Forget(RunState* state) => Cache(state, 0, 0);

    /// <summary>At how many addresses an access of some bytes, not zero, lies within a length.</summary>
    public static ulong Reach(ulong length, ulong bytes) => length < bytes ? 0 : length - bytes + 1;
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Execution;

/// <summary>The memory of one machine, which one thread at a time runs; it is used for any number of runs.</summary>
/// <remarks>Unsafe, and safe: the arrays are on the pinned heap and live as long as this object.</remarks>
internal sealed unsafe class Core
{
    // Held so that they live; what follows points into them.
    private readonly RunState[] states = GC.AllocateArray<RunState>(1, pinned: true);
    private readonly SavedFrame[] frames;
    private readonly byte[] stack;
    private readonly RunState* state;
    private readonly byte* lowestFrame;
    private readonly ulong stride;
    private readonly ulong nested;
    private readonly ulong frameBytes;
    private readonly bool isThreaded;
    private readonly byte* entryFrame;
    private MappedRegion[] regions = [];

    /// <summary>A core for programs of a profile, which has no <see cref="Profile.Problems"/>.</summary>
    public Core(Profile profile, Engine engine)
    {
        isThreaded = engine is Engine.Threaded;
        frameBytes = checked((ulong)profile.FrameBytes);
        nested = profile.FrameLimit < 1 ? 0 : (ulong)profile.FrameLimit - 1;
        stride = (frameBytes + 15) & ~15UL;
        frames = GC.AllocateArray<SavedFrame>(checked((int)(nested + 1)), pinned: true);
        stack = GC.AllocateArray<byte>(checked((int)((stride * (nested + 1)) + 1)), pinned: true);
        lowestFrame = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(stack, 0);
        entryFrame = lowestFrame + (stride * nested);
        state = (RunState*)Marshal.UnsafeAddrOfPinnedArrayElement(states, 0);
        state->Stack1 = Grants.Reach(frameBytes, 1);
        state->Stack2 = Grants.Reach(frameBytes, 2);
        state->Stack4 = Grants.Reach(frameBytes, 4);
        state->Stack8 = Grants.Reach(frameBytes, 8);
        state->FrameBytes = frameBytes;
        state->FrameStride = stride;
        state->Frames = (SavedFrame*)Marshal.UnsafeAddrOfPinnedArrayElement(frames, 0);
        Reserve(1);
    }

    /// <summary>The state.</summary>
    public RunState* State => state;

    /// <summary>The greatest number of local calls that may nest.</summary>
    public ulong Nested => nested;

    /// <summary>The size of a frame in bytes.</summary>
    public ulong FrameBytes => frameBytes;

    /// <summary>The array that holds all frames; of what <see cref="FrameOffset"/> says is each.</summary>
    public byte[] Stack => stack;

    /// <summary>Where in <see cref="Stack"/> the frame of a depth starts.</summary>
    public int FrameOffset(ulong depth) => (int)(stride * (nested - depth));

    /// <summary>The bytes of the frame of a depth: of the entry, at depth 0, the last ones.</summary>
    public byte* Frame(ulong depth) => lowestFrame + (stride * (nested - depth));

    /// <summary>Makes room for some regions beside the frames of local calls.</summary>
    public void Reserve(int count)
    {
        var needed = checked(count + (int)nested);
        if (regions.Length < needed) regions = GC.AllocateArray<MappedRegion>(Math.Max(needed, 2 * regions.Length), pinned: true);
        state->Regions = (MappedRegion*)Marshal.UnsafeAddrOfPinnedArrayElement(regions, 0);
    }

    /// <summary>Begins a run: no region, no local call, the entry's frame where it is told.</summary>
    /// <param name="stackStart">The address of the entry's frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(ulong stackStart)
    {
        state->StackStart = stackStart;
        state->StackHost = entryFrame;
        state->CallsLeft = nested;
        state->Depth = 0;
        state->RegionCount = 0;
    }

    /// <summary>Adds a region; there must be room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong start, ulong length, byte* host, ulong permission)
    {
        var region = state->Regions + state->RegionCount;
        region->Start = start;
        region->Length = length;
        region->Host = host;
        region->Permission = permission;
        state->RegionCount++;
    }

    /// <summary>Runs from a step on, with an empty cache, until something stops it.</summary>
    public ulong Run(PredecodedStep* step)
    {
        Grants.Forget(state);
        return Run(step, 0, null);
    }

    /// <summary>Runs from a step on, with a region cached that may be read and written, until something stops it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(PredecodedStep* step, ulong start, ulong length, byte* host)
    {
        Grants.Cache(state, length, length);
        return Run(step, start, host);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Run(PredecodedStep* step, ulong start, byte* host) => isThreaded
        ? step->Handler(step, state, start, host, state->Branches)
        : SwitchEngine.Run(step, state, start, host);
}

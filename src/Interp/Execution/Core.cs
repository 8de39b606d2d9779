using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Execution;

/// <summary>The memory of one machine, which one thread at a time runs; it is used for any number of runs.</summary>
/// <remarks>
/// Unsafe, and safe: this object holds what it has taken of <see cref="Memory"/>, with room for all frames and regions that it tells
/// the state of.
/// </remarks>
internal sealed unsafe class Core
{
    // Regions that there is room for from the beginning on: of most machines all.
    private const int FirstRegions = 4;

    // Held so that they live; what follows points into them.
    private readonly PinnedBytes bytes;
    private readonly RunState* state;
    private readonly ulong stride;
    private readonly ulong nested;
    private readonly ulong frameBytes;
    private readonly bool isThreaded;
    private readonly int lowestFrame;
    private readonly byte* entryFrame;
    private PinnedBytes regions;

    /// <summary>A core for programs of a profile, which has no <see cref="Profile.Problems"/>.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="engine">The engine that interprets.</param>
    /// <param name="memory">Where its memory is from.</param>
    /// <param name="callsLocally">Whether programs have local calls; else there is one frame.</param>
    public Core(Profile profile, Engine engine, PinnedMemory memory, bool callsLocally)
    {
        Memory = memory;
        isThreaded = engine is Engine.Threaded;
        frameBytes = checked((ulong)profile.FrameBytes);
        nested = callsLocally && profile.FrameLimit > 1 ? (ulong)profile.FrameLimit - 1 : 0;
        stride = (frameBytes + 15) & ~15UL;

        // The state, what local calls keep, the first regions, and the frames, each of a size that keeps the next one aligned.
        var frames = sizeof(RunState);
        var first = checked(frames + (sizeof(SavedFrame) * (int)nested));
        var room = sizeof(MappedRegion) * (FirstRegions + (int)nested);
        lowestFrame = checked(first + room);
        bytes = memory.Take(checked(lowestFrame + (int)(stride * (nested + 1)) + 1));
        regions = new(bytes.Array, bytes.Start + first, room);
        entryFrame = Frame(0);
        state = (RunState*)bytes.First;
        state->Stack1 = Grants.Reach(frameBytes, 1);
        state->Stack2 = Grants.Reach(frameBytes, 2);
        state->Stack4 = Grants.Reach(frameBytes, 4);
        state->Stack8 = Grants.Reach(frameBytes, 8);
        state->FrameBytes = frameBytes;
        state->FrameStride = stride;
        state->Frames = (SavedFrame*)(bytes.First + frames);
        state->Regions = (MappedRegion*)regions.First;
    }

    /// <summary>Where its memory is from, and that of the programs which it runs.</summary>
    public PinnedMemory Memory { get; }

    /// <summary>The state.</summary>
    public RunState* State => state;

    /// <summary>The size of a frame in bytes.</summary>
    public ulong FrameBytes => frameBytes;

    /// <summary>The bytes of the frame of a depth: of the entry, at depth 0, the last ones.</summary>
    public PinnedBytes FrameOf(ulong depth) =>
        new(bytes.Array, bytes.Start + lowestFrame + (int)(stride * (nested - depth)), (int)frameBytes);

    /// <summary>The first byte of the frame of a depth.</summary>
    public byte* Frame(ulong depth) => FrameOf(depth).First;

    /// <summary>Makes room for some regions beside the frames of local calls.</summary>
    public void Reserve(int count)
    {
        var needed = checked((count + (int)nested) * sizeof(MappedRegion));
        if (regions.Length >= needed) return;
        regions = Memory.Take(Math.Max(needed, 2 * regions.Length));
        state->Regions = (MappedRegion*)regions.First;
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

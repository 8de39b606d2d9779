using System.Runtime.InteropServices;
using RbpfSpec.Interp.Compact;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Execution;

/// <summary>The memory of one machine, which one thread at a time runs; it is used for any number of runs.</summary>
/// <remarks>Unsafe, and safe: the arrays are on the pinned heap and live as long as this object.</remarks>
internal sealed unsafe class Core
{
    private readonly MachineState[] state = GC.AllocateArray<MachineState>(1, pinned: true);
    private readonly SavedFrame[] frames;
    private readonly byte[] stack;
    private readonly ulong stride;
    private readonly ulong nested;
    private readonly ulong frameBytes;
    private readonly bool isThreaded;
    private MappedRegion[] regions = [];

    /// <summary>A core for programs of a profile.</summary>
    public Core(Profile profile, Engine engine)
    {
        isThreaded = engine is Engine.Threaded;
        frameBytes = (ulong)profile.FrameBytes;
        nested = (ulong)Math.Max(profile.FrameLimit - 1, 0);
        stride = (frameBytes + 15) & ~15UL;
        frames = GC.AllocateArray<SavedFrame>((int)nested + 1, pinned: true);
        stack = GC.AllocateArray<byte>((int)(stride * (nested + 1)) + 1, pinned: true);
        Reserve(1);
    }

    /// <summary>The state.</summary>
    public MachineState* State => (MachineState*)Marshal.UnsafeAddrOfPinnedArrayElement(state, 0);

    /// <summary>The bytes of the frame of a depth: of the entry, at depth 0, the last ones.</summary>
    public byte* Frame(ulong depth) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(stack, 0) + (stride * (nested - depth));

    /// <summary>The greatest number of local calls that may nest.</summary>
    public ulong Nested => nested;

    /// <summary>The size of a frame in bytes.</summary>
    public ulong FrameBytes => frameBytes;

    /// <summary>Makes room for some regions beside the frames of local calls.</summary>
    public void Reserve(int count)
    {
        if (regions.Length < count + (int)nested) regions = GC.AllocateArray<MappedRegion>(count + (int)nested, pinned: true);
    }

    /// <summary>Begins a run: no region, no local call, an empty cache, the entry's frame where it is told.</summary>
    /// <param name="stackStart">The address of the entry's frame.</param>
    public void Begin(ulong stackStart)
    {
        var machine = State;
        Grants.Forget(machine);
        machine->Registers[MachineState.ZeroRegister] = 0;
        machine->StackStart = stackStart;
        machine->StackHost = Frame(0);
        machine->Stack1 = Grants.Reach(frameBytes, 1);
        machine->Stack2 = Grants.Reach(frameBytes, 2);
        machine->Stack4 = Grants.Reach(frameBytes, 4);
        machine->Stack8 = Grants.Reach(frameBytes, 8);
        machine->FrameBytes = frameBytes;
        machine->FrameStride = stride;
        machine->CallsLeft = nested;
        machine->Depth = 0;
        machine->Frames = (SavedFrame*)Marshal.UnsafeAddrOfPinnedArrayElement(frames, 0);
        machine->Regions = (MappedRegion*)Marshal.UnsafeAddrOfPinnedArrayElement(regions, 0);
        machine->RegionCount = 0;
    }

    /// <summary>Adds a region; there must be room.</summary>
    public void Add(ulong start, ulong length, byte* host, ulong permission)
    {
        var machine = State;
        var region = machine->Regions + machine->RegionCount;
        region->Start = start;
        region->Length = length;
        region->Host = host;
        region->Permission = permission;
        machine->RegionCount++;
    }

    /// <summary>Runs from a step on until something stops it.</summary>
    public ulong Run(CompactInstruction* step)
    {
        Grants.Forget(State);
        return isThreaded ? ThreadedEngine.Run(step, State) : SwitchEngine.Run(step, State);
    }
}

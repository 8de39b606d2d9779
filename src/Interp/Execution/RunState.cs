using System.Runtime.InteropServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>A range of addresses granted to the program, and where its bytes are.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MappedRegion
{
    /// <summary>The address of the first byte, as the program sees it.</summary>
    public ulong Start;

    /// <summary>The number of bytes.</summary>
    public ulong Length;

    /// <summary>The first byte, as the host sees it.</summary>
    public byte* Host;

    /// <summary>The bits of a <see cref="Words.Permission"/>.</summary>
    public ulong Permission;
}

/// <summary>The state that a local call keeps for its caller.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SavedFrame
{
    /// <summary>The step after the call.</summary>
    public PredecodedStep* ReturnTo;

    /// <summary>The caller's r6.</summary>
    public ulong R6;

    /// <summary>The caller's r7.</summary>
    public ulong R7;

    /// <summary>The caller's r8.</summary>
    public ulong R8;

    /// <summary>The caller's r9.</summary>
    public ulong R9;

    /// <summary>The caller's r10.</summary>
    public ulong R10;
}

/// <summary>The state of a run, but for what the engines keep in processor registers.</summary>
/// <remarks>
/// The engines keep: the current step, the address and the host's pointer of the first byte of the cached region, and
/// the branches left. Of an access size N, a reach is the number of addresses, counted from a region's start, at which
/// an access of N bytes lies within the region: length - N + 1, or zero if the region is shorter or does not permit it.
/// So one unsigned comparison decides an access, and reaches of zero are an empty cache.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RunState
{
    /// <summary>The number of registers that a program can name.</summary>
    public const int RegisterCount = 11;

    /// <summary>The register that no instruction names: it is zero always.</summary>
    public const int ZeroRegister = 11;

    /// <summary>r0 to r10, and one that is zero; first, so that a register is found without adding to the pointer.</summary>
    public fixed ulong Registers[RegisterCount + 1];

    /// <summary>The reach of the cached region for reads of 1 byte.</summary>
    public ulong Readable1;

    /// <summary>The reach of the cached region for reads of 2 bytes.</summary>
    public ulong Readable2;

    /// <summary>The reach of the cached region for reads of 4 bytes.</summary>
    public ulong Readable4;

    /// <summary>The reach of the cached region for reads of 8 bytes.</summary>
    public ulong Readable8;

    /// <summary>The reach of the cached region for writes of 1 byte.</summary>
    public ulong Writable1;

    /// <summary>The reach of the cached region for writes of 2 bytes.</summary>
    public ulong Writable2;

    /// <summary>The reach of the cached region for writes of 4 bytes.</summary>
    public ulong Writable4;

    /// <summary>The reach of the cached region for writes of 8 bytes.</summary>
    public ulong Writable8;

    /// <summary>The address of the first byte of the executing function's stack frame.</summary>
    public ulong StackStart;

    /// <summary>The first byte of that frame, as the host sees it.</summary>
    public byte* StackHost;

    /// <summary>The reach of a stack frame for accesses of 1 byte.</summary>
    public ulong Stack1;

    /// <summary>The reach of a stack frame for accesses of 2 bytes.</summary>
    public ulong Stack2;

    /// <summary>The reach of a stack frame for accesses of 4 bytes.</summary>
    public ulong Stack4;

    /// <summary>The reach of a stack frame for accesses of 8 bytes.</summary>
    public ulong Stack8;

    /// <summary>The size of a stack frame in bytes.</summary>
    public ulong FrameBytes;

    /// <summary>How far apart frames are in the host's memory, in bytes.</summary>
    public ulong FrameStride;

    /// <summary>How many more local calls may nest.</summary>
    public ulong CallsLeft;

    /// <summary>How many local calls have not returned.</summary>
    public ulong Depth;

    /// <summary>The frames that those calls keep, the first one's first; as many as may nest.</summary>
    public SavedFrame* Frames;

    /// <summary>The regions granted, the frames of local calls last; room for as many as may nest.</summary>
    public MappedRegion* Regions;

    /// <summary>The number of regions granted.</summary>
    public ulong RegionCount;

    /// <summary>The instructions left; meaningful of metered programs.</summary>
    public ulong Instructions;

    /// <summary>The branches left, while no engine runs.</summary>
    public ulong Branches;

    /// <summary>The step at which an engine stopped.</summary>
    public PredecodedStep* Stopped;
}

using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Where the fields that compiled code reads and writes lie, in bytes from the start of their struct.</summary>
internal static unsafe class Offsets
{
    /// <summary>The address of the stack frame at hand.</summary>
    public static readonly int StackStart;

    /// <summary>That frame as the host sees it.</summary>
    public static readonly int StackHost;

    /// <summary>The number of regions.</summary>
    public static readonly int RegionCount;

    /// <summary>The list of regions.</summary>
    public static readonly int Regions;

    /// <summary>The branches left.</summary>
    public static readonly int Branches;

    /// <summary>The instructions left.</summary>
    public static readonly int Instructions;

    /// <summary>The address of a region.</summary>
    public static readonly int RegionStart;

    /// <summary>Its length.</summary>
    public static readonly int RegionLength;

    /// <summary>Its first byte as the host sees it.</summary>
    public static readonly int RegionHost;

    /// <summary>Its permission.</summary>
    public static readonly int RegionPermission;

    static Offsets()
    {
        // Nothing is read: distances are all that is asked for.
        RunState state;
        MappedRegion region;
        StackStart = (int)((byte*)&state.StackStart - (byte*)&state);
        StackHost = (int)((byte*)&state.StackHost - (byte*)&state);
        RegionCount = (int)((byte*)&state.RegionCount - (byte*)&state);
        Regions = (int)((byte*)&state.Regions - (byte*)&state);
        Branches = (int)((byte*)&state.Branches - (byte*)&state);
        Instructions = (int)((byte*)&state.Instructions - (byte*)&state);
        RegionStart = (int)((byte*)&region.Start - (byte*)&region);
        RegionLength = (int)((byte*)&region.Length - (byte*)&region);
        RegionHost = (int)((byte*)&region.Host - (byte*)&region);
        RegionPermission = (int)((byte*)&region.Permission - (byte*)&region);
    }
}

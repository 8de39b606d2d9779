using RbpfSpec.Semantics.Machine;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Running;

/// <summary>Which regions the windows of native code show, by their numbers; null of an empty window.</summary>
/// <param name="Readable">The region that loads find.</param>
/// <param name="Writable">The region that stores find.</param>
public readonly record struct NativeWindows(int? Readable, int? Writable)
{
    /// <summary>Windows that show the first regions that may be read, and written.</summary>
    public static NativeWindows First(State<Word> state)
    {
        var regions = state.Memory.Regions;
        var windows = default(NativeWindows);
        for (var i = regions.Count - 1; i >= 0; i--)
        {
            if (!MayShow(regions[i])) continue;
            if (regions[i].Readable.Value) windows = windows with { Readable = i };
            if (regions[i].Writable.Value) windows = windows with { Writable = i };
        }

        return windows;
    }

    /// <summary>The windows after an access that the machine granted: its region is shown, if it may be.</summary>
    /// <param name="state">The state before the access.</param>
    /// <param name="address">Its address.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <param name="access">What it does.</param>
    public NativeWindows After(State<Word> state, Word address, Word bytes, Access access)
    {
        var regions = state.Memory.Regions;
        var windows = this;
        for (var i = 0; i < regions.Count; i++)
        {
            if (!regions[i].Grants(address, bytes, access).Value || !MayShow(regions[i])) continue;
            if (access is Access.Read) windows = windows with { Readable = i };
            if (access is Access.Write) windows = windows with { Writable = i };
        }

        return windows;
    }

    // An offset must not lead from one end of the addresses into a region at the other.
    private static bool MayShow(Region<Word> region) =>
        region.Start.Value >= NativeLayout.Margin
        && region.Start.Value + region.Length.Value <= (1UL << 32) - NativeLayout.Margin;
}

using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Reports;

/// <summary>How a program came to the address of an access.</summary>
public abstract record AccessOrigin
{
    private AccessOrigin()
    {
    }

    /// <summary>An instruction added its offset to a register.</summary>
    /// <param name="Register">The register.</param>
    /// <param name="Value">What it held.</param>
    /// <param name="Offset">The instruction's offset in bytes.</param>
    public sealed record InRegister(Register Register, ulong Value, short Offset) : AccessOrigin;

    /// <summary>A packet load, at a distance from the packet's first byte.</summary>
    /// <param name="Start">The address of that byte.</param>
    public sealed record InPacket(ulong Start) : AccessOrigin;

    /// <summary>An argument of a helper.</summary>
    /// <param name="Register">The argument's register, r1 to r5.</param>
    /// <param name="Helper">The helper called.</param>
    /// <param name="Count">How its declaration says how many bytes the argument stands for.</param>
    public sealed record InArgument(Register Register, Helper Helper, ByteCount Count) : AccessOrigin;
}

/// <summary>A region, and by how much an access misses it.</summary>
/// <param name="Name">The region's name.</param>
/// <param name="Frame">Of a stack frame its number, 0 for the entry function's; null of other regions.</param>
/// <param name="Start">The address of its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Permission">What it permits.</param>
/// <param name="Below">How many bytes before the region the access begins; zero if it does not.</param>
/// <param name="Past">How many bytes after the region's end the access ends, at most 2^64 - 1; zero if it does not.</param>
public sealed record RegionDistance(
    string Name, int? Frame, ulong Start, ulong Length, Permission Permission, ulong Below, ulong Past);

/// <summary>An access that a run came to, and the memory around it.</summary>
/// <remarks>
/// An access that is not longer than a region lies within it once it is moved up by <see cref="RegionDistance.Below"/> or
/// down by <see cref="RegionDistance.Past"/> bytes, of which one is zero.
/// </remarks>
/// <param name="Address">The address of the first byte.</param>
/// <param name="Count">The number of bytes.</param>
/// <param name="Kind">What is done to them.</param>
/// <param name="Origin">Where the address comes from.</param>
/// <param name="Nearest">The region nearest to the first byte, which may be around it; null if there are no regions.</param>
/// <param name="Next">Another region that holds the last byte, where the nearest one holds the first; else null.</param>
/// <param name="Hint">What the address looks like, one sentence; null if like nothing in particular.</param>
public sealed record AccessReport(
    ulong Address, ulong Count, Access Kind, AccessOrigin Origin, RegionDistance? Nearest, RegionDistance? Next, string? Hint)
{
    /// <summary>The report on an access in a state.</summary>
    /// <param name="access">The access.</param>
    /// <param name="origin">Where its address comes from.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="program">The program, which tells whether frames come and go.</param>
    /// <param name="profile">The machine variant, which tells how many may.</param>
    public static AccessReport Of(
        in MemoryAccess<Word> access, AccessOrigin origin, State<Word> state, Program program, Profile profile)
    {
        var (address, count) = (access.Address.Value, access.Count.Value);
        RegionDistance? nearest = null;
        RegionDistance? last = null;
        var gap = ulong.MaxValue;
        var regions = state.Memory.Regions;
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions[i].Length.Value == 0) continue;
            var distance = DistanceOf(regions[i], FrameOf(state, i), address, count);
            if (Gap(distance, address) is var found && (nearest is null || found < gap)) (nearest, gap) = (distance, found);
            if (count > 0 && Gap(distance, unchecked(address + count - 1)) == 0) last = distance;
        }

        var next = gap == 0 && last != nearest && nearest is { Past: > 0 } ? last : null;
        var hint = gap > 0 ? AddressHint.Of(address, origin, program, profile, state) : null;
        return new(address, count, access.Kind, origin, nearest, next, hint);
    }

    // From the region to one byte: zero inside, one for a byte beside it.
    private static ulong Gap(RegionDistance region, ulong address) =>
        address < region.Start ? region.Start - address
        : address - region.Start < region.Length ? 0
        : address - region.Start - region.Length + 1;

    private static RegionDistance DistanceOf(Region<Word> region, int? frame, ulong address, ulong count)
    {
        var (start, length) = (region.Start.Value, region.Length.Value);
        var end = (UInt128)address + count;
        var last = (UInt128)start + length;
        var past = end <= last ? 0 : end - last;
        return new(
            region.Name,
            frame,
            start,
            length,
            (region.Readable.Value ? Permission.Read : Permission.None) | (region.Writable.Value ? Permission.Write : Permission.None),
            address < start ? start - address : 0,
            past > ulong.MaxValue ? ulong.MaxValue : (ulong)past);
    }

    // The frames of local calls are the last regions; that of the entry lies above them all.
    private static int? FrameOf(State<Word> state, int index)
    {
        var depth = state.Frames.Count;
        var lasting = state.Memory.Regions.Count - depth;
        if (index >= lasting) return index - lasting + 1;
        var entry = state.Memory.Stack.Start.Value + ((ulong)depth * state.Memory.Stack.FrameBytes.Value);
        var region = state.Memory.Regions[index];
        return region.Start.Value == entry && region.Length == state.Memory.Stack.FrameBytes ? 0 : null;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace RbpfSpec.Images;

/// <summary>A region that wants an address.</summary>
/// <param name="Name">Its section's name.</param>
/// <param name="Size">Its length in bytes, at least 1.</param>
/// <param name="Alignment">What its address must be a multiple of: a power of two, or 0 for no wish.</param>
internal sealed record RegionRequest(string Name, ulong Size, ulong Alignment);

/// <summary>Gives addresses to regions.</summary>
/// <remarks>
/// Regions stand in the order of the file, from the base address upwards, each at a multiple of 16. At least 4096
/// unmapped bytes lie between two, so that running over the end of one traps instead of reading the next.
/// </remarks>
internal static class RegionLayout
{
    private const ulong Granularity = 16;
    private const ulong Gap = 4096;

    /// <summary>Finds an address for every request, in order.</summary>
    /// <returns>False, with the problem, if they do not fit.</returns>
    public static bool TryPlace(
        IReadOnlyList<RegionRequest> requests,
        ulong baseAddress,
        out ulong[] addresses,
        [NotNullWhen(false)] out string? problem)
    {
        addresses = new ulong[requests.Count];
        var next = (UInt128)baseAddress;
        var total = UInt128.Zero;
        for (var index = 0; index < requests.Count; index++)
        {
            var (name, size, alignment) = requests[index];
            total += size;
            if (total > ImageFile.MaximumSize)
            {
                problem = $"{name} of {size} bytes makes the data {total} bytes long; "
                    + $"at most {ImageFile.MaximumSize} are supported";
                return false;
            }

            if (alignment is not 0 && !BitOperations.IsPow2(alignment))
            {
                problem = $"{name} asks for an alignment of {alignment}, which is not a power of two";
                return false;
            }

            var start = RoundUp(next, Math.Max(alignment, Granularity));
            var end = start + size;

            // The last address of all stays unmapped, so that the end of a region is an address too.
            if (end > ulong.MaxValue)
            {
                problem = $"{name} of {size} bytes does not fit above address 0x{baseAddress:x}; "
                    + "a lower base address is needed";
                return false;
            }

            addresses[index] = (ulong)start;
            next = RoundUp(end, Gap) + Gap;
        }

        problem = null;
        return true;
    }

    private static UInt128 RoundUp(UInt128 value, UInt128 multiple) => (value + multiple - 1) / multiple * multiple;
}

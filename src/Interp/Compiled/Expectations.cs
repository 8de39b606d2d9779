using System.Collections.Immutable;

namespace RbpfSpec.Interp.Compiled;

/// <summary>A region that accesses are expected in.</summary>
/// <param name="Index">The place in the state's list of regions; -1 for the stack frame at hand.</param>
/// <param name="Start">The address of its first byte, which the code compares once when it is entered.</param>
internal sealed record ExpectedRegion(int Index, ulong Start)
{
    /// <summary>The stack frame at hand, wherever it is.</summary>
    public static ExpectedRegion Stack { get; } = new(-1, 0);
}

/// <summary>The regions that the accesses of a program are expected in; wrong ones cost time and nothing else.</summary>
/// <param name="StackStart">The address of the entry's stack frame.</param>
/// <param name="BySlot">Of the instruction at a slot the regions, one or two, the likeliest first.</param>
/// <param name="Granting">The places of regions that can be read and written; of others a permission is looked at by itself.</param>
internal sealed record Expectations(
    ulong StackStart, ImmutableDictionary<int, Sequence<ExpectedRegion>> BySlot, ImmutableHashSet<int> Granting);

using System.Collections.Immutable;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Profiles;

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
    ulong StackStart, IReadOnlyDictionary<int, Sequence<ExpectedRegion>> BySlot, ImmutableHashSet<int> Granting);

/// <summary>How runs begin that are all alike: by the profile, with a context and nothing mapped.</summary>
/// <remarks>
/// Not a guess: code that takes it for granted is called for such runs alone, which is for <see cref="Vm"/> to see to. The stack frame
/// and the context are the first two regions, and the program may read and write both.
/// </remarks>
/// <param name="ContextLength">The length of the context in bytes, not zero; null if it is what its region says.</param>
/// <param name="PassesLength">Whether r2 has that length.</param>
/// <param name="FrameBytes">The size of a stack frame.</param>
/// <param name="Branches">The branches left.</param>
/// <param name="Instructions">The instructions left.</param>
internal sealed record Beginning(
    ulong? ContextLength, bool PassesLength, ulong FrameBytes, ulong Branches, ulong Instructions)
{
    /// <summary>The place of the context in the state's list of regions.</summary>
    public const int ContextRegion = 1;

    /// <summary>A register, from 0 to 10; null of one that has the length of the context, where that can be any.</summary>
    public ulong? Register(int number) => number switch
    {
        1 => AddressSpace.Context,
        2 when PassesLength => ContextLength,
        RunState.RegisterCount - 1 => AddressSpace.Stack + FrameBytes,
        _ => 0,
    };

    /// <summary>Whether code can rely on it: it has one entry and no local calls, and knows of no region but these two.</summary>
    public bool Suits(CompiledPlan plan, Expectations expectations, RunFacts? facts) =>
        plan.Entries.Count == 1
        && !plan.HasLocalCalls
        && Branches >= (ulong)plan.Reserves[plan.Entries[0]]
        && expectations.StackStart == AddressSpace.Stack
        && expectations.BySlot.Values.All(static regions => regions.AsSpan().ToArray().All(IsKnown))
        && (facts is null || facts.Regions.All(static region => IsKnown(region.Expected)));

    private static bool IsKnown(ExpectedRegion region) =>
        region.Index < 0 || region == new ExpectedRegion(ContextRegion, AddressSpace.Context);
}

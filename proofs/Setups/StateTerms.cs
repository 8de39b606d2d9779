using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>Symbolic states compared.</summary>
public static class StateTerms
{
    /// <summary>Any place of a region: what holds of it holds of all.</summary>
    public static Term Anywhere { get; } = Make.Variable("anywhere", 64);

    /// <summary>That two states which one rule can reach from the same state agree in everything.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <param name="isWithinRegions">
    /// Whether only the bytes that regions have count, and not what an array holds beyond them, which no program can reach.
    /// </param>
    public static Term Agree(State<TermWord> left, State<TermWord> right, bool isWithinRegions = false)
    {
        var (these, those) = (Observed(left, isWithinRegions).ToList(), Observed(right, isWithinRegions).ToList());
        return these.Count == those.Count
            ? Make.All(these.Zip(those, (one, other) => one.EqualTo(other)))
            : Make.False;
    }

    /// <summary>All that can be observed of a state; of memory, the byte at any one place of each region.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isWithinRegions">Whether that place is one of the region.</param>
    public static IEnumerable<Term> Observed(State<TermWord> state, bool isWithinRegions = false) =>
    [
        .. Enumerable.Range(0, Registers<TermWord>.Count).Select(number => state.Registers[number].Term),
        state.ProgramCounter.Term,
        .. state.Memory.Regions.SelectMany(region => (Term[])
        [
            region.Start.Term, region.Length.Term, region.Readable.Term, region.Writable.Term,
            isWithinRegions ? Make.Choose(Holds(region), ByteOf(region), Make.Constant(0, 8)) : ByteOf(region),
        ]),
        state.Memory.Stack.Start.Term,
        .. state.Frames.SelectMany(frame => (Term[])[frame.ReturnTo.Term, .. frame.Saved.Select(word => word.Term)]),
        .. Left(state.Budget.Branches),
        .. Left(state.Budget.Instructions),
        .. state.Host.Local.Entries.Concat(state.Host.Global.Entries)
            .SelectMany(entry => (Term[])[entry.Used.Term, entry.Key.Term, entry.Value.Term]),
    ];

    private static Term ByteOf(Region<TermWord> region) => ((ArrayBytes)region.Bytes).Array[Anywhere];

    private static Term Holds(Region<TermWord> region) => (Anywhere - ((ArrayBytes)region.Bytes).First).Below(region.Length.Term);

    private static IEnumerable<Term> Left(Allowance<TermWord> allowance) => allowance switch
    {
        Allowance<TermWord>.Unlimited => [],
        Allowance<TermWord>.Remaining(var count) => [count.Term],
    };
}

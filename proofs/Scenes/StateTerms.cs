using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Scenes;

/// <summary>Symbolic states compared.</summary>
public static class StateTerms
{
    // Any place of a region: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("anywhere", 64);

    /// <summary>That two states which one rule can reach from the same state agree in everything.</summary>
    public static Term Agree(State<TermWord, TermBit> left, State<TermWord, TermBit> right)
    {
        var (these, those) = (Observed(left).ToList(), Observed(right).ToList());
        return these.Count == those.Count
            ? Make.All(these.Zip(those, (one, other) => Make.Equal(one, other)))
            : Make.False;
    }

    /// <summary>All that can be observed of a state; of memory, the byte at any one place of each region.</summary>
    public static IEnumerable<Term> Observed(State<TermWord, TermBit> state) =>
    [
        .. Enumerable.Range(0, Registers<TermWord, TermBit>.Count).Select(number => state.Registers[number].Term),
        state.ProgramCounter.Term,
        .. state.Memory.Regions.SelectMany(region => (Term[])
        [
            region.Start.Term, region.Length.Term, region.Readable.Term, region.Writable.Term,
            Make.Select(((ArrayBytes)region.Bytes).Array, Anywhere),
        ]),
        state.Memory.Stack.Start.Term,
        .. state.Frames.SelectMany(frame => (Term[])[frame.ReturnTo.Term, .. frame.Saved.Select(word => word.Term)]),
        .. Left(state.Budget.Branches),
        .. Left(state.Budget.Instructions),
        .. state.Host.Local.Entries.Concat(state.Host.Global.Entries).SelectMany(entry => (Term[])[entry.Used.Term, entry.Key.Term, entry.Value.Term]),
    ];

    private static IEnumerable<Term> Left(Allowance<TermWord> allowance) => allowance switch
    {
        Allowance<TermWord>.Unlimited => [],
        Allowance<TermWord>.Remaining(var count) => [count.Term],
    };
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>A path on its way: what holds on it, and where it is.</summary>
/// <param name="Condition">What leads there.</param>
/// <param name="State">The state reached; its program counter is known.</param>
/// <param name="Steps">The instructions executed; of merged paths, on the longest.</param>
/// <param name="Turns">How often it closed a loop, or called a function.</param>
/// <param name="IsBudgetExact">Whether the budget is what is left, and not the least of what was left on merged paths.</param>
internal sealed record Walker(PathCondition Condition, State<TermWord> State, int Steps, int Turns, bool IsBudgetExact = true)
{
    public ulong Slot => (ulong)State.ProgramCounter.Term.Value;

    public int Depth => State.Frames.Count;

    public (ulong Branches, ulong Instructions) Left => (Count(State.Budget.Branches), Count(State.Budget.Instructions));

    private static ulong Count(Allowance<TermWord> allowance) => allowance switch
    {
        Allowance<TermWord>.Unlimited => ulong.MaxValue,
        Allowance<TermWord>.Remaining(var count) => (ulong)count.Term.Value,
    };
}

/// <summary>The paths that wait to be followed, and which comes next.</summary>
internal interface IFrontier
{
    int Count { get; }

    void Add(Walker walker);

    bool TryTake(out Walker walker);
}

/// <summary>The path found last comes first: few wait at a time.</summary>
internal sealed class DepthFirst : IFrontier
{
    private readonly Stack<Walker> open = [];

    public int Count => open.Count;

    public void Add(Walker walker) => open.Push(walker);

    public bool TryTake(out Walker walker) => open.TryPop(out walker!);
}

/// <summary>Paths that meet in one slot go on as one.</summary>
/// <remarks>
/// A path that takes no turn only moves on in the order of the flow, or returns from a function. So with the fewest turns, then the
/// deepest function, then the first place coming first, all paths that can meet somewhere have arrived there before one goes on.
/// </remarks>
/// <param name="order">The order of the slots.</param>
/// <param name="isExact">Whether only paths with the same budget do.</param>
internal sealed class MergingFrontier(FlowOrder order, bool isExact) : IFrontier
{
    private readonly SortedDictionary<Place, List<Walker>> open = [];

    // The place whose paths were merged last; none has arrived there since.
    private List<Walker>? merged;

    public int Count { get; private set; }

    public void Add(Walker walker)
    {
        var place = new Place(walker.Turns, -walker.Depth, order[walker.Slot], walker.Slot, isExact ? walker.Left : default);
        if (!open.TryGetValue(place, out var here)) open[place] = here = [];
        here.Add(walker);
        Count++;
    }

    public bool TryTake(out Walker walker)
    {
        walker = null!;
        if (open.Count == 0) return false;
        var (place, here) = open.First();
        if (!ReferenceEquals(here, merged)) Merge(here);
        merged = here;
        walker = here[^1];
        here.RemoveAt(here.Count - 1);
        Count--;
        if (here.Count == 0) open.Remove(place);
        return true;
    }

    // Those that parted last are merged first: their conditions differ least, and often in nothing but one branch.
    private void Merge(List<Walker> here)
    {
        while (here.Count > 1 && Closest(here) is var (first, second, one))
        {
            here.RemoveAt(second);
            here[first] = one;
            Count--;
        }
    }

    private static (int First, int Second, Walker One)? Closest(List<Walker> here)
    {
        var pairs =
            from first in Enumerable.Range(0, here.Count)
            from second in Enumerable.Range(first + 1, here.Count - first - 1)
            orderby here[first].Condition.CommonWith(here[second].Condition) descending
            select (first, second);
        foreach (var (first, second) in pairs)
        {
            if (Merge(here[first], here[second]) is { } one) return (first, second, one);
        }

        return null;
    }

    private static Walker? Merge(Walker one, Walker other)
    {
        var condition = one.Condition.Or(other.Condition, out var mine);
        var isAlike = one.Left == other.Left;
        return Merging.Of(mine, one.State, other.State) is { } state
            ? new(condition, state, Math.Max(one.Steps, other.Steps), one.Turns, isAlike && one.IsBudgetExact && other.IsBudgetExact)
            : null;
    }

    private readonly record struct Place(int Turns, int Shallowness, int Order, ulong Slot, (ulong Branches, ulong Instructions) Left)
        : IComparable<Place>
    {
        public int CompareTo(Place other) => (Turns, Shallowness, Order, Slot, Left).CompareTo(
            (other.Turns, other.Shallowness, other.Order, other.Slot, other.Left));
    }
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>Runs programs on terms, by the rules of the reference machine, along every path that can be taken.</summary>
/// <remarks>
/// It forks where the rules are undecided: at a guard that may hold, and at a branch that may be taken. A path that no
/// values lead along is dropped; one that is not followed to its end is kept as stopped, so the paths together always
/// cover all values. Where it merges, paths that meet again in one slot go on as one, so that the number of paths
/// does not double with each branch; the terms grow instead.
/// </remarks>
/// <param name="machine">The machine, loaded with the program.</param>
/// <param name="decider">What decides forks.</param>
/// <param name="limits">How far to go.</param>
/// <param name="meeting">What happens where paths meet.</param>
public sealed class SymbolicMachine(ReferenceMachine machine, Decider decider, SymbolicLimits limits, Meeting meeting = Meeting.Alone)
{
    private readonly HashSet<int> reached = [];
    private IFrontier open = new DepthFirst();
    private FlowOrder order = new(machine, 0);

    /// <summary>The slot at which a path is not followed further, if there is one.</summary>
    public int? Until { get; init; }

    /// <summary>The slots that the paths followed so far came to, each on some values.</summary>
    public IReadOnlyCollection<int> Reached => reached;

    /// <summary>How many paths wait to be followed.</summary>
    public int Waiting => open.Count;

    /// <summary>The paths from a state on, one after the other as they are found.</summary>
    public IEnumerable<SymbolicPath> Run(State<TermWord> state) => Run(state, PathCondition.True);

    /// <summary>The paths from a state on under a condition, one after the other as they are found.</summary>
    public IEnumerable<SymbolicPath> Run(State<TermWord> state, PathCondition condition)
    {
        order = new(machine, state.ProgramCounter.IsKnown(out var entry) ? (int)entry : 0);
        open = meeting is Meeting.Alone ? new DepthFirst() : new MergingFrontier(order, meeting is Meeting.SameBudget);
        open.Add(new Walker(condition, state, 0, 0));
        var ended = 0;
        while (open.TryTake(out var walker))
        {
            if (ended + open.Count >= limits.Paths)
            {
                ended++;
                yield return Stop(walker, $"more than {limits.Paths} paths", Limit.Paths);
                continue;
            }

            if (walker.Steps >= limits.Steps)
            {
                yield return Stop(walker, $"more than {limits.Steps} steps on one path", Limit.Steps);
                continue;
            }

            reached.Add((int)walker.Slot);
            if (Until == (int)walker.Slot)
            {
                ended++;
                yield return new(walker.Condition, new SymbolicEnd.Arrived(walker.State), walker.Steps);
                continue;
            }

            foreach (var path in Step(walker))
            {
                ended++;
                yield return path;
            }
        }
    }

    private static SymbolicPath Stop(Walker walker, string reason, Limit limit) =>
        new(walker.Condition, new SymbolicEnd.Stopped(reason, limit, walker.State), walker.Steps);

    // The paths that end at this step; those that go on are opened.
    private List<SymbolicPath> Step(Walker walker)
    {
        if (SymbolicHelpers.Refusal(machine, walker.State) is { Length: > 0 } refusal) return [Stop(walker, refusal, Limit.None)];

        List<SymbolicPath> ends = [];
        var step = machine.Step(walker.State);
        var condition = walker.Condition;
        foreach (var guard in step.Guards)
        {
            var fork = decider.Split(condition, guard.When.Term);
            switch (fork.Holds)
            {
                case Possibility.Possible when !walker.IsBudgetExact && guard.Trap is Trap.BranchBudget or Trap.InstructionBudget:
                    return [Stop(walker, "paths with different budgets were merged, and it ran out", Limit.Merged)];
                case Possibility.Possible(var traps):
                    ends.Add(new(traps, new SymbolicEnd.Trapped(guard.Trap, walker.State), walker.Steps));
                    break;
                case Possibility.Unknown(var reason):
                    ends.Add(Stop(walker, reason, Limit.Time));
                    break;
                case Possibility.Impossible:
                    break;
            }

            switch (fork.Fails)
            {
                case Possibility.Possible(var passes):
                    condition = passes;
                    break;
                case Possibility.Unknown(var reason):
                    ends.Add(Stop(walker, reason, Limit.Time));
                    return ends;
                case Possibility.Impossible:
                    return ends;
            }
        }

        switch (step.Value)
        {
            case Outcome<TermWord>.Exited exited:
                ends.Add(new(condition, new SymbolicEnd.Exited(exited.State), walker.Steps + 1));
                break;
            case Outcome<TermWord>.Next next:
                GoOn(walker with { Condition = condition, State = next.State, Steps = walker.Steps + 1 }, walker, ends);
                break;
            case Outcome<TermWord>.Trapped trapped:
                ends.Add(new(condition, new SymbolicEnd.Trapped(trapped.Trap, trapped.State), walker.Steps));
                break;
        }

        return ends;
    }

    // A branch leaves a choice in the program counter and in the budget; the path forks on what it chooses by.
    private void GoOn(Walker walker, Walker from, List<SymbolicPath> ends)
    {
        if (Undecided(walker.State) is not { } condition)
        {
            if (walker.State.ProgramCounter.Term.IsConstant)
            {
                open.Add(walker with { Turns = walker.Turns + (IsTurn(from, walker) ? 1 : 0) });
            }
            else
            {
                ends.Add(Stop(walker, "the program counter is not known", Limit.None));
            }

            return;
        }

        var fork = decider.Split(walker.Condition, condition);
        Follow(fork.Fails, Settle(walker.State, condition, false));
        Follow(fork.Holds, Settle(walker.State, condition, true));

        void Follow(Possibility possibility, State<TermWord> state)
        {
            switch (possibility)
            {
                case Possibility.Possible(var path):
                    GoOn(walker with { Condition = path, State = state }, from, ends);
                    break;
                case Possibility.Unknown(var reason):
                    ends.Add(Stop(walker, reason, Limit.Time));
                    break;
                case Possibility.Impossible:
                    break;
            }
        }
    }

    private bool IsTurn(Walker from, Walker to) =>
        to.Depth > from.Depth || (to.Depth == from.Depth && order[to.Slot] <= order[from.Slot]);

    private static Term? Undecided(State<TermWord> state) =>
        Choice(state.ProgramCounter.Term) ?? Choice(state.Budget.Branches) ?? Choice(state.Budget.Instructions);

    private static Term? Choice(Term term) => term.Operator is Operator.Choose ? term.First : null;

    private static Term? Choice(Allowance<TermWord> allowance) => allowance switch
    {
        Allowance<TermWord>.Unlimited => null,
        Allowance<TermWord>.Remaining(var count) => Choice(count.Term),
    };

    private static State<TermWord> Settle(State<TermWord> state, Term condition, bool holds)
    {
        return state with
        {
            ProgramCounter = Word(state.ProgramCounter),
            Budget = new(Count(state.Budget.Branches), Count(state.Budget.Instructions)),
        };

        Allowance<TermWord> Count(Allowance<TermWord> allowance) => allowance switch
        {
            Allowance<TermWord>.Unlimited => allowance,
            Allowance<TermWord>.Remaining(var count) => new Allowance<TermWord>.Remaining(Word(count)),
        };

        TermWord Word(TermWord word) => word.Term.Operator is Operator.Choose && ReferenceEquals(word.Term.First, condition)
            ? new(holds ? word.Term.Second : word.Term.Third)
            : word;
    }
}

using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Thumb.Paths;

/// <summary>A path under way.</summary>
/// <param name="Address">The address of the next instruction.</param>
/// <param name="State">The state before it.</param>
/// <param name="Condition">What led there.</param>
/// <param name="Steps">How many instructions were executed.</param>
internal sealed record PathPoint(uint Address, ArmState<TermWord> State, PathCondition Condition, int Steps)
{
    /// <summary>The path, ended here.</summary>
    public ThumbPath Ended(ThumbEnd end) => new(Condition, State, end, Steps);

    /// <summary>The path with other memory.</summary>
    public PathPoint With(ThumbMemory memory) => this with { State = State with { Memory = memory } };

    /// <summary>The path with a constant for a term that the condition says is that constant.</summary>
    public PathPoint Replacing(Term term, uint value)
    {
        Dictionary<Term, Term> replaced = new(ReferenceEqualityComparer.Instance) { [term] = Make.Constant(value, 32) };
        return this with
        {
            State = State with { Registers = State.Registers.Map(word => new TermWord(Dag.Substitute(word.Term, replaced))) },
        };
    }

    /// <summary>The path that this one and another are, from where they meet; null where they are too different.</summary>
    public PathPoint? Joined(PathPoint other)
    {
        if (Address != other.Address || State.It != other.State.It) return null;
        if (State.Registers[13] != other.State.Registers[13] || State.Registers[14] != other.State.Registers[14]) return null;
        var condition = Condition.Or(other.Condition, out var mine);
        if (((ThumbMemory)State.Memory).Or(mine, (ThumbMemory)other.State.Memory) is not { } memory) return null;
        var when = TermTruths.Of(mine);
        var registers = Sequence.Generate(
            State.Registers.Count, index => TermWord.Choose(when, State.Registers[index], other.State.Registers[index]));
        return new(
            Address,
            new(registers, State.Flags.Or(when, other.State.Flags), memory, State.It),
            condition,
            Math.Max(Steps, other.Steps));
    }
}

/// <summary>The paths under way: with joins the one at the lowest address goes on first, so that paths meet; else the latest.</summary>
internal sealed class OpenPaths(bool joins)
{
    private readonly SortedDictionary<uint, Stack<PathPoint>> open = [];
    private readonly Stack<PathPoint> stack = [];

    public void Add(PathPoint point)
    {
        if (!joins)
        {
            stack.Push(point);
            return;
        }

        if (!open.TryGetValue(point.Address, out var here)) open[point.Address] = here = new();
        if (here.TryPeek(out var other) && other.Joined(point) is { } joined)
        {
            here.Pop();
            here.Push(joined);
        }
        else
        {
            here.Push(point);
        }
    }

    public PathPoint? Take()
    {
        if (!joins) return stack.TryPop(out var latest) ? latest : null;
        if (open.Count == 0) return null;
        var (address, here) = open.First();
        var point = here.Pop();
        if (here.Count == 0) open.Remove(address);
        return point;
    }
}

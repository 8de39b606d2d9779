using System.Collections.Immutable;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Thumb.Paths;

/// <summary>Executes Thumb code over terms, along every path that is possible.</summary>
/// <remarks>
/// A solver says which ways a path can go on. Instructions in an IT block are choices; only those that may branch split
/// the path. What the executor cannot follow ends a path as <see cref="ThumbEnd.Stopped"/>, never silently.
/// </remarks>
/// <param name="code">The code.</param>
/// <param name="decider">What decides formulas on paths.</param>
public sealed class ThumbExecutor(ThumbCode code, Decider decider)
{
    /// <summary>Addresses where paths end; where they start they do not.</summary>
    public ImmutableHashSet<uint> Cuts { get; init; } = [];

    /// <summary>Functions that are not followed, by the addresses of their first instructions.</summary>
    public ImmutableDictionary<uint, ThumbContract> Contracts { get; init; } = ImmutableDictionary<uint, ThumbContract>.Empty;

    /// <summary>The most instructions along one path; a path that is longer is stopped.</summary>
    public int MostSteps { get; init; } = 10_000;

    /// <summary>The most values that an unknown target or address is split into.</summary>
    public int MostValues { get; init; } = 300;

    /// <summary>Whether paths that meet at an instruction go on as one.</summary>
    public bool Joins { get; init; }

    /// <summary>Whether instructions in IT blocks split the path, instead of being choices.</summary>
    public bool SplitsConditions { get; init; }

    /// <summary>The condition of paths under assumptions; null where nothing meets them all, or the solver does not say.</summary>
    public PathCondition? Assume(params IEnumerable<Term> assumptions)
    {
        // Values of variables and of elements of arrays, all zero so far.
        var condition = PathCondition.True.And(Make.True, new((_) => 0, (_, _) => 0, (_, _) => 0));
        foreach (var assumption in assumptions)
        {
            if (decider.Meet(condition, assumption) is not Possibility.Possible(var narrower)) return null;
            condition = narrower;
        }

        return condition;
    }

    /// <summary>The paths from an address to cuts, faults and unknown targets.</summary>
    /// <param name="start">The address of the first instruction.</param>
    /// <param name="state">The state there.</param>
    /// <param name="condition">What holds there.</param>
    public Sequence<ThumbPath> Run(uint start, ArmState<TermWord> state, PathCondition condition)
    {
        List<ThumbPath> ended = [];
        var open = new OpenPaths(Joins);
        open.Add(new(start, state, condition, 0));
        while (open.Take() is { } at)
        {
            foreach (var (next, end) in Advance(at))
            {
                if (end is null && Cuts.Contains(next.Address)) ended.Add(next.Ended(new ThumbEnd.Reached(next.Address)));
                else if (end is not null) ended.Add(next.Ended(end));
                else open.Add(next);
            }
        }

        return [.. ended];
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Advance(PathPoint at)
    {
        if (at.Steps >= MostSteps) return [Stop(at, $"more than {MostSteps} instructions")];
        if (Contracts.TryGetValue(at.Address, out var contract)) return Call(at, contract);
        if (code.At(at.Address) is not Decoded.Allowed(var instruction, var length))
            return [Stop(at, ((Decoded.Refused)code.At(at.Address)).Reason)];
        try
        {
            return [.. Step(at with { Steps = at.Steps + 1 }, instruction, length)];
        }
        catch (UnknownPlace unknown)
        {
            return [Stop(at, unknown.Message)];
        }
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Call(PathPoint at, ThumbContract contract)
    {
        var result = contract(at.State);
        var condition = at.Condition;
        foreach (var assumption in result.Assumptions)
        {
            switch (decider.Meet(condition, assumption))
            {
                case Possibility.Possible(var narrower):
                    condition = narrower;
                    break;
                case Possibility.Unknown(var reason):
                    return [Stop(at, reason)];
                default:
                    return [Stop(at, "nothing meets what the contract assumes")];
            }
        }

        var target = at.State.Registers[ArmState<TermWord>.Link].Term & Make.Constant(0xfffffffe, 32);
        return Go(at with { State = result.State, Condition = condition, Steps = at.Steps + 1 }, target);
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Step(PathPoint at, Instruction instruction, int length)
    {
        var holds = at.State.It.Condition.Holds(at.State.Flags).Term;
        if (at.State.It.IsInBlock && !holds.IsConstant && (SplitsConditions || instruction.Placement is Placement.LastInIt))
        {
            return Split(at, holds, (point, isTrue) => Execute(point, instruction, length, TermTruths.Of(Make.Truth(isTrue))));
        }

        return Execute(at, instruction, length, TermTruths.Of(at.State.It.IsInBlock ? holds : Make.True));
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Execute(
        PathPoint at, Instruction instruction, int length, Truth<TermWord> when)
    {
        if (!when.Term.IsFalse && LoadAddress.Of(instruction, at.State, at.Address) is { } address && Placed(at, instruction, address) is { } others)
        {
            return others.SelectMany(other => other.End is null ? Execute(other.Point, instruction, length, when) : [other]);
        }

        var effect = instruction.Execute(at.State, new TermWord(Make.Constant(at.Address, 32)), when);
        return Guarded(at, effect, 0, length);
    }

    // The guards in turn: where one holds, the path ends; where none does, it goes on.
    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Guarded(PathPoint at, Effect<TermWord> effect, int index, int length)
    {
        for (; index < effect.Guards.Count; index++)
        {
            var guard = effect.Guards[index];
            var when = TermAlignment.Simplified(guard.When.Term);
            if (when.IsFalse) continue;
            var next = index + 1;
            return Split(at, when, (point, isTrue) => isTrue
                ? [(point, new ThumbEnd.Faulted(guard.Fault, point.Address))]
                : Guarded(point, effect, next, length));
        }

        var after = at with { State = TermAlignment.Simplified(effect.State) };
        var following = Make.Constant(at.Address + (uint)length, 32);
        return effect.Jump is not { } jump ? Go(after, following)
            : Split(after, jump.Taken.Term, (point, isTrue) => Go(point, isTrue ? jump.Target.Term : following));
    }

    // On to an address, or to each of those that it may be.
    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Go(PathPoint at, Term target)
    {
        if (target.IsConstant) return [(at with { Address = (uint)target.Value }, null)];
        return target.Operator is Operator.Choose
            ? Split(at, target.First, (point, isTrue) => Go(point, isTrue ? target.Second : target.Third))
            : IsTable(target) ? Values(at, target, (point, value) => Go(point, Make.Constant(value, 32)))
            : [(at, new ThumbEnd.Left(target))];
    }

    // What a table of constants says is made of choices; anything else is where a caller wants to go on.
    private static bool IsTable(Term target) => Dag.PostOrder(target).All(term =>
        term.Operator is not (Operator.Select or Operator.Apply)) && Dag.PostOrder(target).Any(term => term.Operator is Operator.Choose);

    // Where constants are read that are too many to choose from, or at an address of which it is not clear where it lies.
    private List<(PathPoint Point, ThumbEnd? End)>? Placed(PathPoint at, Instruction instruction, Term address)
    {
        var memory = (ThumbMemory)at.State.Memory;
        if (memory.Doubtful(address) is var (index, symbolic))
        {
            if (decider.Meet(at.Condition, !memory.IsIn(index, address)) is not Possibility.Impossible) return null;
            if (memory.Objects[index] is MemoryObject.Cells)
                return [(at.With(memory with { Known = memory.Known.SetItem(symbolic, index) }), null)];
        }
        else if (!memory.IsWide(address))
        {
            return null;
        }

        return LoadAddress.Unknown(instruction, at.State) is { } register
            ? [.. Values(at, register, (point, value) => [(point.Replacing(register, value), null)])]
            : null;
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Values(
        PathPoint at, Term term, Func<PathPoint, uint, IEnumerable<(PathPoint, ThumbEnd?)>> each)
    {
        List<(PathPoint, ThumbEnd?)> found = [];
        var condition = at.Condition;
        for (var count = 0; count < MostValues; count++)
        {
            var value = (uint)condition.Witness.Evaluate(term);
            var isIt = term.EqualTo(value);
            var fork = decider.Split(condition, isIt);
            if (fork.Holds is not Possibility.Possible(var here)) return [.. found, Stop(at, Reason(fork.Holds))];
            found.AddRange(each(at with { Condition = here }, value));
            if (fork.Fails is Possibility.Impossible) return found;
            if (fork.Fails is not Possibility.Possible(var rest)) return [.. found, Stop(at, Reason(fork.Fails))];
            condition = rest;
        }

        return [.. found, Stop(at with { Condition = condition }, $"more than {MostValues} values")];
    }

    private IEnumerable<(PathPoint Point, ThumbEnd? End)> Split(
        PathPoint at, Term formula, Func<PathPoint, bool, IEnumerable<(PathPoint, ThumbEnd?)>> each)
    {
        var fork = decider.Split(at.Condition, formula);
        return [.. One(at, fork.Holds, true, each), .. One(at, fork.Fails, false, each)];
    }

    private static IEnumerable<(PathPoint Point, ThumbEnd? End)> One(
        PathPoint at, Possibility possibility, bool isTrue, Func<PathPoint, bool, IEnumerable<(PathPoint, ThumbEnd?)>> each) =>
        possibility switch
        {
            Possibility.Possible(var condition) => each(at with { Condition = condition }, isTrue),
            Possibility.Impossible => [],
            Possibility.Unknown(var reason) => [Stop(at, reason)],
        };

    private static string Reason(Possibility possibility) => possibility switch
    {
        Possibility.Possible or Possibility.Impossible => "the solver contradicts itself",
        Possibility.Unknown(var reason) => reason,
    };

    private static (PathPoint Point, ThumbEnd? End) Stop(PathPoint at, string reason) =>
        (at, new ThumbEnd.Stopped(reason, at.Address));
}

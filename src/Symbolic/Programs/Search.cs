using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>Looks for inputs of programs by symbolic runs, and shows what it finds on the concrete machine.</summary>
/// <remarks>One search answers one question: it keeps what it gave up, and how much it followed.</remarks>
/// <param name="decider">What decides forks.</param>
/// <param name="limits">How far to follow each program.</param>
public sealed class Search(Decider decider, SymbolicLimits limits)
{
    private string reason = "";
    private int paths;
    private int steps;

    /// <summary>An input on which a program traps.</summary>
    /// <param name="subject">The program.</param>
    /// <param name="only">The only trap to look for, or nothing for all.</param>
    public Answer Trap(Subject subject, Trap? only)
    {
        foreach (var path in Counted(subject, PathCondition.True))
        {
            if (path.End is SymbolicEnd.Trapped trapped && (only is null || only == trapped.Trap))
                return Shown(subject, path.Condition, end => IsAt(end, trapped));
        }

        return Nothing();
    }

    /// <summary>An input on which a program ends with a result.</summary>
    /// <param name="subject">The program.</param>
    /// <param name="result">The result, 64 bits.</param>
    public Answer Result(Subject subject, ulong result)
    {
        var wanted = Make.Constant(result, 64);
        foreach (var path in Counted(subject, PathCondition.True))
        {
            if (path.End is not SymbolicEnd.Exited exited) continue;
            switch (decider.Meet(path.Condition, Make.Equal(exited.Result.Term, wanted)))
            {
                case Possibility.Possible(var condition):
                    return Shown(subject, condition, end => end is Outcome<Word, Bit>.Exited found && found.Result.Value == result);
                case Possibility.Unknown(var unknown):
                    GiveUp(unknown);
                    break;
                case Possibility.Impossible:
                    break;
            }
        }

        return Nothing();
    }

    /// <summary>An input on which two programs differ.</summary>
    public Answer Difference(Subject left, Subject right)
    {
        foreach (var first in Paths(left, PathCondition.True))
        {
            if (first.End is SymbolicEnd.Stopped) continue;

            // The other program runs under the condition of the path, so that only pairs that belong together are met.
            foreach (var second in Counted(right, first.Condition))
            {
                if (second.End is SymbolicEnd.Stopped) continue;
                switch (decider.Meet(second.Condition, Comparison.Differ(left, first.End, right, second.End)))
                {
                    case Possibility.Possible(var condition):
                        return Shown(left, right, condition);
                    case Possibility.Unknown(var unknown):
                        GiveUp(unknown);
                        break;
                    case Possibility.Impossible:
                        break;
                }
            }
        }

        return Nothing();
    }

    private static bool IsAt(Outcome<Word, Bit> end, SymbolicEnd.Trapped expected) =>
        end is Outcome<Word, Bit>.Trapped trapped
        && trapped.Trap == expected.Trap
        && expected.State.ProgramCounter.IsKnown(out var slot)
        && trapped.State.ProgramCounter.Value == slot;

    private IEnumerable<SymbolicPath> Counted(Subject subject, PathCondition condition)
    {
        foreach (var path in Paths(subject, condition))
        {
            paths++;
            yield return path;
        }
    }

    private IEnumerable<SymbolicPath> Paths(Subject subject, PathCondition condition)
    {
        foreach (var path in new SymbolicMachine(subject.Machine, decider, limits).Run(subject.Symbolic(), condition))
        {
            steps = Math.Max(steps, path.Steps);
            if (path.End is SymbolicEnd.Stopped stopped) GiveUp(stopped.Reason);
            yield return path;
        }
    }

    private Answer Shown(Subject subject, PathCondition condition, Func<Outcome<Word, Bit>, bool> isAsExpected)
    {
        var input = subject.Read(condition.Witness);
        return subject.Run(input, limits.Steps) is { } end && isAsExpected(end)
            ? new Answer.Found(input, [end])
            : NotShown(input);
    }

    private Answer Shown(Subject left, Subject right, PathCondition condition)
    {
        var input = left.Read(condition.Witness);
        return left.Run(input, limits.Steps) is { } first && right.Run(input, limits.Steps) is { } second
            && !Comparison.Differences(left, first, right, second).IsEmpty
            ? new Answer.Found(input, [first, second])
            : NotShown(input);
    }

    // Terms, solver or this class are wrong then, and nothing is concluded.
    private static Answer.Undecided NotShown(Input input) => new(
        $"the concrete machine does not confirm the context {Convert.ToHexStringLower(input.Context.AsSpan())}: an error in the symbolic run");

    private Answer Nothing() => reason == "" ? new Answer.None(paths, steps) : new Answer.Undecided(reason);

    private void GiveUp(string because)
    {
        if (reason == "") reason = because;
    }
}

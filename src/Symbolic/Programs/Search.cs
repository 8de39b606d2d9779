using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>Looks for inputs of programs by symbolic runs, and shows what it finds on the concrete machine.</summary>
/// <remarks>
/// One search answers one question. It first follows each path alone, which keeps terms small; if these become too many,
/// it starts again and lets paths that meet go on as one, at first whatever their budgets; if the solver cannot decide what they
/// become then, it follows them alone after all, as far as the limits allow.
/// </remarks>
/// <param name="decider">What decides forks.</param>
/// <param name="limits">How far to follow each program.</param>
public sealed class Search(Decider decider, SymbolicLimits limits)
{
    // Of programs with fewer paths the terms are small and the answers quick; with more, most have far more.
    private const int FewPaths = 200;

    private PathCondition given = PathCondition.True;
    private SearchResult.Undecided? doubt;
    private SymbolicLimits current = new(0, 0);
    private Meeting meeting;
    private int paths;
    private int steps;

    /// <summary>How many inputs to look for; one unless told otherwise.</summary>
    public int Wanted { get; init; } = 1;

    /// <summary>Whether an input is the last that is looked for. Where this is asked, each path yields one input at most.</summary>
    public Func<Witness, bool>? IsLast { get; init; }

    /// <summary>Is told, now and then, how far the search has come.</summary>
    public Action<SearchProgress> Progress { get; init; } = _ => { };

    /// <summary>Restricts the inputs to those that meet a formula; whether there are any, or why that is not known.</summary>
    public Possibility Assume(Term formula)
    {
        var possibility = decider.Meet(given, formula);
        if (possibility is Possibility.Possible(var condition)) given = condition;
        return possibility;
    }

    /// <summary>Inputs on which a program traps.</summary>
    /// <param name="subject">The program.</param>
    /// <param name="only">The only trap to look for, or nothing for all.</param>
    public SearchResult Trap(SymbolicProgram subject, Trap? only) => Answered([subject], () =>
        from path in Counted(subject, given, null)
        where path.End is SymbolicEnd.Trapped trapped && (only is null || only == trapped.Trap)
        select new Candidate(path.Condition, ends => IsAt(ends[0], (SymbolicEnd.Trapped)path.End)));

    /// <summary>Inputs on which a program ends with a result.</summary>
    /// <param name="subject">The program.</param>
    /// <param name="result">The result, 64 bits.</param>
    public SearchResult Result(SymbolicProgram subject, ulong result) => Answered([subject], () =>
        from path in Counted(subject, given, null)
        where path.End is SymbolicEnd.Exited
        from condition in Met(path.Condition, ((SymbolicEnd.Exited)path.End).Result.Term.EqualTo(Make.Constant(result, 64)))
        select new Candidate(condition, ends => ends[0] is Outcome<Word>.Exited found && found.Result.Value == result));

    /// <summary>Inputs on which a program comes to execute the instruction in a slot.</summary>
    /// <param name="subject">The program.</param>
    /// <param name="slot">The slot.</param>
    public SearchResult Slot(SymbolicProgram subject, int slot) => Answered([subject], () =>
        from path in Counted(subject, given, slot)
        where path.End is SymbolicEnd.Arrived
        select new Candidate(path.Condition, _ => true), slot);

    /// <summary>Which instructions of a program no input comes to.</summary>
    public Coverage Unreached(SymbolicProgram subject)
    {
        HashSet<int> reached = [];
        foreach (var (next, within) in Attempts)
        {
            Begin(next, within);
            var machine = new SymbolicMachine(subject.Machine, decider, current, meeting);
            foreach (var path in machine.Run(subject.Symbolic(), given))
            {
                paths++;
                if (path.End is SymbolicEnd.Stopped stopped) GiveUp(stopped.Reason, stopped.Limit);
                Tell(machine.Waiting);
            }

            reached.UnionWith(machine.Reached);
            if (!IsWorthAnother(doubt)) break;
        }

        return new([.. Instructions(subject.Machine).Where(slot => !reached.Contains(slot))], doubt);
    }

    /// <summary>Inputs on which two programs differ.</summary>
    public SearchResult Difference(SymbolicProgram left, SymbolicProgram right) => Answered([left, right], () =>
        from first in Paths(left, given, null)
        where first.End is not SymbolicEnd.Stopped

        // The other program runs under the condition of the path, so that only pairs that belong together are met.
        from second in Counted(right, first.Condition, null)
        where second.End is not SymbolicEnd.Stopped
        from condition in Met(second.Condition, Comparison.Differ(left, first.End, right, second.End))
        select new Candidate(condition, ends => !Comparison.Differences(left, ends[0], right, ends[1]).IsEmpty));

    private static bool IsAt(Outcome<Word> end, SymbolicEnd.Trapped expected) =>
        end is Outcome<Word>.Trapped trapped
        && trapped.Trap == expected.Trap
        && expected.State.ProgramCounter.IsKnown(out var slot)
        && trapped.State.ProgramCounter.Value == slot;

    /// <summary>The slots in which the instructions of a program begin.</summary>
    public static IEnumerable<int> Instructions(ReferenceMachine machine)
    {
        for (var slot = 0; slot < machine.Program.Length;)
        {
            yield return slot;
            slot += machine.At(slot) is Decoded.Valid(var instruction) ? instruction.Form.Layout.Slots : 1;
        }
    }

    private SearchResult Answered(Sequence<SymbolicProgram> subjects, Func<IEnumerable<Candidate>> candidates, int? slot = null)
    {
        SearchResult answer = new SearchResult.Undecided("", Limit.None);
        foreach (var (next, within) in Attempts)
        {
            Begin(next, within);
            answer = Once(subjects, candidates(), slot);
            if (!IsWorthAnother(answer as SearchResult.Undecided)) break;
        }

        return answer;
    }

    private IEnumerable<(Meeting Meeting, SymbolicLimits Limits)> Attempts
    {
        get
        {
            yield return (Meeting.Alone, limits with { Paths = Math.Min(limits.Paths, FewPaths) });
            yield return (Meeting.LeastBudget, limits);
            yield return (Meeting.SameBudget, limits);
            if (limits.Paths > FewPaths) yield return (Meeting.Alone, limits);
        }
    }

    // A helper without symbolic meaning, or a path without end, is met on every attempt; and where each path was followed alone, no
    // other attempt makes the solver's questions easier.
    private bool IsWorthAnother(SearchResult.Undecided? undecided) => undecided?.Limit switch
    {
        Limit.Paths or Limit.Merged => true,
        Limit.Time => meeting is not Meeting.Alone,
        Limit.Steps or Limit.None or null => false,
    };

    private void Begin(Meeting next, SymbolicLimits within)
    {
        meeting = next;
        current = within;
        doubt = null;
        paths = 0;
        steps = 0;
    }

    // One input of each path first, since they are most unlike; then more of each.
    private SearchResult Once(Sequence<SymbolicProgram> subjects, IEnumerable<Candidate> candidates, int? slot)
    {
        List<Witness> found = [];
        List<Candidate> seen = [];
        foreach (var candidate in candidates)
        {
            seen.Add(candidate);
            if (found.Exists(witness => witness.Input == subjects[0].Read(candidate.Condition.Witness))) continue;
            if (Show(candidate, candidate.Condition) is { } wrong) return wrong;
            if (found.Count == Wanted || IsLast?.Invoke(found[^1]) is true) return new SearchResult.Found(found.ToSequence(), false);
        }

        if (found.Count == 0) return doubt as SearchResult ?? new SearchResult.None(paths, steps);
        if (IsLast is not null) return new SearchResult.Found(found.ToSequence(), false);
        foreach (var candidate in seen)
        {
            while (decider.Meet(candidate.Condition, Others(subjects[0], found)) is var possibility)
            {
                if (possibility is Possibility.Unknown(var reason)) GiveUp(reason, Limit.Time);
                if (possibility is not Possibility.Possible(var condition)) break;
                if (Show(candidate, condition) is { } wrong) return wrong;
                if (found.Count == Wanted) return new SearchResult.Found(found.ToSequence(), false);
            }
        }

        return new SearchResult.Found(found.ToSequence(), doubt is null);

        SearchResult.Undecided? Show(Candidate candidate, PathCondition condition)
        {
            var input = subjects[0].Read(condition.Witness);
            List<Outcome<Word>> ends = [];
            foreach (var subject in subjects)
            {
                var end = slot is { } wanted ? subject.RunTo(wanted, input, current.Steps) : subject.Run(input, current.Steps);
                if (end is null) return NotShown(input);
                ends.Add(end);
            }

            if (!candidate.IsAsExpected(ends.ToSequence())) return NotShown(input);
            found.Add(new(input, ends.ToSequence()));
            return null;
        }
    }

    private static Term Others(SymbolicProgram subject, List<Witness> found) =>
        Make.All(found.Select(witness => !subject.Is(witness.Input)));

    private IEnumerable<PathCondition> Met(PathCondition condition, Term formula)
    {
        switch (decider.Meet(condition, formula))
        {
            case Possibility.Possible(var met):
                yield return met;
                break;
            case Possibility.Unknown(var reason):
                GiveUp(reason, Limit.Time);
                break;
            case Possibility.Impossible:
                break;
        }
    }

    private IEnumerable<SymbolicPath> Counted(SymbolicProgram subject, PathCondition condition, int? until)
    {
        foreach (var path in Paths(subject, condition, until))
        {
            paths++;
            yield return path;
        }
    }

    private IEnumerable<SymbolicPath> Paths(SymbolicProgram subject, PathCondition condition, int? until)
    {
        var machine = new SymbolicMachine(subject.Machine, decider, current, meeting) { Until = until };
        foreach (var path in machine.Run(subject.Symbolic(), condition))
        {
            steps = Math.Max(steps, path.Steps);
            if (path.End is SymbolicEnd.Stopped stopped) GiveUp(stopped.Reason, stopped.Limit);
            Tell(machine.Waiting);
            yield return path;
        }
    }

    private void Tell(int waiting) => Progress(new(paths, waiting, decider.Questions, meeting is not Meeting.Alone));

    // Terms, solver or this class are wrong then, and nothing is concluded.
    private static SearchResult.Undecided NotShown(Input input) => new(
        $"the concrete machine does not confirm the context {Convert.ToHexStringLower(input.Context.AsSpan())}: "
        + "an error in the symbolic run",
        Limit.None);

    private void GiveUp(string because, Limit limit) => doubt ??= new(because, limit);

    private sealed record Candidate(PathCondition Condition, Func<Sequence<Outcome<Word>>, bool> IsAsExpected);
}

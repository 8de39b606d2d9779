using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>A place in a rule's text: one of the operations that it asks of its words.</summary>
/// <remarks>
/// A rule walks over the regions of memory. An operation of the walk is one place however many regions there are, so
/// that a mutant of it is wrong about each of them.
/// </remarks>
/// <param name="Walk">Before the first walk over the regions 0, from the first one on 1, and so on.</param>
/// <param name="Operation">Counted from 0 since the rule began, or since it came to the region that it is at.</param>
public readonly record struct Site(int Walk, int Operation);

/// <summary>A run of a rule on altered words: it counts operations, and makes one of them go wrong.</summary>
internal sealed class AlteredRun(Site wanted, Change? change)
{
    [ThreadStatic]
    private static AlteredRun? current;

    private readonly List<(Site Site, Change Change)> found = [];
    private readonly Site wanted = wanted;
    private readonly Change? change = change;
    private int walk;
    private int operation;
    private Site last;

    /// <summary>The result of some code with one operation gone wrong or, without a change, as it is.</summary>
    public static TResult Of<TResult>(Site site, Change? change, Func<TResult> code) => Around(new(site, change), code);

    /// <summary>Every change of every operation of some code.</summary>
    public static Sequence<(Site Site, Change Change)> Changes<TResult>(Func<TResult> code)
    {
        var run = new AlteredRun(new(-1, 0), null);
        Around(run, code);
        return [.. run.found.Distinct()];
    }

    /// <summary>Counts an operation; yields how it is to go wrong, if it is.</summary>
    public static Change? Next(Operator @operator, bool isPart = false) =>
        current is not { } run || !run.IsMeant() ? null : run.Meet(Words.Changes.Of(@operator, isPart));

    /// <summary>Counts what has only some changes of its own.</summary>
    public static Change? Next(Sequence<Change> changes) => current is not { } run || !run.IsMeant() ? null : run.Meet(changes);

    /// <summary>The rule comes to a region of memory.</summary>
    /// <param name="isFirst">Whether a walk begins there.</param>
    public static void ComesToRegion(bool isFirst)
    {
        if (current is not { } run) return;
        if (isFirst) run.walk++;
        run.operation = 0;
    }

    private static TResult Around<TResult>(AlteredRun run, Func<TResult> code)
    {
        var outer = current;
        current = run;
        try
        {
            return code();
        }
        finally
        {
            current = outer;
        }
    }

    // Counts; whether this operation is of interest.
    private bool IsMeant()
    {
        last = new(walk, operation++);
        return last == wanted || wanted.Walk < 0;
    }

    // What helpers declare differs, so another operation than the one meant may be in its place: it does not go wrong.
    private Change? Meet(Sequence<Change> changes)
    {
        if (wanted.Walk >= 0) return change is not null && changes.Contains(change) ? change : null;
        foreach (var each in changes) found.Add((last, each));
        return null;
    }
}

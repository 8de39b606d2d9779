namespace RbpfSpec.Mutants;

/// <summary>A run of code over <see cref="MutantWord{T}"/>: it counts the operations, and makes one of them go wrong.</summary>
/// <remarks>
/// One a thread, as what makes a constant has nothing at hand that could lead to its run. Without a run nothing goes
/// wrong, and words hide what is known of them as in <see cref="MutantScope.EveryState"/>.
/// </remarks>
internal sealed class MutantRun
{
    [ThreadStatic]
    private static MutantRun? current;

    private readonly List<ChangedOperation>? found;
    private readonly ChangedOperation? wanted;
    private readonly MutantScope scope;
    private readonly int wantedWalk;
    private readonly int wantedOperation;
    private int walk;
    private int operation;

    private MutantRun(ChangedOperation? wanted, MutantScope scope)
    {
        this.wanted = wanted;
        this.scope = scope;
        found = wanted is null ? [] : null;
        (wantedWalk, wantedOperation) = wanted is null ? (-1, -1) : (wanted.Place.Walk, wanted.Place.Operation);
    }

    /// <summary>Whether words tell what is known of them.</summary>
    public static bool IsOpen => current is { scope: MutantScope.ThisState };

    /// <summary>Whether an operation went wrong so that it had another result.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The result of some code with one operation gone wrong, and the run.</summary>
    public static (TResult Result, MutantRun Run) With<TResult>(ChangedOperation wanted, MutantScope scope, Func<TResult> code)
    {
        var run = new MutantRun(wanted, scope);
        return (run.Around(code), run);
    }

    /// <summary>Every change of every operation of some code.</summary>
    public static Sequence<ChangedOperation> Changes<TResult>(MutantScope scope, Func<TResult> code)
    {
        var run = new MutantRun(null, scope);
        run.Around(code);
        return [.. run.found!.Distinct()];
    }

    /// <summary>Counts an operation; yields how it goes wrong, if it does.</summary>
    public static OperationChange? Next(WordOperation operation) => current is { } run ? run.Count(operation) : null;

    /// <summary>The wrong result of the operation, noted if it is not the right one.</summary>
    public static TValue Instead<TValue>(TValue right, TValue wrong)
    {
        if (current is { } run) run.HasChanged |= !EqualityComparer<TValue>.Default.Equals(right, wrong);
        return wrong;
    }

    /// <summary>The rule comes to a region of memory.</summary>
    /// <param name="isFirst">Whether a walk begins there.</param>
    public static void ComesToRegion(bool isFirst)
    {
        if (current is not { scope: MutantScope.EveryState } run) return;
        if (isFirst) run.walk++;
        run.operation = 0;
    }

    private TResult Around<TResult>(Func<TResult> code)
    {
        var outer = current;
        current = this;
        try
        {
            return code();
        }
        finally
        {
            current = outer;
        }
    }

    private OperationChange? Count(WordOperation met)
    {
        var here = operation++;
        if (found is not null) Find(new(walk, here), met);

        // What helpers declare differs, so another operation than the one meant may be in its place: it does not go wrong.
        return here == wantedOperation && walk == wantedWalk && IsOf(met, wanted!.Change) ? wanted.Change : null;
    }

    private static bool IsOf(WordOperation operation, OperationChange change)
    {
        foreach (var each in OperationChanges.Of(operation))
        {
            if (each == change) return true;
        }

        return false;
    }

    private void Find(OperationPlace here, WordOperation met)
    {
        foreach (var change in OperationChanges.Of(met)) found!.Add(new(here, change));
    }
}

using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>When two programs that ran on the same input differ: in result or trap, context, key/value stores, output.</summary>
/// <remarks>The output is compared on concrete runs only: printing has no symbolic meaning, so no proof meets it.</remarks>
public static class Comparison
{
    /// <summary>When two ends of symbolic runs differ; neither was stopped.</summary>
    public static Term Differ(SymbolicProgram left, SymbolicEnd first, SymbolicProgram right, SymbolicEnd second)
    {
        var result = (first, second) switch
        {
            (SymbolicEnd.Exited one, SymbolicEnd.Exited other) => one.Result.Term.DiffersFrom(other.Result.Term),
            (SymbolicEnd.Trapped one, SymbolicEnd.Trapped other) => Make.Truth(one.Trap != other.Trap),
            _ => Make.True,
        };
        if (result.IsTrue) return result;

        var context = left.Context(first.State).Zip(right.Context(second.State), Make.Differ);
        var (mine, others) = (first.State.Host, second.State.Host);
        return Make.Any([result, .. context, Differ(mine.Local, others.Local).Term, Differ(mine.Global, others.Global).Term]);
    }

    /// <summary>The differences between two ends of concrete runs, in words.</summary>
    public static Sequence<string> Differences(SymbolicProgram left, Outcome<Word> first, SymbolicProgram right, Outcome<Word> second)
    {
        List<string> differences = [];
        var (mine, others) = (first.State.Host, second.State.Host);
        if (Result(first) != Result(second)) differences.Add("result");
        if (left.Context(first.State) != right.Context(second.State)) differences.Add("context");
        if (Differ(mine.Local, others.Local).Value) differences.Add("local store");
        if (Differ(mine.Global, others.Global).Value) differences.Add("global store");
        if (mine.Output != others.Output) differences.Add("output");
        return differences.ToSequence();
    }

    private static (Trap? Trap, ulong Value) Result(Outcome<Word> end) => end switch
    {
        Outcome<Word>.Exited exited => (null, exited.Result.Value),
        Outcome<Word>.Trapped trapped => (trapped.Trap, 0),
        Outcome<Word>.Next => throw new ArgumentException("the run has not ended", nameof(end)),
    };

    // Stores are maps: where a pair is kept does not count.
    private static Truth<T> Differ<T>(Store<T> left, Store<T> right)
        where T : IWord<T> => Lacks(left, right) | Lacks(right, left);

    private static Truth<T> Lacks<T>(Store<T> store, Store<T> other)
        where T : IWord<T>
    {
        var lacks = Truth<T>.Of(false);
        foreach (var entry in other.Entries)
        {
            var present = Truth<T>.Of(false);
            foreach (var candidate in store.Entries)
                present |= candidate.Used & T.Same(candidate.Key, entry.Key) & T.Same(candidate.Value, entry.Value);
            lacks |= entry.Used & !present;
        }

        return lacks;
    }
}

namespace RbpfSpec.Mutants;

/// <summary>The states that one mutant is run in.</summary>
public enum MutantScope
{
    /// <summary>
    /// Any: a place is the same operation in each. So words hide what is known of them, as of two states one might let a
    /// rule pass over what the other does not; and an operation of a walk over the regions of memory is one place,
    /// however many regions there are, so that a mutant of it is wrong about each of them.
    /// </summary>
    EveryState,

    /// <summary>One alone: each operation that the code asks for in it is a place of its own.</summary>
    ThisState,
}

/// <summary>A place in a rule's text: one of the operations that it asks of its words.</summary>
/// <param name="Walk">Before the first walk over the regions 0, from the first one on 1, and so on; of one state alone, 0.</param>
/// <param name="Operation">Counted from 0 since the rule began, or since it came to the region that it is at.</param>
public readonly record struct OperationPlace(int Walk, int Operation);

/// <summary>One operation of some code over <see cref="MutantWord{T}"/>, and the change of it.</summary>
/// <remarks>
/// The operations that code asks of its words are counted as it runs; at one of them the words answer differently. So
/// every operation, width, extension, sign, constant and order of operands in a rule has its mutants, and none is
/// written by hand.
/// </remarks>
/// <param name="Place">Which operation.</param>
/// <param name="Change">What it becomes.</param>
public sealed record ChangedOperation(OperationPlace Place, OperationChange Change)
{
    /// <summary>Every change of some code, as it runs in one state, that has another result there than the operation.</summary>
    /// <param name="code">The code; it is run once for each change.</param>
    public static Sequence<ChangedOperation> InThisState<TResult>(Func<TResult> code) =>
    [
        .. MutantRun.Changes(MutantScope.ThisState, code)
            .Where(changed => MutantRun.With(changed, MutantScope.ThisState, code).Run.HasChanged),
    ];

    /// <summary>The result of some code, as it runs in one state, with this change.</summary>
    /// <exception cref="InvalidOperationException">The code asks for no such operation.</exception>
    public TResult In<TResult>(Func<TResult> code)
    {
        var (result, run) = MutantRun.With(this, MutantScope.ThisState, code);
        return run.HasChanged ? result : throw new InvalidOperationException($"there is no {this}");
    }

    /// <summary>The operation's number and the change, as in <c>operation 2: bvadd -> bvsub</c>.</summary>
    public override string ToString() => $"operation {Place.Operation}: {Change.Name}";
}

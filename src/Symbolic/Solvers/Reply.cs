namespace RbpfSpec.Symbolic.Solvers;

/// <summary>The reply to a script. No case but the first two says anything about its assertions.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>The assertions cannot hold together.</summary>
    public sealed record Unsatisfiable : Reply;

    /// <summary>The assertions hold together in at least one model.</summary>
    /// <param name="Values">The values of the wanted terms in one such model, in the order of <see cref="Script.Wanted"/>.</param>
    public sealed record Satisfiable(Sequence<Value> Values) : Reply;

    /// <summary>The solver gave up, ran out of time or was interrupted.</summary>
    /// <param name="Reason">Which of them, one line.</param>
    public sealed record Undecided(string Reason) : Reply;

    /// <summary>The solver died, reported an error, or answered something else than one verdict.</summary>
    /// <param name="Reason">What it did, one line.</param>
    public sealed record Failed(string Reason) : Reply;
}

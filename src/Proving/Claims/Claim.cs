using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Claims;

/// <summary>How a claim speaks of its formula.</summary>
public enum ClaimKind
{
    /// <summary>The formula holds for all values; a solver must find no exception.</summary>
    Always,

    /// <summary>The formula holds for some values; a solver must find them. So a declared trap or deviation is shown to be real.</summary>
    Possible,
}

/// <summary>The formulas of a claim.</summary>
/// <param name="Hypotheses">What is assumed.</param>
/// <param name="Conclusion">What then holds.</param>
/// <param name="Replay">What a model of the violation (or of the possibility) looks like on the concrete machine.</param>
public sealed record Proposition(Sequence<Term> Hypotheses, Term Conclusion, Func<Assignment, Replay> Replay)
{
    /// <summary>Text that the formulas rest on, if there is any.</summary>
    public Prelude? Prelude { get; init; }

    /// <summary>Values of variables for every other try: each said by variables before it, and by others that are tried, too.</summary>
    public Sequence<(Term Variable, Term Value)> Suggested { get; init; } = [];

    /// <summary>The question whether it can be violated or, of a possibility, met.</summary>
    public Question Question(ClaimKind kind) => new(
    [
        .. Hypotheses,
        kind switch
        {
            ClaimKind.Always => !Conclusion,
            ClaimKind.Possible => Conclusion,
        },
    ],
    Prelude,
    Suggested);

    /// <summary>
    /// The wish of a reader for a counterexample that is easy to read, where one is left that has it: of a program, that it
    /// is short. Null if there is none.
    /// </summary>
    public Func<IEnumerable<Term>>? Preferred { get; init; }
}

/// <summary>A model run on the concrete machine.</summary>
public abstract record Replay
{
    private Replay()
    {
    }

    /// <summary>The concrete machine shows what the model says.</summary>
    /// <param name="Lines">Program, state and outcome, for people.</param>
    public sealed record Shown(Sequence<string> Lines) : Replay;

    /// <summary>The concrete machine does something else: solver, terms or replay are wrong, and nothing is concluded.</summary>
    public sealed record NotShown(string Reason) : Replay;
}

/// <summary>A small deliberate change of what a claim is about; the claim must be refuted with it.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="State">The formulas of the claim with the mutant in it.</param>
public sealed record Mutant(string Name, Func<Proposition> State);

/// <summary>A claim for the solver.</summary>
public sealed record Claim
{
    /// <summary>The stable name: family, rule or check, profile; as in <c>rfc/alu/div32-x@rbpf</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The claim, one sentence for a reader who never opens the code.</summary>
    public required string Sentence { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Clause Source { get; init; }

    /// <summary>Whether the formula holds for all values or for some.</summary>
    public ClaimKind Kind { get; init; } = ClaimKind.Always;

    /// <summary>Makes the formulas.</summary>
    public required Func<Proposition> State { get; init; }

    /// <summary>The mutants that it must find; at least one of a claim for all values.</summary>
    public required Sequence<Mutant> Mutants { get; init; }

    /// <summary>The claims that it takes for granted: what they say is among its hypotheses, or has been put into its formulas.</summary>
    public Sequence<Claim> Lemmas { get; init; } = [];

    /// <summary>The family: the part of the id before the first slash.</summary>
    public string Family => Id[..Id.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

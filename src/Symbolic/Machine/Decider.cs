using System.Collections.Immutable;
using System.Numerics;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>Whether a path can go on in some way.</summary>
public abstract record Possibility
{
    private Possibility()
    {
    }

    /// <summary>It can.</summary>
    /// <param name="Condition">The path's condition from there on.</param>
    public sealed record Possible(PathCondition Condition) : Possibility;

    /// <summary>No values make it go that way.</summary>
    public sealed record Impossible : Possibility;

    /// <summary>The solver did not say.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Unknown(string Reason) : Possibility;
}

/// <summary>Both ways that a path can go at a formula.</summary>
/// <param name="Holds">Where the formula holds.</param>
/// <param name="Fails">Where it does not.</param>
public readonly record struct Fork(Possibility Holds, Possibility Fails);

/// <summary>Decides formulas on paths: by what the path knows, by its witness, by what was answered before, and else by a solver.</summary>
/// <param name="solver">The session.</param>
/// <param name="limit">The time for one question.</param>
public sealed class Decider(ISolver solver, TimeSpan limit)
{
    private static readonly Possibility Never = new Possibility.Impossible();

    private readonly Relevance relevance = new();
    private readonly Dictionary<string, Reply> answered = new(StringComparer.Ordinal);
    private uint refusals;

    /// <summary>How many questions the solver was asked.</summary>
    public int Questions { get; private set; }

    /// <summary>The ways that a path can go at a formula; at least one is possible, unless the solver contradicts itself.</summary>
    public Fork Split(PathCondition path, Term formula)
    {
        var resolved = path.Resolve(formula);
        if (resolved.IsTrue) return new(new Possibility.Possible(path), Never);
        if (resolved.IsFalse) return new(Never, new Possibility.Possible(path));

        var opposite = !resolved;
        var (seen, other) = Holds(path, resolved) ? (resolved, opposite) : (opposite, resolved);
        var otherwise = Ask(path, other);
        if (otherwise is Possibility.Impossible && Doubt(path, seen) is { } doubt)
            return new(new Possibility.Unknown(doubt), new Possibility.Unknown(doubt));
        Possibility witnessed = new Possibility.Possible(
            otherwise is Possibility.Impossible ? path.Knowing(seen) : path.And(seen, path.Witness));
        return ReferenceEquals(seen, resolved) ? new(witnessed, otherwise) : new(otherwise, witnessed);
    }

    /// <summary>Whether a formula can hold on a path.</summary>
    public Possibility Meet(PathCondition path, Term formula)
    {
        var resolved = path.Resolve(formula);
        return resolved.IsFalse ? Never
            : resolved.IsTrue ? new Possibility.Possible(path)
            : Holds(path, resolved) ? new Possibility.Possible(path.And(resolved, path.Witness))
            : Ask(path, resolved);
    }

    // A solver that finds one way impossible has to find the other possible, for the witness shows it. Asked at the first
    // refusal and ever less often after it: a solver that refuses everything is found out at once.
    private string? Doubt(PathCondition path, Term seen)
    {
        if (!BitOperations.IsPow2(++refusals)) return null;
        return solver.Solve(new Question([.. path.Terms, seen]).About(path.Witness), limit) switch
        {
            Reply.Satisfiable => null,
            Reply.Unsatisfiable => "the solver contradicts itself: it says of both ways of a branch that no context leads there",
            Reply.Undecided(var reason) => $"the solver: {reason}",
            Reply.Failed(var reason) => $"the solver failed: {reason}",
        };
    }

    private static bool Holds(PathCondition path, Term formula) => path.Witness.Evaluate(formula) == UInt128.One;

    // What shares no variable with the formula is met by the witness whatever the others are, so the solver need not hear of it;
    // and what it answered once it need not be asked again.
    private Possibility Ask(PathCondition path, Term formula)
    {
        var around = path.Witness.Values is null ? null : relevance.Around(path.Terms, formula);
        ImmutableList<Term> terms = (around ?? path.Terms).Add(formula);
        var question = new Question(terms);
        return Answer(question) switch
        {
            Reply.Unsatisfiable => Never,
            Reply.Satisfiable(var values) => Checked(path, terms, formula, Witness(path, around, terms, question.Read(values))),
            Reply.Undecided(var reason) => new Possibility.Unknown($"the solver: {reason}"),
            Reply.Failed(var reason) => new Possibility.Unknown($"the solver failed: {reason}"),
        };
    }

    private Reply Answer(Question question)
    {
        var text = question.Script.Text;
        if (answered.TryGetValue(text, out var reply)) return reply;
        Questions++;
        reply = solver.Solve(question.Script, limit);
        if (reply is Reply.Unsatisfiable or Reply.Satisfiable) answered[text] = reply;
        return reply;
    }

    // The model of a part of the condition, and beside it the path's own values for what that part does not speak of.
    private Assignment Witness(PathCondition path, ImmutableList<Term>? around, ImmutableList<Term> terms, Assignment model)
    {
        if (around is null) return model;
        var values = path.Witness.Values!;
        foreach (var variable in terms.SelectMany(relevance.Variables).Distinct(ReferenceEqualityComparer.Instance).Cast<Term>())
            values = values.SetItem(variable, model.Variable(variable));
        return Assignment.Of(values);
    }

    // A model is believed only where the terms, evaluated, agree with it.
    private static Possibility Checked(PathCondition path, ImmutableList<Term> terms, Term formula, Assignment model) =>
        terms.TrueForAll(term => model.Evaluate(term) == UInt128.One)
            ? new Possibility.Possible(path.And(formula, model))
            : new Possibility.Unknown("the solver's values do not make the condition hold");
}

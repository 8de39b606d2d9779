using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>The answer to whether a goal holds.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>It holds.</summary>
    public sealed record Holds : Answer;

    /// <summary>It does not, of these values.</summary>
    /// <param name="Values">The values.</param>
    public sealed record Fails(Assignment Values) : Answer;

    /// <summary>The solver did not say.</summary>
    /// <param name="Reason">What it said.</param>
    public sealed record Unknown(string Reason) : Answer;
}

/// <summary>Proves goals about native code: by simplification, by what was proved before, and else by a solver.</summary>
/// <param name="solver">The session.</param>
/// <param name="limit">The time for one question.</param>
/// <param name="profile">The machine variant.</param>
/// <param name="proved">The questions answered before.</param>
internal sealed class Asking(ISolver solver, TimeSpan limit, Profile profile, ProvedShapes proved)
{
    /// <summary>How many questions the solver was asked.</summary>
    public int Questions { get; private set; }

    /// <summary>Whether a goal is found to follow from the conditions of a path; nothing is looked for that refutes it.</summary>
    public bool IsProved(IReadOnlyCollection<Term> conditions, IEnumerable<Term> goals) => Open(conditions, goals) is null;

    /// <summary>Whether a goal follows from the conditions of a path.</summary>
    public Answer Follows(IReadOnlyCollection<Term> conditions, IEnumerable<Term> goals)
    {
        if (Open(conditions, goals) is not { } assertions) return new Answer.Holds();

        // Values that a device can have are looked for first, so that a run shows them.
        List<Term> onDevice = [.. assertions.Select(OnDevice.Of), .. OnDevice.Facts(profile)];
        var placed = new Question(onDevice, suggested: OnDevice.Suggested);
        if (placed.Sample() is { } found) return new Answer.Fails(OnDevice.With(found));
        if (WhateverQuotientsAre(placed, onDevice) is { } guessed) return new Answer.Fails(OnDevice.With(guessed));
        Questions++;
        if (solver.Solve(placed.Script, limit) is Reply.Satisfiable(var some) && placed.Read(some) is var read && placed.IsMet(read))
            return new Answer.Fails(OnDevice.With(read));

        var question = new Question(assertions);
        if (question.Sample() is { } sampled) return new Answer.Fails(sampled);
        Questions++;
        return solver.Solve(question.Script, limit) switch
        {
            Reply.Unsatisfiable => new Answer.Holds(),
            Reply.Satisfiable(var values) => Met(question, question.Read(values)),
            Reply.Undecided(var reason) => new Answer.Unknown(reason),
            Reply.Failed(var reason) => new Answer.Unknown(reason),
        };
    }

    // Values are soon found where products and quotients may be anything; often they do with the true ones, too.
    private Assignment? WhateverQuotientsAre(Question question, IReadOnlyList<Term> assertions)
    {
        var abstracted = Lemmas.Abstract(assertions);
        if (ReferenceEquals(abstracted, assertions)) return null;
        Question easy = new(abstracted);
        Questions++;
        return solver.Solve(easy.Script, limit) is Reply.Satisfiable(var values) && easy.Read(values) is var read && question.IsMet(read)
            ? read
            : null;
    }

    // What would have to hold together for the goal not to follow; null if it follows.
    private List<Term>? Open(IReadOnlyCollection<Term> conditions, IEnumerable<Term> goals)
    {
        var known = Known(conditions);
        var goal = Make.All(goals.Select(one => one.IsTrue ? one : Lemmas.Apply(Dag.Substitute(Dag.Substitute(one, known), known))));
        if (goal.IsTrue) return null;
        List<Term> assertions = [.. conditions.Select(Lemmas.Apply), !goal];
        assertions.AddRange(Facts(assertions));
        if (assertions.Any(assertion => assertion.IsFalse)) return null;

        var abstracted = Lemmas.Abstract(assertions);
        var shape = Renamed(abstracted);
        if (proved.Contains(shape.Script.Text)) return null;
        Questions++;
        if (solver.Solve(shape.Script, limit) is not Reply.Unsatisfiable) return assertions;
        proved.Add(shape.Script.Text);
        return null;
    }

    private static Answer Met(Question question, Assignment values) => question.IsMet(values)
        ? new Answer.Fails(values)
        : new Answer.Unknown("the values of the solver do not show what they should");

    // What a path has decided, as replacements.
    private static Dictionary<Term, Term> Known(IEnumerable<Term> conditions)
    {
        Dictionary<Term, Term> known = new(ReferenceEqualityComparer.Instance);
        foreach (var condition in conditions) Learn(condition, true);
        return known;

        void Learn(Term term, bool holds)
        {
            if (term.Operator is Operator.Not)
            {
                Learn(term.First, !holds);
            }
            else if (term.Operator is (Operator.And) && holds || term.Operator is Operator.Or && !holds)
            {
                Learn(term.First, holds);
                Learn(term.Second, holds);
            }
            else if (!term.IsConstant)
            {
                known[term] = Make.Truth(holds);
                if (!holds || term.Operator is not Operator.Equal) return;
                if (term.First.Operator is Operator.Variable && term.Second.IsConstant) known[term.First] = term.Second;
                if (term.Second.Operator is Operator.Variable && term.First.IsConstant) known[term.Second] = term.First;
            }
        }
    }

    private IEnumerable<Term> Facts(List<Term> assertions)
    {
        var variables = Dag.PostOrder(assertions).Where(term => term.Operator is Operator.Variable)
            .ToHashSet<Term>(ReferenceEqualityComparer.Instance);
        foreach (var window in (WindowTerms[])[Unknowns.Readable, Unknowns.Writable])
        {
            if (!variables.Contains(window.Start) && !variables.Contains(window.Length)) continue;
            foreach (var fact in window.Facts()) yield return fact;
        }

        if (!variables.Contains(Unknowns.StackStart)) yield break;
        foreach (var fact in Unknowns.FrameFacts(profile)) yield return fact;
    }

    // The same question whatever its variables are called.
    private static Question Renamed(IReadOnlyList<Term> terms)
    {
        Dictionary<Term, Term> names = new(ReferenceEqualityComparer.Instance);
        foreach (var term in Dag.PostOrder(terms))
        {
            if (term.Operator is Operator.Variable) names[term] = Make.Variable($"v{names.Count}", term.Sort);
        }

        return new([.. terms.Select(term => Dag.Replace(term, names))]);
    }
}

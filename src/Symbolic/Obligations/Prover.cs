using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Obligations;

/// <summary>Tries claims, one solver session a prover.</summary>
/// <param name="Solver">The session.</param>
/// <param name="Limit">The time for one question.</param>
public sealed record Prover(ISolver Solver, TimeSpan Limit)
{
    /// <summary>Tries a claim and its mutants.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="known">The hash of the scripts that were proved before; where it is the same, no solver is asked.</param>
    public Result Try(Claim claim, string? known = null)
    {
        var watch = Stopwatch.StartNew();
        var obligation = claim.State();
        var question = Question.Of(obligation, claim.Kind);
        var mutants = claim.Mutants.Map(mutant => (Mutant: mutant, Obligation: mutant.State()));
        var questions = mutants.Map(mutant => Question.Of(mutant.Obligation, claim.Kind));
        var hash = Hash([question, .. questions]);
        if (hash == known) return new(claim, new Verdict.Proved([]), [], hash, watch.Elapsed, WasKnown: true);

        var verdict = Ask(question, obligation, claim.Kind);
        var results = Sequence.Generate(
            mutants.Count,
            index => new MutantResult(mutants[index].Mutant, Ask(questions[index], mutants[index].Obligation, claim.Kind)));
        return new(claim, Combine(claim, verdict, results), results, hash, watch.Elapsed, WasKnown: false);
    }

    /// <summary>Whether a question's obligation holds.</summary>
    public Verdict Ask(Question question, Obligation obligation, ClaimKind kind) => Solver.Solve(question.Script, Limit) switch
    {
        Reply.Failed failed => new Verdict.Undecided(failed.Reason),
        Reply.Undecided undecided => new Verdict.Undecided(undecided.Reason),
        Reply.Unsatisfiable => kind switch
        {
            ClaimKind.Always => new Verdict.Proved([]),
            ClaimKind.Possible => new Verdict.Refuted(["no values show it"]),
        },
        Reply.Satisfiable satisfiable => Shown(question, obligation, satisfiable.Values, lines => kind switch
        {
            ClaimKind.Always => new Verdict.Refuted(lines),
            ClaimKind.Possible => new Verdict.Proved(lines),
        }),
    };

    // A model counts only once the concrete machine has shown it.
    private static Verdict Shown(
        Question question, Obligation obligation, Sequence<Value> values, Func<Sequence<string>, Verdict> verdict) =>
        obligation.Replay(question.Read(values)) switch
        {
            Replay.Shown(var lines) => verdict(lines),
            Replay.NotShown(var reason) => new Verdict.Undecided($"the solver's model does not replay: {reason}"),
        };

    private static Verdict Combine(Claim claim, Verdict verdict, Sequence<MutantResult> mutants)
    {
        if (verdict is not Verdict.Proved) return verdict;
        if (mutants.IsEmpty && claim.Kind is ClaimKind.Always) return new Verdict.Undecided("it has no mutant, so it might claim nothing");
        foreach (var (mutant, fate) in mutants)
        {
            switch (fate)
            {
                case Verdict.Undecided(var reason):
                    return new Verdict.Undecided($"mutant '{mutant.Name}': {reason}");
                case Verdict.Proved:
                    return new Verdict.Refuted([$"it holds even of the mutant '{mutant.Name}', so it does not see that bug"]);
            }
        }

        return verdict;
    }

    private static string Hash(Sequence<Question> questions) => questions.Count == 1
        ? questions[0].Hash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', questions.Map(question => question.Hash)))));
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Certifying;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Campaigns;

/// <summary>Tries claims, one solver session a prover.</summary>
/// <param name="Solver">The session.</param>
/// <param name="Limit">The time for one question.</param>
public sealed record Prover(ISolver Solver, TimeSpan Limit)
{
    /// <summary>Certifies, of each claim that is proved, that there is no counterexample; null if nothing is certified.</summary>
    public Func<Question, Certification>? Certify { get; init; }

    // Many claims share a lemma, which is stated once.
    private static readonly ConditionalWeakTable<Claim, string> LemmaHashes = [];

    /// <summary>Tries a claim and its mutants.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="known">The hash of the scripts that were proved before; where it is the same, no solver is asked.</param>
    /// <param name="cancellation">Ends it before the next question.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Result Try(Claim claim, string? known = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var proposition = claim.State();
        var question = proposition.Question(claim.Kind);
        var mutants = claim.Mutants.Map(mutant => (Mutant: mutant, Proposition: mutant.State()));
        var questions = mutants.Map(mutant => mutant.Proposition.Question(claim.Kind));
        var hash = Hash([question, .. questions], claim.Lemmas);
        if (hash == known) return new(claim, new Verdict.Proved([]), [], hash, watch.Elapsed, WasKnown: true);

        var verdict = Asked(question, proposition, claim.Kind is ClaimKind.Possible);
        var results = Sequence.Generate(
            mutants.Count,
            index => new MutantResult(mutants[index].Mutant, Asked(questions[index], mutants[index].Proposition, isLikely: true)));
        var combined = Combine(claim, verdict, results);
        if (combined is Verdict.Proved && claim.Kind is ClaimKind.Always && Doubt() is { } doubt) combined = new Verdict.Undecided(doubt);
        cancellation.ThrowIfCancellationRequested();
        var certification = combined is Verdict.Proved && claim.Kind is ClaimKind.Always ? Certify?.Invoke(question) : null;
        if (certification is Certification.Contradicted)
        {
            combined = new Verdict.Undecided(
                $"the solvers contradict each other: {Certifier.Solver} finds values for what {Solver.Name} refutes");
        }

        return new(claim, combined, results, hash, watch.Elapsed, WasKnown: false) { Certification = certification };

        // What an interrupted solver says is not a result.
        Verdict Asked(Question asked, Proposition about, bool isLikely)
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = Ask(asked, about, claim.Kind, isLikely);
            cancellation.ThrowIfCancellationRequested();
            return answer;
        }

        // Most mutants are met by values that were tried; but a solver that is to prove that there are none must have
        // found, for this claim, that there can be some.
        string? Doubt()
        {
            var tried = Enumerable.Range(0, mutants.Count).Select(index => (Index: index, Sample: questions[index].Sample())).ToList();
            return tried.Any(mutant => mutant.Sample is null)
                ? null
                : tried.MinBy(mutant => questions[mutant.Index].Script.Text.Length) is (var shortest, { } sample)
                    ? Denial(mutants[shortest].Mutant, questions[shortest].About(sample))
                    : null;
        }
    }

    private string? Denial(Mutant mutant, Script script) => Solver.Solve(script, Limit) switch
    {
        Reply.Satisfiable => null,
        Reply.Unsatisfiable =>
            $"the solver does not find the mutant '{mutant.Name}', though values show it: nothing that it says of this claim counts",
        Reply.Undecided(var reason) => $"the solver does not confirm the mutant '{mutant.Name}': {reason}",
        Reply.Failed(var reason) => $"the solver does not confirm the mutant '{mutant.Name}': {reason}",
    };

    /// <summary>Whether the claim of a question holds.</summary>
    /// <param name="question">The question.</param>
    /// <param name="proposition">The formulas of the claim that it asks about.</param>
    /// <param name="kind">Whether the claim is to hold for all values or for some.</param>
    /// <param name="isLikely">Whether values are likely to be found, so that some are tried before the solver is asked.</param>
    public Verdict Ask(Question question, Proposition proposition, ClaimKind kind, bool isLikely) => Search(question, isLikely) switch
    {
        ModelSearch.Nothing => None(kind),
        ModelSearch.Values(var model) => kind is ClaimKind.Always && !isLikely
            ? Readable(question, proposition, model)
            : Shown(proposition, model, kind),
        ModelSearch.Undecided(var reason) => new Verdict.Undecided(reason),
    };

    /// <summary>Values that answer a question with yes, if there are any.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isLikely">Whether values are likely to be found, so that some are tried before the solver is asked.</param>
    public ModelSearch Search(Question question, bool isLikely) =>
        question.IsContradictory ? new ModelSearch.Nothing()
        : isLikely && question.Sample() is { } sample ? new ModelSearch.Values(sample)
        : !isLikely && question.Abstracted is { } easier && Solver.Solve(easier, Limit) is Reply.Unsatisfiable ? new ModelSearch.Nothing()
        : Solver.Solve(question.Script with { HasLikelyValues = isLikely }, Limit) switch
        {
            Reply.Failed(var reason) => new ModelSearch.Undecided(reason),
            Reply.Undecided(var reason) => new ModelSearch.Undecided(reason),
            Reply.Unsatisfiable => new ModelSearch.Nothing(),
            Reply.Satisfiable(var values) => new ModelSearch.Values(question.Read(values)),
        };

    // A refuted claim is read by people: the smallest model that is easily had is shown, if the concrete machine shows it.
    private Verdict Readable(Question question, Proposition proposition, Assignment model)
    {
        var preferred = proposition.Preferred is null ? null : question.And(proposition.Preferred());
        var first = preferred is not null && Solver.Solve(preferred.Script, Limit) is Reply.Satisfiable(var values)
            ? preferred.Read(values) : model;
        return Shown(proposition, Smaller.Of(preferred is not null && preferred.IsMet(first) ? preferred : question, first),
            ClaimKind.Always) is Verdict.Refuted small
            ? small
            : Shown(proposition, model, ClaimKind.Always);
    }

    private static Verdict None(ClaimKind kind) => kind switch
    {
        ClaimKind.Always => new Verdict.Proved([]),
        ClaimKind.Possible => new Verdict.Refuted(["no values show it"]),
    };

    // A model counts only once the concrete machine has shown it.
    private static Verdict Shown(Proposition proposition, Assignment model, ClaimKind kind) => proposition.Replay(model) switch
    {
        Replay.Shown(var lines) => kind switch
        {
            ClaimKind.Always => new Verdict.Refuted(lines),
            ClaimKind.Possible => new Verdict.Proved(lines),
        },
        Replay.NotShown(var reason) => new Verdict.Undecided($"the model does not replay: {reason}"),
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
                    return new Verdict.Refuted([$"it holds even of the mutant '{mutant.Name}', so it would not see such a bug"]);
            }
        }

        return verdict;
    }

    // A claim is another one if what it takes for granted is.
    private static string Hash(Sequence<Question> questions, Sequence<Claim> lemmas) => questions.Count == 1 && lemmas.IsEmpty
        ? questions[0].Hash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', [.. questions.Select(question => question.Hash),
                .. lemmas.Select(lemma => $"{lemma.Id} {LemmaHashes.GetValue(lemma, Stated)}")]))));

    private static string Stated(Claim lemma) => lemma.State().Question(lemma.Kind).Hash;
}

/// <summary>The result of a search for values.</summary>
public abstract record ModelSearch
{
    private ModelSearch()
    {
    }

    /// <summary>These values; the concrete machine has not shown them yet.</summary>
    public sealed record Values(Assignment Model) : ModelSearch;

    /// <summary>There are none.</summary>
    public sealed record Nothing : ModelSearch;

    /// <summary>Nothing is known.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Undecided(string Reason) : ModelSearch;
}

using System.Collections.Concurrent;
using RbpfSpec.Certifying;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Campaigns;

/// <summary>Tries many claims on several threads, each with a solver session of its own.</summary>
public sealed record Campaign
{
    /// <summary>Opens a session with the solver.</summary>
    public required Func<SolverSession> Open { get; init; }

    /// <summary>Opens a session with a second solver, which must not contradict the first; null for none.</summary>
    public Func<SolverSession>? CrossCheck { get; init; }

    /// <summary>Certifies, of each claim that is proved, that there is no counterexample; null if nothing is certified.</summary>
    public Certifier? Certify { get; init; }

    /// <summary>The number of threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time for one question.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The hash of the scripts with which a claim was proved before, if it was: then no solver is asked.</summary>
    public Func<Claim, string?> Known { get; init; } = _ => null;

    /// <summary>
    /// The hash of the scripts with which a claim was proved before, if they cannot have changed: then they are not even stated.
    /// </summary>
    public Func<Claim, string?> Unchanged { get; init; } = _ => null;

    /// <summary>Tries claims.</summary>
    /// <param name="claims">The claims; their results have the same order.</param>
    /// <param name="progress">Told of every step, never by two threads at once.</param>
    /// <param name="cancellation">Interrupts the sessions and ends the campaign.</param>
    public Campaigned Run(
        IReadOnlyList<Claim> claims, IProgress<CampaignStep>? progress = null, CancellationToken cancellation = default)
    {
        List<ISolver> sessions = [];
        List<CrossCheckedSolver> checks = [];
        try
        {
            for (var job = 0; job < Math.Max(1, Math.Min(Jobs, claims.Count)); job++)
            {
                if (Session(sessions, checks) is { } reason) return new Campaigned.Unavailable(reason);
            }

            ConcurrentDictionary<string, Reply> verdicts = [];
            ConcurrentDictionary<string, Certification> certified = [];
            var remembering = sessions.ConvertAll<ISolver>(session => new RememberingSolver(session, verdicts));
            var checkOf = remembering.Zip(checks).ToDictionary(pair => pair.First, pair => pair.Second);
            var results = Try(
                claims,
                remembering,
                checkOf,
                Certify is { } certifier ? question => certified.GetOrAdd(question.Hash, _ => certifier.Certify(question)) : null,
                progress,
                cancellation);
            var finished = results.OfType<Result>().ToSequence();
            return finished.Count < claims.Count
                ? new Campaigned.Interrupted(finished)
                : new Campaigned.Finished(finished, Name(sessions[0]), CrossCheckTally.Of(checks));
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }
    }

    private static string Name(ISolver solver) => $"{solver.Name} {solver.Version}";

    // Adds a session, or says why there is none.
    private string? Session(List<ISolver> sessions, List<CrossCheckedSolver> checks)
    {
        switch (Open())
        {
            case SolverSession.Unavailable(var reason):
                return reason;
            case SolverSession.Opened(var solver):
                sessions.Add(solver);
                break;
        }

        switch (CrossCheck?.Invoke())
        {
            case SolverSession.Unavailable(var reason):
                return reason;
            case SolverSession.Opened(var second):
                var both = new CrossCheckedSolver(sessions[^1], second);
                sessions[^1] = both;
                checks.Add(both);
                break;
        }

        return null;
    }

    private IReadOnlyList<Result?> Try(
        IReadOnlyList<Claim> claims,
        IReadOnlyList<ISolver> sessions,
        Dictionary<ISolver, CrossCheckedSolver> checks,
        Func<Question, Certification>? certify,
        IProgress<CampaignStep>? progress,
        CancellationToken cancellation)
    {
        var telling = new Lock();
        return SolverPool.Run(claims, sessions, Work, cancellation);

        Result Work(ISolver session, Claim claim)
        {
            Tell(new CampaignStep.Started(claim));
            var check = checks.GetValueOrDefault(session);
            var before = check?.Tally;
            var result = Unchanged(claim) is { } hash
                ? new Result(claim, new Verdict.Proved([]), [], hash, TimeSpan.Zero, WasKnown: true)
                : new Prover(session, Limit) { Certify = certify }.Try(claim, Known(claim), cancellation);
            if (check is not null) result = result with { CrossCheck = check.Since(before!) };
            Tell(new CampaignStep.Ended(result));
            return result;
        }

        void Tell(CampaignStep step)
        {
            lock (telling) progress?.Report(step);
        }
    }
}

/// <summary>Something that happens during a campaign.</summary>
public abstract record CampaignStep
{
    private CampaignStep()
    {
    }

    /// <summary>A claim is being tried.</summary>
    public sealed record Started(Claim Claim) : CampaignStep;

    /// <summary>A claim has a result.</summary>
    public sealed record Ended(Result Result) : CampaignStep;
}

/// <summary>The result of a campaign.</summary>
public abstract record Campaigned
{
    private Campaigned()
    {
    }

    /// <summary>Every claim has a result.</summary>
    /// <param name="Results">The results, in the order of the claims.</param>
    /// <param name="Solver">The solver's name and version.</param>
    /// <param name="CrossCheck">What the second solver said, if there was one.</param>
    public sealed record Finished(Sequence<Result> Results, string Solver, CrossCheckTally? CrossCheck) : Campaigned;

    /// <summary>It was interrupted.</summary>
    /// <param name="Results">The results that were there by then.</param>
    public sealed record Interrupted(Sequence<Result> Results) : Campaigned;

    /// <summary>A solver is not here; nothing was tried.</summary>
    public sealed record Unavailable(string Reason) : Campaigned;
}

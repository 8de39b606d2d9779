using System.Collections.Concurrent;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Hunts the mutants of many rules and instructions on several threads, each with a solver session of its own.</summary>
public sealed record MutantCampaign
{
    /// <summary>Opens a session with the solver.</summary>
    public required Func<SolverSession> Open { get; init; }

    /// <summary>The number of threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time for one question.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Hunts the mutants.</summary>
    /// <param name="mutated">What has them; they come in the same order.</param>
    /// <param name="progress">Told of the mutants of each, never by two threads at once.</param>
    /// <param name="cancellation">Interrupts the sessions and ends the campaign.</param>
    public MutantCampaigned Run(
        IReadOnlyList<IMutated> mutated,
        IProgress<Sequence<TriedMutant>>? progress = null,
        CancellationToken cancellation = default)
    {
        List<ISolver> sessions = [];
        var telling = new Lock();
        try
        {
            for (var job = 0; job < Math.Max(1, Math.Min(Jobs, mutated.Count)); job++)
            {
                switch (Open())
                {
                    case SolverSession.Unavailable(var reason):
                        return new MutantCampaigned.Unavailable(reason);
                    case SolverSession.Opened(var solver):
                        sessions.Add(solver);
                        break;
                }
            }

            ConcurrentDictionary<string, Reply> verdicts = [];
            var results = SolverPool.Run(
                mutated, sessions.ConvertAll<ISolver>(session => new RememberingSolver(session, verdicts)), Hunt, cancellation);
            Sequence<TriedMutant> mutants = [.. results.OfType<Found>().SelectMany(found => found.Mutants)];
            return results.Contains(null)
                ? new MutantCampaigned.Interrupted(mutants)
                : new MutantCampaigned.Finished(mutants, $"{sessions[0].Name} {sessions[0].Version}");
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }

        Found Hunt(ISolver session, IMutated one)
        {
            Found found = new([.. one.Hunt(new(session, Limit), cancellation)]);
            lock (telling) progress?.Report(found.Mutants);
            return found;
        }
    }

    private sealed record Found(Sequence<TriedMutant> Mutants);
}

/// <summary>The result of a campaign of mutants.</summary>
public abstract record MutantCampaigned
{
    private MutantCampaigned()
    {
    }

    /// <summary>Every mutant has a fate.</summary>
    /// <param name="Mutants">The mutants, in the order of what has them.</param>
    /// <param name="Solver">The solver's name and version.</param>
    public sealed record Finished(Sequence<TriedMutant> Mutants, string Solver) : MutantCampaigned;

    /// <summary>It was interrupted.</summary>
    /// <param name="Mutants">Those that were done by then.</param>
    public sealed record Interrupted(Sequence<TriedMutant> Mutants) : MutantCampaigned;

    /// <summary>The solver is not here; nothing was tried.</summary>
    public sealed record Unavailable(string Reason) : MutantCampaigned;
}

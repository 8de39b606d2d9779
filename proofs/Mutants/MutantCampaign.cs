using System.Collections.Concurrent;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Hunts the mutants of many rules on several threads, each with a solver session of its own.</summary>
public sealed record MutantCampaign
{
    /// <summary>Opens a session with the solver.</summary>
    public required Func<Opening> Open { get; init; }

    /// <summary>The number of threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time for one question.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Hunts the mutants of rules.</summary>
    /// <param name="rules">The rules; their mutants come in the same order.</param>
    /// <param name="progress">Told of each rule's mutants, never by two threads at once.</param>
    /// <param name="cancellation">Interrupts the sessions and ends the campaign.</param>
    public MutantCampaigned Run(
        IReadOnlyList<MutatedRule> rules,
        IProgress<Sequence<RuleMutant>>? progress = null,
        CancellationToken cancellation = default)
    {
        List<ISolver> sessions = [];
        var telling = new Lock();
        try
        {
            for (var job = 0; job < Math.Max(1, Math.Min(Jobs, rules.Count)); job++)
            {
                switch (Open())
                {
                    case Opening.Unavailable(var reason):
                        return new MutantCampaigned.Unavailable(reason);
                    case Opening.Opened(var solver):
                        sessions.Add(solver);
                        break;
                }
            }

            ConcurrentDictionary<string, Reply> verdicts = [];
            var results = Crew.Run(
                rules, sessions.ConvertAll<ISolver>(session => new RememberingSolver(session, verdicts)), Hunt, cancellation);
            Sequence<RuleMutant> mutants = [.. results.OfType<Found>().SelectMany(found => found.Mutants)];
            return results.Contains(null)
                ? new MutantCampaigned.Interrupted(mutants)
                : new MutantCampaigned.Finished(mutants, $"{sessions[0].Name} {sessions[0].Version}");
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }

        Found Hunt(ISolver session, MutatedRule rule)
        {
            Found found = new([.. new MutantHunt(rule, new(session, Limit)).Run(cancellation)]);
            lock (telling) progress?.Report(found.Mutants);
            return found;
        }
    }

    private sealed record Found(Sequence<RuleMutant> Mutants);
}

/// <summary>What hunting mutants comes to.</summary>
public abstract record MutantCampaigned
{
    private MutantCampaigned()
    {
    }

    /// <summary>Every mutant has a fate.</summary>
    /// <param name="Mutants">The mutants, in the order of the rules.</param>
    /// <param name="Solver">The solver's name and version.</param>
    public sealed record Finished(Sequence<RuleMutant> Mutants, string Solver) : MutantCampaigned;

    /// <summary>It was interrupted.</summary>
    /// <param name="Mutants">Those of the rules that were done by then.</param>
    public sealed record Interrupted(Sequence<RuleMutant> Mutants) : MutantCampaigned;

    /// <summary>The solver is not here; nothing was tried.</summary>
    public sealed record Unavailable(string Reason) : MutantCampaigned;
}

using System.Collections.Concurrent;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>Builds mutants and puts them to a suite; each program is run once, whoever has it.</summary>
/// <param name="folder">The folder of the sources.</param>
/// <param name="build">The command that builds.</param>
/// <param name="built">The file that it makes, from the folder.</param>
/// <param name="trial">The suite and the machine.</param>
public sealed class SourceCampaign(string folder, string build, string built, SourceTrial trial)
{
    private const int MostShown = 5;

    /// <summary>How many are built and run at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Told of each mutant, in no particular order.</summary>
    public Action<SourceMutant, SourceFate>? Tried { get; init; }

    /// <summary>The token that stops it; what was tried by then is lost.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Runs the campaign on mutants.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="equivalents">Those of them that are known to be none.</param>
    /// <exception cref="IOException">The folder cannot be copied.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SourceCampaigned Run(IReadOnlyList<SourceMutant> mutants, EquivalentMutants equivalents)
    {
        var place = Directory.CreateTempSubdirectory("rbpf-mutate-");
        try
        {
            using var first = Workshop.Open(folder, Path.Combine(place.FullName, "0"), build, built);
            var original = first.Build([], out var output);
            if (original is null) return new SourceCampaigned.NotBuilt(output);
            List<SourceFate.Killed> wrong = [.. trial.Deviations(first.Folder).Take(MostShown)];
            if (wrong.Count > 0) return new SourceCampaigned.NotRight([.. wrong]);
            return new SourceCampaigned.Finished(Score(mutants, equivalents, Try(mutants, original, place.FullName)));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    // Of each mutant the name of its program, if it has one, and what became of that.
    private (string? Program, SourceFate Fate)[] Try(IReadOnlyList<SourceMutant> mutants, string original, string place)
    {
        var results = new (string? Program, SourceFate Fate)[mutants.Count];
        var fates = new ConcurrentDictionary<string, Lazy<SourceFate>>(StringComparer.Ordinal);
        var number = 0;
        Parallel.For(
            0,
            mutants.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Jobs), CancellationToken = Cancellation },
            () => Workshop.Open(folder, Path.Combine(place, $"{Interlocked.Increment(ref number)}"), build, built),
            (index, _, workshop) =>
            {
                var mutant = mutants[index];
                var program = workshop.Build([(mutant.File, mutant.Text)], out var _);
                SourceFate fate = program is null ? new SourceFate.NotBuilt()
                    : program == original ? new SourceFate.SameAsSource()
                    : fates.GetOrAdd(program, _ => new(() => trial.Run(workshop.Folder))).Value;
                results[index] = (program, fate);
                Tried?.Invoke(mutant, fate);
                return workshop;
            },
            workshop => workshop.Dispose());
        return results;
    }

    private static SourceScore Score(
        IReadOnlyList<SourceMutant> mutants,
        EquivalentMutants equivalents,
        (string? Program, SourceFate Fate)[] results)
    {
        Dictionary<string, SourceMutant> first = new(StringComparer.Ordinal);
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        for (var i = 0; i < mutants.Count; i++)
        {
            if (results[i].Program is not { } program) continue;
            first.TryAdd(program, mutants[i]);
            if (equivalents.Reason(mutants[i]) is { } reason) reasons.TryAdd(program, reason);
        }

        return new([.. mutants.Select((mutant, index) => Of(mutant, results[index]))]);

        TriedSourceMutant Of(SourceMutant mutant, (string? Program, SourceFate Fate) result) =>
            new(
                mutant, result.Fate,
                result.Program is null || result.Fate is SourceFate.SameAsSource || first[result.Program] == mutant
                    ? null
                    : first[result.Program],
                result.Program is null ? null : reasons.GetValueOrDefault(result.Program));
    }
}

/// <summary>The result of a campaign.</summary>
public abstract record SourceCampaigned
{
    private SourceCampaigned()
    {
    }

    /// <summary>The unchanged source cannot be built.</summary>
    /// <param name="Output">What the build printed.</param>
    public sealed record NotBuilt(string Output) : SourceCampaigned;

    /// <summary>The machine of the unchanged source does not pass the suite.</summary>
    /// <param name="Deviations">The first vectors that show it.</param>
    public sealed record NotRight(IReadOnlyList<SourceFate.Killed> Deviations) : SourceCampaigned;

    /// <summary>All mutants were tried.</summary>
    /// <param name="Score">What became of them.</param>
    public sealed record Finished(SourceScore Score) : SourceCampaigned;
}

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
    public Action<SourceMutant, SourceVerdict>? Tried { get; init; }

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
            using var first = BuildFolder.Open(folder, Path.Combine(place.FullName, "0"), build, built);
            var original = first.Build([], out var output);
            if (original is null) return new SourceCampaigned.NotBuilt(output);
            List<SourceVerdict.Killed> wrong = [.. trial.Deviations(first.Folder).Take(MostShown)];
            if (wrong.Count > 0) return new SourceCampaigned.NotRight([.. wrong]);
            return new SourceCampaigned.Finished(Score(mutants, equivalents, Try(mutants, original, place.FullName)));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    // Of each mutant the name of its program, if it has one, and what became of that.
    private (string? Program, SourceVerdict Verdict)[] Try(IReadOnlyList<SourceMutant> mutants, string original, string place)
    {
        var results = new (string? Program, SourceVerdict Verdict)[mutants.Count];
        var verdicts = new ConcurrentDictionary<string, Lazy<SourceVerdict>>(StringComparer.Ordinal);
        var number = 0;
        Parallel.For(
            0,
            mutants.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Jobs), CancellationToken = Cancellation },
            () => BuildFolder.Open(folder, Path.Combine(place, $"{Interlocked.Increment(ref number)}"), build, built),
            (index, _, copy) =>
            {
                var mutant = mutants[index];
                var program = copy.Build([(mutant.File, mutant.Text)], out var _);
                SourceVerdict verdict = program is null ? new SourceVerdict.NotBuilt()
                    : program == original ? new SourceVerdict.SameAsSource()
                    : verdicts.GetOrAdd(program, _ => new(() => trial.Run(copy.Folder))).Value;
                results[index] = (program, verdict);
                Tried?.Invoke(mutant, verdict);
                return copy;
            },
            copy => copy.Dispose());
        return results;
    }

    private static SourceScore Score(
        IReadOnlyList<SourceMutant> mutants,
        EquivalentMutants equivalents,
        (string? Program, SourceVerdict Verdict)[] results)
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

        TriedSourceMutant Of(SourceMutant mutant, (string? Program, SourceVerdict Verdict) result) =>
            new(
                mutant, result.Verdict,
                result.Program is null || result.Verdict is SourceVerdict.SameAsSource || first[result.Program] == mutant
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
    public sealed record NotRight(IReadOnlyList<SourceVerdict.Killed> Deviations) : SourceCampaigned;

    /// <summary>All mutants were tried.</summary>
    /// <param name="Score">What became of them.</param>
    public sealed record Finished(SourceScore Score) : SourceCampaigned;
}

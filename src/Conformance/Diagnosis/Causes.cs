using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>A probable cause of deviations.</summary>
/// <param name="Point">The rule, and what of it; or what is expected.</param>
/// <param name="Deviating">How many vectors with it deviate.</param>
/// <param name="Total">How many vectors with it were put to the machine.</param>
/// <param name="Results">The deviations that it explains, and no cause before it; the simplest program first.</param>
public sealed record Cause(CoveragePoint Point, int Deviating, int Total, Sequence<TestResult> Results)
{
    /// <summary>The cause in words.</summary>
    public string Name => Point.What == Traits.Whole ? Point.Rule : $"{Point.Rule}, {Point.What}";
}

/// <summary>Explains deviations by few causes.</summary>
public static class Causes
{
    /// <summary>A small set of causes that explains all deviations, the one that explains most first.</summary>
    /// <remarks>
    /// A greedy cover: of all that vectors have, what most of the unexplained deviations have in common and few of the vectors that pass
    /// have, too. One wrong wide load makes a thousand vectors deviate that are about something else; what they share names it.
    /// </remarks>
    /// <param name="results">All results of a run.</param>
    /// <param name="profile">The machine variant that the vectors are of.</param>
    public static IReadOnlyList<Cause> Of(IReadOnlyList<TestResult> results, Profile profile)
    {
        var machine = new VectorMachine(profile);
        var judged = results.Where(result => result.Status is not TestStatus.Unsupported).ToList();
        if (!judged.Any(result => result.IsDeviation)) return [];
        var traits = judged.AsParallel().AsOrdered().Select(result => Traits.Of(result.Vector, machine)).ToList();
        Dictionary<CoveragePoint, Tally> tallies = [];
        for (var i = 0; i < judged.Count; i++)
        {
            foreach (var point in traits[i])
            {
                if (!tallies.TryGetValue(point, out var tally)) tallies.Add(point, tally = new());
                if (judged[i].IsDeviation) tally.Deviating.Add(i);
                else tally.Passed++;
            }
        }

        var open = Enumerable.Range(0, judged.Count).Where(i => judged[i].IsDeviation).ToHashSet();
        List<Cause> causes = [];
        while (Best(tallies, open, judged) is { } best)
        {
            var tally = tallies[best];
            var explained = tally.Deviating.Where(open.Contains).ToList();
            causes.Add(
                new(
                    best, tally.Deviating.Count,
                    tally.Deviating.Count + tally.Passed,
                    [.. explained.Select(i => judged[i]).OrderBy(result => Difficulty(result, best))]));
            open.ExceptWith(explained);
        }

        return causes;
    }

    private static CoveragePoint? Best(Dictionary<CoveragePoint, Tally> tallies, HashSet<int> open, List<TestResult> judged)
    {
        CoveragePoint? best = null;
        var (greatest, isBestWhole) = (0.0, false);
        foreach (var (point, tally) in tallies)
        {
            var explained = tally.Deviating.Count(open.Contains);
            if (explained == 0) continue;
            var share = (double)tally.Deviating.Count / (tally.Deviating.Count + tally.Passed);

            // Vectors that are about the rule itself speak for it.
            var about = tally.Deviating.Any(i => open.Contains(i) && judged[i].Vector.Rule == point.Rule) ? 1.1 : 1;
            var weight = explained * share * share * about;
            var isWhole = point.What == Traits.Whole;
            if (weight < greatest || (weight == greatest && (isBestWhole || !isWhole))) continue;
            (best, greatest, isBestWhole) = (point, weight, isWhole);
        }

        return best;
    }

    private static (bool, int, int) Difficulty(TestResult result, CoveragePoint point) => (
        result.Vector.Rule != point.Rule,
        result.Vector.Program is VectorProgram.Code(var code) ? code.Count : 0,
        result.Vector.Memory.Count);

    private sealed class Tally
    {
        public List<int> Deviating { get; } = [];

        public int Passed { get; set; }
    }
}

using RbpfSpec.Conformance.Faults;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Mutations;

namespace RbpfSpec.Conformance.Selection;

/// <summary>Marks the few vectors of a suite that find most of what it finds: for devices on which all of it takes too long.</summary>
internal static class Core
{
    /// <summary>How many vectors may be of the core.</summary>
    public const int Most = 1500;

    // Of vectors of any rule that show a fault of no single rule, so many are looked for.
    private const int Enough = 12;

    /// <summary>The suite with its core marked.</summary>
    /// <remarks>
    /// Greedily: again and again the vector is taken that finds most of what is not found yet, the shorter of two.
    /// What a vector finds is looked for where it most likely is, in the vectors of the rule concerned, so that the core finds more than is counted here.
    /// </remarks>
    /// <param name="profile">The machine variant.</param>
    /// <param name="suite">The vectors.</param>
    /// <param name="most">How many the core may have.</param>
    public static Sequence<Vector> Marked(Profile profile, IReadOnlyList<Vector> suite, int most = Most)
    {
        var finds = Finds(profile, suite);
        Dictionary<int, List<int>> finders = [];
        foreach (var (vector, found) in finds.Index())
        {
            foreach (var mistake in found) finders.TryAdd(mistake, []);
            foreach (var mistake in found) finders[mistake].Add(vector);
        }

        var left = finds.ConvertAll(found => found.Count);
        var queue = new PriorityQueue<int, (int, int, int)>();
        for (var index = 0; index < suite.Count; index++) queue.Enqueue(index, Rank(index));
        HashSet<int> core = [];
        HashSet<int> gone = [];
        while (core.Count < most && queue.TryDequeue(out var index, out var rank))
        {
            if (rank != Rank(index))
            {
                queue.Enqueue(index, Rank(index));
                continue;
            }

            if (left[index] == 0) break;

            core.Add(index);
            foreach (var mistake in finds[index].Where(gone.Add))
            {
                foreach (var vector in finders[mistake]) left[vector]--;
            }
        }

        return [.. suite.Select((vector, index) => vector with { IsCore = core.Contains(index) })];

        (int, int, int) Rank(int index) => (-left[index], Length(suite[index]), index);
    }

    private static int Length(Vector vector) => vector.Program is VectorProgram.Code(var code) ? code.Count : 0;

    // Of each vector the numbers of the mistakes and faults that it finds.
    private static List<List<int>> Finds(Profile profile, IReadOnlyList<Vector> suite)
    {
        var byRule = Enumerable.Range(0, suite.Count).ToLookup(index => suite[index].Rule);
        var mistakes = MutationCatalogue.Of(profile).ToList();
        var faults = FaultCatalogue.Of(profile);
        var runs = Score.Runs(suite, profile);
        var cases = suite.AsParallel().AsOrdered().Select(vector => FaultScore.CaseOf(vector, profile)).ToList();
        var found = mistakes.AsParallel().AsOrdered().Select(Finders).ToList();
        found.AddRange(faults.AsParallel().AsOrdered().Select(ShownBy));
        List<List<int>> finds = [.. suite.Select(_ => new List<int>())];
        foreach (var (number, vectors) in found.Index())
        {
            foreach (var vector in vectors) finds[vector].Add(number);
        }

        return finds;

        List<int> Finders(Mutation mutation)
        {
            var own = byRule[mutation.Form.Id].Where(Kills).ToList();
            return own.Count > 0 ? own : [.. Enumerable.Range(0, suite.Count).Where(index => runs[index]?.Forms.Contains(mutation.Form.Id) is true && Kills(index)).Take(Enough)];

            bool Kills(int index) => runs[index]?.Kills(mutation) is true;
        }

        List<int> ShownBy(Fault fault)
        {
            var own = byRule[fault.Rule].Where(Shows).ToList();
            return own.Count > 0 ? own : [.. Enumerable.Range(0, suite.Count).Where(Shows).Take(Enough)];

            bool Shows(int index) => cases[index]?.Shows(fault) is true;
        }
    }
}

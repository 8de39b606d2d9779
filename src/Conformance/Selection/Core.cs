using System.Collections.Concurrent;
using RbpfSpec.Conformance.Faults;
using RbpfSpec.Semantics.Profiles;

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
    /// A mutant of a rule is looked for in the vectors of that rule only, so that the core finds more than is counted here.
    /// </remarks>
    /// <param name="profile">The machine variant.</param>
    /// <param name="suite">The vectors, with what they are known to find.</param>
    /// <param name="most">How many the core may have.</param>
    public static Sequence<Vector> Marked(Profile profile, IReadOnlyList<ChosenVector> suite, int most = Most)
    {
        var finds = Finds(profile, suite);
        Dictionary<int, List<int>> finders = [];
        foreach (var (vector, found) in finds.Index())
        {
            foreach (var number in found) finders.TryAdd(number, []);
            foreach (var number in found) finders[number].Add(vector);
        }

        var left = finds.ConvertAll(found => found.Count);
        HashSet<int> core = [];
        HashSet<int> gone = [];

        // Every rule has one, whatever it finds.
        foreach (var rule in Enumerable.Range(0, suite.Count).GroupBy(index => suite[index].Vector.Rule).TakeWhile(_ => core.Count < most))
            Take(rule.MinBy(Rank));
        var queue = new PriorityQueue<int, (int, int, int)>();
        for (var index = 0; index < suite.Count; index++) queue.Enqueue(index, Rank(index));
        while (core.Count < most && queue.TryDequeue(out var index, out var rank))
        {
            if (rank != Rank(index))
            {
                queue.Enqueue(index, Rank(index));
                continue;
            }

            if (left[index] == 0) break;

            Take(index);
        }

        return [.. suite.Select((each, index) => each.Vector with { IsCore = core.Contains(index) })];

        void Take(int index)
        {
            core.Add(index);
            foreach (var number in finds[index].Where(gone.Add))
            {
                foreach (var vector in finders[number]) left[vector]--;
            }
        }

        (int, int, int) Rank(int index) => (-left[index], Length(suite[index].Vector), index);
    }

    private static int Length(Vector vector) => vector.Program is VectorProgram.Code(var code) ? code.Count : 0;

    /// <summary>The name of a mutant of a rule, unique among all of them.</summary>
    public static string NameOf(string rule, string mutant) => $"{rule}: {mutant}";

    // Of each vector the numbers of the mutants and faults that it finds. What those of its rule find is known;
    // of faults that are no single rule's, the first that show them are looked for.
    private static List<List<int>> Finds(Profile profile, IReadOnlyList<ChosenVector> suite)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<List<int>> finds = [.. suite.Select(each => each.Shown.Select(NumberOf).ToList())];
        var others = FaultCatalogue.Of(profile).Where(fault => !numbers.ContainsKey(fault.Name)).ToList();
        var cases = suite.AsParallel().AsOrdered().Select(each => FaultScore.Prepared(each.Vector, profile)).ToList();

        var (programs, checks) = (Of("program/"), Of("preflight/"));

        // Those that take long lie together.
        var found = Partitioner.Create(others, loadBalance: true).AsParallel().AsOrdered().Select(ShownBy).ToList();
        foreach (var (fault, vectors) in others.Zip(found))
        {
            foreach (var vector in vectors) finds[vector].Add(NumberOf(fault.Name));
        }

        return finds;

        int NumberOf(string name) => numbers.TryGetValue(name, out var number) ? number : numbers[name] = numbers.Count;

        List<int> ShownBy(Fault fault)
        {
            List<int> likely = [.. (fault.IsOfRun ? programs : checks).Where(Shows).Take(Enough)];
            return likely.Count > 0 ? likely : [.. Enumerable.Range(0, suite.Count).Where(Shows).Take(Enough)];

            bool Shows(int index) => cases[index]?.Shows(fault) is true;
        }

        List<int> Of(string rules) =>
            [.. Enumerable.Range(0, suite.Count).Where(index => suite[index].Vector.Rule.StartsWith(rules, StringComparison.Ordinal))];
    }
}

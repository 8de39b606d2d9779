using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Selection;

/// <summary>
/// Finds the vectors of a rule whose faults vectors of other rules find, too: a rule's own are chosen without looking at
/// those.
/// </summary>
internal static class Redundancy
{
    /// <summary>The vectors without as many as asked for that are not needed, or as many as there are.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="all">The vectors.</param>
    /// <param name="count">How many are to go.</param>
    public static List<ChosenVector> Without(Profile profile, List<ChosenVector> all, int count)
    {
        var faults = FaultCatalogue.Of(profile).DistinctBy(fault => fault.Name).ToDictionary(fault => fault.Name, StringComparer.Ordinal);
        var claimed = all.Where(each => each.IsSpare).SelectMany(each => each.Faults).Distinct().Where(faults.ContainsKey).ToList();
        var cases = all.Select(each => each.Vector).AsParallel().AsOrdered()
            .Select(vector => PreparedVector.Of(profile, ((VectorProgram.Code)vector.Program).Bytes, vector.Memory, vector.Setting))
            .ToList();
        var finders = claimed.AsParallel().AsOrdered()
            .Select(name => Enumerable.Range(0, cases.Count).Where(index => cases[index].Shows(faults[name])).ToList()).ToList();
        var left = finders.ConvertAll(found => found.Count);
        var finds = finders
            .SelectMany((found, fault) => found.Select(index => (index, fault)))
            .ToLookup(pair => pair.index, pair => pair.fault);
        HashSet<int> dropped = [];
        foreach (var index in Enumerable.Range(0, all.Count).Where(index => all[index].IsSpare).OrderBy(index => all[index].Weight))
        {
            if (dropped.Count == count) break;
            if (!finds[index].All(fault => left[fault] > 1)) continue;
            dropped.Add(index);
            foreach (var fault in finds[index]) left[fault]--;
        }

        return [.. all.Where((_, index) => !dropped.Contains(index))];
    }
}

using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Reports;

/// <summary>The report on what suites cover.</summary>
/// <param name="isByRule">Whether there is a line for each rule, and not only for each family.</param>
/// <param name="report">Where it goes.</param>
public sealed class CoverageReport(bool isByRule, ITextReport report)
{
    /// <summary>Prints what a suite covers; yields how many points another one covers and it does not.</summary>
    /// <param name="covered">The points that it covers, each with a vector.</param>
    /// <param name="other">Those of the other suite; null if there is none.</param>
    /// <param name="profile">The machine variant.</param>
    public int Print(
        IReadOnlyDictionary<CoveragePoint, string> covered, IReadOnlyDictionary<CoveragePoint, string>? other, Profile profile)
    {
        if (other is null)
        {
            Table(covered.Keys, []);
            report.Good($"{Counted.Of(covered.Count, "point")} of {Rules(covered.Keys)} rules and checks covered under {profile.Name}");
            return 0;
        }

        var missing = other.Where(each => !covered.ContainsKey(each.Key)).OrderBy(each => each.Key.Rule, StringComparer.Ordinal).ToList();
        Table(covered.Keys, [.. other.Keys]);
        foreach (var (point, vector) in missing) report.Bad($"missing: {point.Rule}: {point.What}, as {vector} shows");
        var total = $"{Counted.Of(covered.Count, "point")} of {Rules(covered.Keys)} rules and checks covered under {profile.Name}, "
            + $"against {other.Count} of {Rules(other.Keys)}: {missing.Count} missing";
        if (missing.Count == 0) report.Good(total);
        else report.Bad(total);
        return missing.Count;
    }

    private void Table(IEnumerable<CoveragePoint> covered, IReadOnlyCollection<CoveragePoint> other)
    {
        var (these, those) = (covered.ToHashSet(), other.ToHashSet());
        var isCompared = those.Count > 0;
        string[] columns = ["rules", "points"];
        report.Table(
            [isByRule ? "rule" : "family", .. columns, .. isCompared
                ? (string[])["rules of the other", "points of the other", "both", "missing"] : []],
            these.Union(those).GroupBy(point => isByRule ? point.Rule : point.Rule.Split('/')[0])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (string[])
                [
                    group.Key,
                    $"{Rules(group.Where(these.Contains))}",
                    $"{group.Count(these.Contains)}",
                    .. !isCompared ? (string[])[] :
                    [
                        $"{Rules(group.Where(those.Contains))}",
                        $"{group.Count(those.Contains)}",
                        $"{group.Count(point => these.Contains(point) && those.Contains(point))}",
                        $"{group.Count(point => !these.Contains(point))}",
                    ],
                ]));
    }

    private static int Rules(IEnumerable<CoveragePoint> points) => points.Select(point => point.Rule).Distinct().Count();
}

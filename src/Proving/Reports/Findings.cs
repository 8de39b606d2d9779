using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Reports;

/// <summary>The fates of claims, and where to look.</summary>
/// <param name="targets">What the claims are about.</param>
public sealed class Findings(IClaimTargets targets)
{
    /// <summary>The fate of a claim, and where to look.</summary>
    public Finding Of(Result result) => Of(result, targets.Of(result.Claim));

    private static Finding Of(Result result, ClaimTarget target) => new(result, target, SourcePlaces.Of(target.Code));

    /// <summary>
    /// The claims that a verdict says of, in groups of which one mistake may be the cause; the one to look at first comes first.
    /// </summary>
    public Sequence<Sequence<Finding>> Grouped(Sequence<Result> results)
    {
        var byClaim = results.ToDictionary(result => result.Claim.Id, StringComparer.Ordinal);
        return
        [
            .. targets.Grouped(results.Where(result => result.Verdict is not Verdict.Proved).Select(result => result.Claim))
                .Select(group => group.Select(one => Of(byClaim[one.Claim.Id], one.Target)).ToSequence()),
        ];
    }

    /// <summary>Refuted claims for people: of each group the first with its counterexample, and the names of the others.</summary>
    public IEnumerable<string> Refuted(Sequence<Result> results)
    {
        foreach (var group in Grouped([.. results.Where(result => result.Verdict is Verdict.Refuted)]))
        {
            var first = group[0];
            if (group.Count > 1) yield return $"{group.Count} claims, probably one cause: first look at {first.Result.Claim.Id}";
            yield return $"refuted: {first.Result.Claim.Id}";
            foreach (var line in first.Lines) yield return $"  {line}";
            if (group.Count > 1) yield return "  and with it, each shown by ./rbpf prove --replay ID:";
            foreach (var other in group.Skip(1)) yield return $"    {other.Result.Claim.Id}";
        }
    }

    /// <summary>Undecided claims for people: what they have in common once.</summary>
    public static IEnumerable<string> Undecided(Sequence<Result> results) =>
        from result in results
        where result.Verdict is Verdict.Undecided
        group result by ((Verdict.Undecided)result.Verdict).Reason into same
        from line in (string[])[.. same.Select(result => $"undecided: {result.Claim.Id}"), $"  {same.Key}"]
        select line;
}

using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove.Findings;

/// <summary>A claim that is not proved, and where to look.</summary>
/// <param name="Result">What became of the claim.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Place">Where that stands; null if the compiler's notes are not there.</param>
public sealed record Finding(Result Result, Subject Subject, SourcePlace? Place)
{
    /// <summary>The command that finds it again, and prints what shows it.</summary>
    public string Replay => $"./rbpf prove --replay '{Result.Claim.Id}'";

    /// <summary>Where to look, in one line.</summary>
    public string Look => Place is { } place ? $"{Subject.Name}: {place.File}:{place.Line}" : Subject.Name;

    /// <summary>All of it in lines: what is claimed, what shows that it is not so, where to look, and how to see it again.</summary>
    public IEnumerable<string> Lines => Result.Verdict is Verdict.Proved
        ? [Result.Claim.Sentence, .. JsonReport.Shown(Result.Verdict)]
        : [Result.Claim.Sentence, .. JsonReport.Shown(Result.Verdict), $"look at {Look}", $"to see it again: {Replay}"];

    /// <summary>What became of a claim, and where to look.</summary>
    public static Finding Of(Result result) => Of(result, Subject.Of(result.Claim));

    private static Finding Of(Result result, Subject subject) => new(result, subject, SourcePlaces.Of(subject.Code));

    /// <summary>The claims that a verdict says of, in groups of which one mistake may be the cause; the one to look at first comes first.</summary>
    public static Sequence<Sequence<Finding>> Grouped(Sequence<Result> results)
    {
        var byClaim = results.ToDictionary(result => result.Claim.Id, StringComparer.Ordinal);
        return
        [
            .. Subject.Grouped(results.Where(result => result.Verdict is not Verdict.Proved).Select(result => result.Claim)).Select(group => group
                .Select(one => Of(byClaim[one.Claim.Id], one.Subject))
                .ToSequence()),
        ];
    }

    /// <summary>Refuted claims for people: of each group the first with its counterexample, and the names of the others.</summary>
    public static IEnumerable<string> Refuted(Sequence<Result> results)
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

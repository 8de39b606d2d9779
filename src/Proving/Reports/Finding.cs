using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Reports;

/// <summary>A claim that is not proved, and where to look.</summary>
/// <param name="Result">What became of the claim.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Place">Where that stands; null if the compiler's notes are not there.</param>
public sealed record Finding(Result Result, ClaimTarget Target, SourcePlace? Place)
{
    /// <summary>The command that finds it again, and prints what shows it.</summary>
    public string Replay => $"./rbpf prove --replay '{Result.Claim.Id}'";

    /// <summary>Where to look, in one line.</summary>
    public string Look => Place is { } place ? $"{Target.Name}: {place.File}:{place.Line}" : Target.Name;

    /// <summary>All of it in lines: what is claimed, what shows that it is not so, where to look, and how to see it again.</summary>
    public IEnumerable<string> Lines => Result.Verdict is Verdict.Proved
        ? [Result.Claim.Sentence, .. Result.Verdict.Shown]
        : [Result.Claim.Sentence, .. Result.Verdict.Shown, $"look at {Look}", $"to see it again: {Replay}"];
}

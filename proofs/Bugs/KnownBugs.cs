using RbpfSpec.Dialects;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Proofs.Bugs;

/// <summary>Family 10: what holds of the specified machine is refuted once a bug of a historic machine is put in.</summary>
/// <remarks>
/// One claim a bug. The claim itself is about the machine without the bug; the machine with it is the claim's only mutant,
/// judged by the same formula. So it is the formula that finds the bug, and nothing tells the solver where to look.
/// </remarks>
public static partial class KnownBugs
{
    /// <summary>One claim for every deviation of a historic machine.</summary>
    public static IEnumerable<Claim> Claims =>
        from dialect in DialectTable.All
        from deviation in dialect.Deviations
        select deviation switch
        {
            DialectDeviation.RuleDeviation rule => OfRule(rule, Decided(dialect)),
            DialectDeviation.AccessDeviation access => OfAccess(access, Decided(dialect)),
            DialectDeviation.CheckDeviation check => OfChecks(check, dialect),
        };

    /// <summary>The bugs found when claims were tried, each with its program, in the order of the machines.</summary>
    /// <returns>Null if a claim of this family was not among them, or was known from before and so not tried.</returns>
    public static IReadOnlyList<KnownBug>? FoundIn(IEnumerable<Result> results)
    {
        var tried = results.Where(result => !result.WasKnown).ToDictionary(result => result.Claim.Id);
        List<KnownBug> found = [];
        foreach (var deviation in DialectTable.Deviations)
        {
            if (!tried.TryGetValue(IdOf(deviation), out var result)) return null;
            if (result.Mutants is [{ Verdict: Verdict.Refuted(var lines) }]) found.Add(BugOf(deviation, lines));
        }

        return found;
    }

    private static KnownBug BugOf(DialectDeviation deviation, Sequence<string> lines) => new(
        deviation.Number,
        deviation.Machine,
        deviation.Source.ToString(),
        deviation.Summary,
        [.. lines.SkipLast(DialectDifference.FateCount)],
        string.Concat(lines.TakeLast(DialectDifference.FateCount).Select((line, index) => $"{(index == 0 ? "" : " ")}{line}.")));

    private static string IdOf(DialectDeviation deviation) => $"known/{deviation.Number}";

    // The normative machine, but for decisions of the historic one that its bugs are about: a shift amount that traps
    // cannot be looked at wrongly where none does, and a jump at the end hides what lies behind it.
    private static Profile Decided(Dialect dialect) => Profile.Rbpf with
    {
        Name = $"rbpf as {dialect.Name}",
        LargeShift = dialect.Profile.LargeShift,
        LastInstruction = dialect.Profile.LastInstruction,
    };

    private static Claim Of(DialectDeviation deviation, string sentence, Func<Proposition> state, Func<Proposition> mutant) => new()
    {
        Id = IdOf(deviation),
        Sentence = $"{sentence} With {deviation.Number} of {deviation.Machine} put in, this is refuted: {deviation.Summary}",
        Source = deviation.Source,
        State = state,
        Mutants = [new(deviation.Summary, mutant)],
    };

    // A program that shows a bug, reduced, or the reason why it does not.
    private static Replay Shown(
        Semantics.Encoding.Program program,
        Func<Semantics.Encoding.Program, DialectDifference> contrast,
        Func<DialectDifference, bool> shows,
        DialectDeviation deviation)
    {
        var found = contrast(program);
        return found.Differs && shows(found)
            ? new Replay.Shown([.. contrast(Reduction.Of(program, other => shows(contrast(other)))).Lines(deviation.Machine)])
            : new Replay.NotShown(string.Join("; ", found.Lines(deviation.Machine)));
    }
}

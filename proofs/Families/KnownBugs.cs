using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics.Dialects;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Families;

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

    /// <summary>The bugs as a solver finds them, each with a program; those that it does not find are left out.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="limit">The time for one bug.</param>
    public static IEnumerable<KnownBug> Found(ISolver solver, TimeSpan limit)
    {
        var prover = new Prover(solver, limit);
        foreach (var claim in Claims)
        {
            var obligation = claim.Mutants[0].State();
            if (prover.Ask(Question.Of(obligation, claim.Kind), obligation, claim.Kind, isLikely: true) is not Verdict.Refuted(var lines)) continue;
            var deviation = DialectTable.Deviation(claim.Id[(claim.Family.Length + 1)..]);
            yield return new(
                deviation.Number,
                deviation.Machine,
                deviation.Source.ToString(),
                deviation.Summary,
                [.. lines.SkipLast(Contrast.FateCount)],
                string.Join(". ", lines.TakeLast(Contrast.FateCount)) + ".");
        }
    }

    // The normative machine, but for decisions of the historic one that its bugs are about: a shift amount that traps
    // cannot be looked at wrongly where none does, and a jump at the end hides what lies behind it.
    private static Profile Decided(Dialect dialect) => Profile.Rbpf with
    {
        Name = $"rbpf as {dialect.Name}",
        LargeShift = dialect.Profile.LargeShift,
        LastInstruction = dialect.Profile.LastInstruction,
    };

    private static Claim Of(DialectDeviation deviation, string sentence, Func<Obligation> state, Func<Obligation> mutant) => new()
    {
        Id = $"known/{deviation.Number}",
        Sentence = $"{sentence} With {deviation.Number} of {deviation.Machine} put in, this is refuted: {deviation.Summary}",
        Source = deviation.Source,
        State = state,
        Mutants = [new(deviation.Summary, mutant)],
    };

    // A program that shows a bug, reduced, or the reason why it does not.
    private static Replay Shown(
        Semantics.Encoding.Program program,
        Func<Semantics.Encoding.Program, Contrast> contrast,
        Func<Contrast, bool> shows,
        DialectDeviation deviation)
    {
        var found = contrast(program);
        return found.Differs && shows(found)
            ? new Replay.Shown([.. contrast(Reduction.Of(program, other => shows(contrast(other)))).Lines(deviation.Machine)])
            : new Replay.NotShown(string.Join("; ", found.Lines(deviation.Machine)));
    }
}

using RbpfSpec.Dialects;
using RbpfSpec.Dialects.Native;
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
    /// <summary>One claim for every deviation of a historic machine, and every bug of a compiler of one.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. from dialect in DialectTable.All
           from deviation in dialect.Deviations
           select deviation switch
           {
               DialectDeviation.RuleDeviation rule => OfRule(rule, Decided(dialect)),
               DialectDeviation.AccessDeviation access => OfAccess(access, Decided(dialect)),
               DialectDeviation.CheckDeviation check => OfChecks(check, dialect),
           },
        .. HavmCompiler.Known.Select(OfHavm),
        .. MicroBpfCompiler.Known.Select(OfMicroBpf),
    ];

    /// <summary>The bugs that claims are about: those of dialects, then those of compilers to native code.</summary>
    public static Sequence<NativeBug> Bugs =>
    [
        .. from deviation in DialectTable.Deviations
           select new NativeBug(deviation.Number, deviation.Machine, deviation.Summary, deviation.Source),
        .. NativeBugTable.All,
    ];

    /// <summary>The bugs found when claims were tried, each with its program, in the order of the machines.</summary>
    /// <returns>Null if a claim of this family was not among them, or was known from before and so not tried.</returns>
    public static IReadOnlyList<KnownBug>? FoundIn(IEnumerable<Result> results)
    {
        var tried = results.Where(result => !result.WasKnown).ToDictionary(result => result.Claim.Id);
        List<KnownBug> found = [];
        foreach (var bug in Bugs)
        {
            if (!tried.TryGetValue(IdOf(bug.Number), out var result)) return null;
            if (result.Mutants is [{ Verdict: Verdict.Refuted(var lines) }]) found.Add(BugOf(bug, lines));
        }

        return found;
    }

    private static KnownBug BugOf(NativeBug bug, Sequence<string> lines) => new(
        bug.Number,
        bug.Machine,
        bug.Source.ToString(),
        bug.Summary,
        [.. lines.SkipLast(DialectDifference.FateCount)],
        string.Concat(lines.TakeLast(DialectDifference.FateCount).Select((line, index) => $"{(index == 0 ? "" : " ")}{line}.")));

    private static string IdOf(string number) => $"known/{number}";

    // The normative machine, but for decisions of the historic one that its bugs are about: a shift amount that traps
    // cannot be looked at wrongly where none does, and a jump at the end hides what lies behind it.
    private static Profile Decided(Dialect dialect) => Profile.Rbpf with
    {
        Name = $"rbpf as {dialect.Name}",
        LargeShift = dialect.Profile.LargeShift,
        LastInstruction = dialect.Profile.LastInstruction,
    };

    private static Claim Of(DialectDeviation deviation, string sentence, Func<Proposition> state, Func<Proposition> mutant) =>
        Of(new NativeBug(deviation.Number, deviation.Machine, deviation.Summary, deviation.Source), sentence, state, mutant);

    private static Claim Of(NativeBug bug, string sentence, Func<Proposition> state, Func<Proposition> mutant) => new()
    {
        Id = IdOf(bug.Number),
        Sentence = $"{sentence} With {bug.Number} of {bug.Machine} put in, this is refuted: {bug.Summary}",
        Source = bug.Source,
        State = state,
        Mutants = [new(bug.Summary, mutant)],
    };

    // A program that shows a bug, reduced, or the reason why it does not.
    private static Replay Shown(
        Semantics.Encoding.Program program,
        Func<Semantics.Encoding.Program, DialectDifference> contrast,
        Func<DialectDifference, bool> shows,
        string machine)
    {
        var found = contrast(program);
        return found.Differs && shows(found)
            ? new Replay.Shown([.. contrast(Reduction.Of(program, other => shows(contrast(other)))).Lines(machine)])
            : new Replay.NotShown(string.Join("; ", found.Lines(machine)));
    }
}

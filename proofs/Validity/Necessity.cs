using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Validity;

/// <summary>Family 7: without any one check the preflight check lets something pass that it must not.</summary>
/// <remarks>
/// A check of safety is needed if a program passes all others and its first step does one of <see cref="Safety.Harms"/>;
/// a check of form, if such a program has a slot that is not what its fields encode to, so that two programs mean the
/// same. What is executed is the rule of the encoding that the slot is, with no check asked.
/// </remarks>
public static class Necessity
{
    /// <summary>The checks that the others imply in a profile that grants no platform encoding, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Survivors { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["wide/next_imm"] =
            "all encodings that leave next_imm unused load what a platform grants, so the check 'platform' rejects them first; "
            + "where a platform grants them, it is needed",
    };

    /// <summary>Every claim of the family.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. SetupCatalogue.Profiles.Select(Entry),
        .. from profile in SetupCatalogue.Profiles
           from check in Preflight.Checks
           where !Survivors.ContainsKey(check.Id)
           select Needed(check, profile),
        .. from profile in SetupCatalogue.Profiles
           from check in Preflight.Checks
           where Survivors.ContainsKey(check.Id)
           from claim in (Sequence<Claim>)[Implied(check, profile), Needed(check, Granting(check, profile))]
           select claim,
    ];

    private static Claim Entry(Profile profile)
    {
        var entry = TermWord.Variable("entry", Width.Bits64);
        var program = new UnknownProgram([Exit, .. OperationTable.Forms.Where(form => form.Layout.IsWide)]);
        return new()
        {
            Id = $"necessity/entry@{profile.Name}",
            Sentence = "Without the check of the entry a program passes that begins where none of its instructions starts.",
            Source = Clause.Spec("preflight"),
            Kind = ClaimKind.Possible,
            State = () => new(
                [.. program.Hypotheses, program.Passes(RulesOf(profile), [])],
                UnknownProgram.IsInside(entry).Term & !UnknownProgram.Starts(entry).Term,
                assignment => NecessityReplay.OfEntry(entry, RulesOf(profile), assignment)),
            Mutants = [],
        };
    }

    private static Claim Needed(Check check, Profile profile) => new()
    {
        Id = $"necessity/{check.Id}@{profile.Name}",
        Sentence = IsOfForm(check)
            ? $"Without the check {check.Id} a program passes with a slot that is not what its fields encode to."
            : $"Without the check {check.Id} a program passes whose first step does what a checked program never does.",
        Source = check.Clause,
        Kind = ClaimKind.Possible,
        State = () => Witness(check, profile),
        Mutants = [],
    };

    private static Proposition Witness(Check check, Profile profile)
    {
        var rules = RulesOf(profile);
        var subjects = Subjects(check, rules);
        var program = new UnknownProgram([.. subjects.IsEmpty ? Unselected(check, rules) : Sharing(subjects), Exit]);
        var harm = subjects.IsEmpty
            ? Make.All(program.Forms.Select(form => !Decoder.Matches(form, UnknownProgram.FieldsAt(0)).Term))
            : Make.Any(subjects.Select(form => new FirstStep(form, profile))
                .Select(step => IsOfForm(check) ? step.IsAmbiguous : step.IsHarmful));
        return new(
            [.. program.Hypotheses, program.Passes(rules, [check])],
            harm,
            assignment => NecessityReplay.Of(check, rules, assignment));
    }

    private static Claim Implied(Check check, Profile profile)
    {
        var site = AnyProgram.SiteOf(AnyProgram.Slot, RulesOf(profile));
        return new()
        {
            Id = $"necessity/{check.Id}@{profile.Name}",
            Sentence = $"The other checks imply {check.Id}: {Survivors[check.Id]}.",
            Source = check.Clause,
            State = () => About([check]),
            Mutants = [new(
                "the check platform is left out too", () => About([check, .. Preflight.Checks.Where(other => other is PlatformGrants)]))],
        };

        Proposition About(Sequence<Check> leftOut) => new(
            [.. AnyProgram.Hypotheses, !PreflightReplay.IsRejected(site, leftOut)],
            !check.Violated(site).Term,
            assignment => PreflightReplay.OfSite(site, leftOut, assignment));
    }

    // Checks of safety guard what a step does; these guard that two programs that mean the same are the same.
    private static bool IsOfForm(Check check) => check is ReservedIsZero or SecondSlotIsZero;

    // One encoding of each class that can break the check is enough to find a witness; none is of a slot that is no encoding.
    private static Sequence<Form> Subjects(Check check, Admission rules) =>
    [
        .. OperationTable.Forms
            .Where(form => check is FormCheck
                && !check.Violated(AnyProgram.SiteOf(AnyProgram.SlotOf(form.Opcode), rules) with { Candidates = [form] }).Term.IsFalse)
            .Where(form => check is GroupExists or PlatformGrants || (rules.Profile.Has(form.Group) && rules.Profile.Grants(form.Needs)))
            .DistinctBy(form => form.Class),
    ];

    // With an opcode come all its encodings, or the check of encodings would miss some.
    private static IEnumerable<Form> Sharing(Sequence<Form> subjects) => OperationTable.Forms
        .Where(form => form.Layout.IsWide || subjects.Any(subject => subject.Opcode == form.Opcode))
        .Where(form => form != Exit);

    // Of a slot that is no encoding: the encodings of the first opcode that can break the check, if one that exists can.
    private static IEnumerable<Form> Unselected(Check check, Admission rules) => OperationTable.Forms
        .Select(form => form.Opcode)
        .Distinct()
        .Where(opcode => !check.Violated(AnyProgram.SiteOf(AnyProgram.SlotOf(opcode), rules)).Term.IsFalse)
        .Take(1)
        .SelectMany(opcode => OperationTable.WithOpcode(opcode));

    private static Form Exit { get; } = OperationTable.Forms.Single(form => form.Operation is CallOperation.Exit);

    private static Profile Granting(Check check, Profile profile) => OperationTable.Forms
        .Where(form => form.Layout.IsWide && !form.Needs.IsEmpty)
        .Select(form => SetupCatalogue.Of(form, profile, 1).First().Profile)
        .First();

    private static Admission RulesOf(Profile profile) => CheckedSetup.RulesOf(profile, SetupCatalogue.Arbitrary(profile, 0));
}

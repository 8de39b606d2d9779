using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Validity;

/// <summary>Family 6: a program that passes the preflight check never does what the check excludes, whatever its length.</summary>
/// <remarks>
/// By induction. The invariant: an instruction of the program starts at the program counter and at every address that a
/// function returns to. It holds at an entry that passes; a slot at which it holds and no check is broken is an encoding
/// of the profile; and after that encoding's rule it holds again, and none of <see cref="Safety.Harms"/> was done.
/// </remarks>
public static class PreflightSoundness
{
    /// <summary>Every claim of the family.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        Entry,
        .. After.Values,
        .. SetupCatalogue.Profiles.Select(SomeEncoding),
        .. Steps,
        .. Functions,
        .. Rejected,
    ];

    // Any slot of a program, not yet known to be an encoding.
    private static Site<TermWord> AnySite(Profile profile) =>
        AnyProgram.SiteOf(AnyProgram.Slot, CheckedSetup.RulesOf(profile, SetupCatalogue.Arbitrary(profile, 0)));

    private static Claim Entry
    {
        get
        {
            // Where instructions start is not yet known to have to do with the entry.
            var entry = TermWord.Variable("entry", Width.Bits64);
            var starts = AnyProgram.StartsAround(AnyProgram.Slot);
            return new()
            {
                Id = "preflight/entry",
                Sentence = "At an entry that passes, an instruction of the program starts.",
                Source = Clause.Spec("preflight"),
                State = () => About(Preflight.IsEntry(entry, AnyProgram.Length, starts).Term),
                Mutants =
                [
                    new("the entry may lie outside the program", () => About(starts(entry).Term)),
                    new("the entry may lie inside a wide instruction", () => About(AnyProgram.IsInside(entry).Term)),
                ],
            };

            Proposition About(Term passes) => new(
                [passes],
                AnyProgram.IsInstruction(entry, AnyProgram.Slot),
                assignment => PreflightReplay.OfEntry(entry, starts(entry), assignment));
        }
    }

    /// <summary>For each number of slots that an instruction has, what the check of the end comes to.</summary>
    internal static IReadOnlyDictionary<int, Claim> After { get; } =
        OperationTable.Forms.Select(form => form.Layout.Slots).Distinct().Order().ToDictionary(slots => slots, GoesOn);

    // What the check of the end comes to, stated once; the claims about steps assume it.
    private static Claim GoesOn(int slots)
    {
        return new()
        {
            Id = $"preflight/after/{slots}",
            Sentence = $"After an instruction of {(slots == 1 ? "one slot" : $"{slots} slots")} that lies in the program and does not end "
                + "at its end comes another slot of the program.",
            Source = Clause.Spec("end of program"),
            State = () => About([AnyProgram.After(slots).Term.DiffersFrom(AnyProgram.Length.Term)]),
            Mutants = [new("the instruction may end at the end", () => About([]))],
        };

        Proposition About(Sequence<Term> more) => new(
            [.. AnyProgram.Hypotheses, AnyProgram.IsInside(AnyProgram.After(slots - 1)).Term, .. more],
            AnyProgram.GoesOn(slots),
            assignment => PreflightReplay.OfEnd(slots, assignment));
    }

    private static Claim SomeEncoding(Profile profile)
    {
        return new()
        {
            Id = $"preflight/encoding@{profile.Name}",
            Sentence = "A slot that is no encoding breaks a check.",
            Source = Clause.Rfc("3"),
            State = () => About([]),
            Mutants =
            [
                .. Preflight.Checks.Where(check => check is OpcodeExists or EncodingExists)
                    .Select(check => new Mutant($"the check {check.Id} is left out", () => About([check]))),
            ],
        };

        Proposition About(Sequence<Check> leftOut)
        {
            var site = AnySite(profile);
            return new(
                [.. AnyProgram.Hypotheses, .. OperationTable.Forms.Select(form => !Decoder.Matches(form, site.Slot).Term)],
                PreflightReplay.IsRejected(site, leftOut),
                assignment => PreflightReplay.OfSite(site, leftOut, assignment));
        }
    }

    private static IEnumerable<Claim> Steps =>
        from profile in SetupCatalogue.Profiles
        from form in OperationTable.Forms
        from setup in CheckedSetup.Of(form, profile)
        select new Claim
        {
            Id = $"preflight/step/{setup.Setup.Id}",
            Sentence = $"Where no check is broken, {form.Id} names registers that exist, "
                + "goes on and returns to instructions of the program, "
                + "keeps r10 unless it calls or returns, and raises no trap that the preflight check excludes.",
            Source = Clause.Spec("preflight"),
            Lemmas = [After[form.Layout.Slots]],
            State = () => IsSafe(setup, setup.Execute(), [], []),
            Mutants =
            [
                new("it goes on one slot further", () => IsSafe(setup, Further(setup), [], AnyProgram.IsShort(setup.Slot))),
                .. NeededBy(form, profile).Select(check => new Mutant(
                    $"the check {check.Id} is left out", () => IsSafe(setup, setup.Execute(), [check], AnyProgram.IsShort(setup.Slot)))),
            ],
        };

    // The check of where the program ends or, of the instructions that end it, of where they lead; in one profile, as it is
    // the same in all.
    private static IEnumerable<Check> NeededBy(Form form, Profile profile) => form.Operation switch
    {
        _ when profile != SetupCatalogue.Profiles[0] => [],
        CallOperation.Exit => [],
        JumpOperation.Always => Preflight.Checks.Where(check => check is TargetIsInside),
        _ => Preflight.Checks.Where(check => check is EndIsClosed),
    };

    private static Proposition IsSafe(
        CheckedSetup setup, Effect<TermWord> effect, Sequence<Check> leftOut, IEnumerable<Term> more)
    {
        var harms = setup.Harms(effect).ToSequence();
        return setup.About(
            leftOut,
            more,
            !Make.Any(harms.Select(harm => harm.When.Term)),
            assignment => StepReplay.Of(
                setup,
                effect,
                leftOut,
                harms.Where(harm => Concretise.Value(harm.When, assignment).Value).Select(harm => $"harm: {harm.Harm}"),
                assignment));
    }

    private static Effect<TermWord> Further(CheckedSetup setup)
    {
        var effect = setup.Execute();
        var after = effect.Value.State;
        return effect.With(new Outcome<TermWord>.Next(after with { ProgramCounter = after.After(1) }));
    }

    private static IEnumerable<Claim> Functions =>
        from profile in SetupCatalogue.Profiles
        from form in OperationTable.Forms
        where form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId
        let setup = CheckedSetup.Of(form, profile).First().Setup
        let site = CheckedSetup.SiteOf(form, setup.Profile)
        select new Claim
        {
            Id = $"preflight/function/{form.Id}@{setup.Profile.Name}",
            Sentence = $"Where no check is broken, {form.Id} names a function that the host grants; each of them has a claim of its own.",
            Source = Clause.Rfc("4.3.1"),
            State = () => NamesFunction(form, site, []),
            Mutants =
            [
                .. Preflight.Checks.Where(check => check is FunctionIsGranted)
                    .Select(check => new Mutant($"the check {check.Id} is left out", () => NamesFunction(form, site, [check]))),
            ],
        };

    private static Proposition NamesFunction(Form form, Site<TermWord> site, Sequence<Check> leftOut)
    {
        var ids = form.Operation is CallOperation.ByBtfId ? site.Rules.BtfFunctions : site.Rules.Helpers;
        return new(
            [.. AnyProgram.Hypotheses, Decoder.Matches(form, site.Slot).Term, !PreflightReplay.IsRejected(site, leftOut)],
            Make.Any(ids.Select(id => site.Slot.Immediate.Term.EqualTo(Make.Constant(id, 32)))),
            assignment => PreflightReplay.OfSite(site, leftOut, assignment));
    }

    // What a profile does not have, its programs do not contain; the claims about steps are made where it is granted.
    private static IEnumerable<Claim> Rejected =>
        from profile in SetupCatalogue.Profiles
        from form in OperationTable.Forms
        where !profile.Has(form.Group) || !profile.Grants(form.Needs)
        let site = CheckedSetup.SiteOf(form, profile)
        select new Claim
        {
            Id = $"preflight/rejected/{form.Id}@{profile.Name}",
            Sentence = $"A slot that is {form.Id} breaks a check.",
            Source = Clause.Rfc("2.4"),
            State = () => IsRejected(form, site, []),
            Mutants =
            [
                new("the checks of group, platform and function are left out", () => IsRejected(
                    form,
                    site,
                    [.. Preflight.Checks.Where(check => check is GroupExists or PlatformGrants or FunctionIsGranted)])),
            ],
        };

    private static Proposition IsRejected(Form form, Site<TermWord> site, Sequence<Check> leftOut) => new(
        [.. AnyProgram.Hypotheses, Decoder.Matches(form, site.Slot).Term],
        PreflightReplay.IsRejected(site, leftOut),
        assignment => PreflightReplay.OfSite(site, leftOut, assignment));
}

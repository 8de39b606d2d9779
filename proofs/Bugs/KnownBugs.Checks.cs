using RbpfSpec.Dialects;
using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Bugs;

public static partial class KnownBugs
{
    // Checks that are dropped let harmful programs pass; those that are added reject harmless ones. A second slot that is
    // not zero does no harm by itself: where nothing but its form is dropped, the bug is what the machine asks of one
    // that it ignores.
    private static Claim OfChecks(DialectDeviation.CheckDeviation deviation, Dialect dialect)
    {
        // Enough for every bug of a check, and part of what every historic machine has.
        var profile =
            Decided(dialect) with { LargeShift = Profile.Rbpf.LargeShift, Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64] };
        return deviation.Adds.IsEmpty || deviation.Drops.Except(OfForm).Any() ? OfSafety(deviation, profile)
            : deviation.Drops.IsEmpty ? OfAcceptance(deviation, profile)
            : OfAcceptance(deviation, profile with { ReservedFields = dialect.Profile.ReservedFields });
    }

    private static Sequence<string> OfForm => [.. Preflight.Checks.Where(check => check is SecondSlotIsZero).Select(check => check.Id)];

    // What the machine has that is no bug here: encodings of its own, unless nothing else deviates.
    private static Sequence<DialectDeviation> Meant(DialectDeviation.CheckDeviation deviation) =>
        deviation.Encodings.IsEmpty || (deviation.Drops.IsEmpty && deviation.Adds.IsEmpty)
            ? []
            : [deviation with { Drops = [], Adds = [] }];

    // The greatest length of the programs tried: a jump over the first slot of a wide instruction into its second takes
    // four slots, and so may a second slot with a neighbour on either side. All else shows within two.
    private static int SlotsFor(DialectDeviation.CheckDeviation deviation) =>
        Preflight.Checks.Any(check => check is TargetIsInstruction && deviation.Drops.Contains(check.Id))
        || (!deviation.Drops.IsEmpty && !deviation.Drops.Except(OfForm).Any()) ? 4 : 2;

    private static Claim OfSafety(DialectDeviation.CheckDeviation deviation, Profile profile)
    {
        var (meant, slots) = (Meant(deviation), SlotsFor(deviation));
        return Of(
            deviation,
            $"A program of at most {slots} slots that the preflight check accepts does no harm in its first step.",
            () => IsSafe(meant, program => program.IsFirstAccepted),
            () => IsSafe([deviation], program => program.IsAccepted));

        // Without the bug the checks of the first instruction are enough; with it, the program is to pass as a whole.
        Proposition IsSafe(Sequence<DialectDeviation> deviations, Func<ShortProgram<TermWord>, Truth<TermWord>> isAccepted)
        {
            var program = Any(slots, profile, deviations);
            var harms = program.Harms(InitialState(profile), meant.Candidates(Slot<TermWord>.Of(program.Slots[0])));
            return new(
                [IsAtMost(slots), IsConcerned(Slot<TermWord>.Of(program.Slots[0]), meant).Term, isAccepted(program).Term],
                !Make.Any(harms.Select(harm => harm.When.Term)),
                assignment => Shown(
                    Concrete(slots, assignment),
                    other => DialectDifference.Of(other, profile, deviations, meant),
                    contrast => contrast.Historic.IsAccepted
                        && contrast.Normative.IsAccepted == (deviations == meant)
                        && IsConcerned(contrast.Program.Slots[0].Fields, meant).Value
                        && DoesHarm(contrast.Program, profile, deviations, meant),
                    deviation.Machine));
        }
    }

    // A bug in how the machine checks encodings of its own is looked for where the program begins with one of them.
    private static Truth<T> IsConcerned<T>(Slot<T> first, Sequence<DialectDeviation> meant)
        where T : IWord<T>
    {
        var isOwn = Truth<T>.Of(meant.IsEmpty);
        foreach (var form in meant.Encodings()) isOwn |= Decoder.Matches(form, first);
        return isOwn;
    }

    private static Claim OfAcceptance(DialectDeviation.CheckDeviation deviation, Profile profile)
    {
        var (meant, slots) = (Meant(deviation), SlotsFor(deviation));
        return Of(
            deviation,
            $"A program of at most {slots} slots that the preflight check should accept is accepted.",
            () => IsAccepted(meant),
            () => IsAccepted([deviation]));

        Proposition IsAccepted(Sequence<DialectDeviation> deviations) => new(
            [IsAtMost(slots), Any(slots, profile, meant).IsAccepted.Term],
            Any(slots, profile, deviations).IsAccepted.Term,
            assignment => Shown(
                Concrete(slots, assignment),
                other => DialectDifference.Of(other, profile, deviations, meant),
                contrast => contrast.Normative.IsAccepted && !contrast.Historic.IsAccepted,
                deviation.Machine));
    }

    private static ShortProgram<TermWord> Any(int slots, Profile profile, Sequence<DialectDeviation> deviations) => new(
        Sequence.Generate(slots, index => TermWord.Variable($"slot{index}", Width.Bits64)),
        new(Length.ZeroExtended(64)),
        profile,
        deviations);

    // Few bits are enough, and few bits are fast.
    private static Term Length { get; } = Make.Variable("length", 4);

    private static Term IsAtMost(int slots) =>
        Make.Any(Enumerable.Range(1, slots).Select(length => Length.EqualTo(Make.Constant((ulong)length, 4))));

    private static Program Concrete(int slots, Assignment assignment)
    {
        var program = Any(slots, Profile.Rbpf, []);
        return new(Sequence.Generate(
            (int)Concretise.Value(program.Length, assignment).Value,
            index => new Slot(Concretise.Value(program.Slots[index], assignment).Value)));
    }

    private static bool DoesHarm(
        Program program, Profile profile, Sequence<DialectDeviation> deviations, Sequence<DialectDeviation> meant)
    {
        var concrete = new ShortProgram<Word>(
            program.Slots.Map(slot => Word.Of(slot.Bits)), Word.Of((ulong)program.Length), profile, deviations);
        return concrete.IsAccepted.Value
            && concrete.Harms(new Start(profile).State(), meant.Candidates(program.Slots[0].Fields)).Any(harm => harm.When.Value);
    }
}

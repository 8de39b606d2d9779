using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Dialects;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Families;

public static partial class KnownBugs
{
    /// <summary>The greatest number of slots of the programs that checks are tried on.</summary>
    public const int Slots = 4;

    // Checks that are dropped let harmful programs pass; those that are added reject harmless ones. A second slot that is
    // not zero does no harm by itself: where nothing but its form is dropped, the bug is what the machine asks of one
    // that it ignores.
    private static Claim OfChecks(DialectDeviation.CheckDeviation deviation, Dialect dialect)
    {
        var profile = Decided(dialect);
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

    private static Claim OfSafety(DialectDeviation.CheckDeviation deviation, Profile profile)
    {
        var meant = Meant(deviation);
        return Of(
            deviation,
            $"A program of at most {Slots} slots that the preflight check accepts does no harm in its first step.",
            () => IsSafe(meant),
            () => IsSafe([deviation]));

        Obligation IsSafe(Sequence<DialectDeviation> deviations)
        {
            var program = Any(profile, deviations);
            var harms = program.Harms(InitialState(profile), meant.Candidates(Slot<TermWord, TermBit>.Of(program.Slots[0])));
            return new(
                [IsShort, program.IsAccepted.Term],
                Make.Not(Make.Any(harms.Select(harm => harm.When.Term))),
                assignment => Shown(
                    Concrete(assignment),
                    other => Contrast.Of(other, profile, deviations, meant),
                    contrast => contrast.Historic.IsAccepted
                        && contrast.Normative.IsAccepted == (deviations == meant)
                        && DoesHarm(contrast.Program, profile, deviations, meant),
                    deviation));
        }
    }

    private static Claim OfAcceptance(DialectDeviation.CheckDeviation deviation, Profile profile)
    {
        var meant = Meant(deviation);
        return Of(
            deviation,
            $"A program of at most {Slots} slots that the preflight check should accept is accepted.",
            () => IsAccepted(meant),
            () => IsAccepted([deviation]));

        Obligation IsAccepted(Sequence<DialectDeviation> deviations) => new(
            [IsShort, Any(profile, meant).IsAccepted.Term],
            Any(profile, deviations).IsAccepted.Term,
            assignment => Shown(
                Concrete(assignment),
                other => Contrast.Of(other, profile, deviations, meant),
                contrast => contrast.Normative.IsAccepted && !contrast.Historic.IsAccepted,
                deviation));
    }

    private static ShortProgram<TermWord, TermBit> Any(Profile profile, Sequence<DialectDeviation> deviations) => new(
        Sequence.Generate(Slots, index => TermWord.Variable($"slot{index}", Width.Bits64)),
        TermWord.Variable("length", Width.Bits64),
        profile,
        deviations);

    private static Term IsShort { get; } = Make.Any(
        Enumerable.Range(1, Slots).Select(length => Make.Equal(Make.Variable("length", 64), Make.Constant((ulong)length, 64))));

    private static Program Concrete(Assignment assignment)
    {
        var program = Any(Profile.Rbpf, []);
        return new(Sequence.Generate(
            (int)Concretise.Value(program.Length, assignment).Value,
            index => new Slot(Concretise.Value(program.Slots[index], assignment).Value)));
    }

    private static bool DoesHarm(
        Program program, Profile profile, Sequence<DialectDeviation> deviations, Sequence<DialectDeviation> meant)
    {
        var concrete = new ShortProgram<Word, Bit>(
            program.Slots.Map(slot => Word.Of(slot.Bits)), Word.Of((ulong)program.Length), profile, deviations);
        return concrete.IsAccepted.Value
            && concrete.Harms(new Start(profile).State(), meant.Candidates(program.Slots[0].Fields)).Any(harm => harm.When.Value);
    }
}

using RbpfSpec.Dialects;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Bugs;

public static partial class KnownBugs
{
    // The first encoding concerned, in an arbitrary state: what families 2 and 3 claim of it.
    private static Claim OfRule(DialectDeviation.RuleDeviation deviation, Profile profile)
    {
        var setup = SetupCatalogue.Of(OperationTable.Forms.First(deviation.Concerns), profile, 2).First();
        return Of(
            deviation,
            $"{setup.Form.Id} does what RFC 9669 says and traps where the profile says.",
            () => About(setup, IsRight(setup.Execute())),
            () => new(setup.Hypotheses, IsRight(setup.Of(deviation.Execute(setup.Execution))), assignment =>
                Shown(setup, deviation, assignment)));

        Term IsRight(Effect effect) => RfcRules.Of(setup).Conclusion(effect) & Traps.Of(setup).Conclusion(effect);
    }

    // A load of 8 bytes in the memory that a run without a context starts with, the stack: what family 3 claims of it.
    private static Claim OfAccess(DialectDeviation.AccessDeviation deviation, Profile profile)
    {
        var load = OperationTable.Forms.First(form => form is { Operation: MemoryOperation.Load, Width.Bits: 64 });
        var setup = SetupCatalogue.Of(load, profile, 0).First() with
        {
            State = InitialState(profile) with { Registers = SetupCatalogue.Arbitrary(profile, 0).Registers },
            Hypotheses = [.. SetupCatalogue.RegistersExist(load)],
        };
        return Of(
            deviation,
            $"{load.Id} traps exactly where the stack does not grant the access.",
            () => About(setup, Traps.Of(setup).Conclusion(setup.Execute())),
            () => new(
                setup.Hypotheses,
                Traps.Of(setup).Conclusion(setup.Of(Judged(deviation, setup))),
                assignment => Shown(setup, deviation, assignment)));
    }

    private static Proposition About(Setup setup, Term conclusion) =>
        new(setup.Hypotheses, conclusion, assignment => SetupReplay.Of(setup, setup.Execute(), assignment));

    // The rule, with the machine's own test of the access in place of the guard.
    private static Effect<TermWord> Judged(DialectDeviation deviation, Setup setup)
    {
        var execution = setup.Execution;
        var (address, count, kind, _) = setup.Access;
        var granted = ((Sequence<DialectDeviation>)[deviation]).Grants(setup.State.Memory, address, count, kind);
        var outcome = setup.Form.Operation.Execute(execution);
        return outcome with
        {
            Guards = outcome.Guards.Map(guard => guard.Trap is Trap.MemoryAccess ? guard with { When = !granted } : guard),
        };
    }

    // Reduced only as long as the machines end as they did at first, roughly.
    private static Replay Shown(Setup setup, DialectDeviation deviation, Assignment assignment)
    {
        var program = RuleProgram.Of(setup, assignment);
        var first = Run(program);
        return Shown(
            program,
            Run,
            contrast => contrast.Differs
                && contrast.Historic.IsAccepted && contrast.Historic.Kind == first.Historic.Kind
                && contrast.Normative.IsAccepted && contrast.Normative.Kind == first.Normative.Kind,
            deviation.Machine);

        DialectDifference Run(Semantics.Encoding.Program other) => DialectDifference.Of(other, setup.Profile, [deviation], []);
    }

    // The state in which a run without a context starts; what the stack holds is left open.
    private static State<TermWord> InitialState(Profile profile)
    {
        var start = new Start(profile).State();
        var state = SetupCatalogue.Arbitrary(profile, start.Memory.Regions.Count);
        return state with
        {
            Registers = Registers<TermWord>.Of(
                [.. Enumerable.Range(0, Register.Last + 1).Select(number => Constant(start.Registers[number]))]),
            ProgramCounter = Constant(start.ProgramCounter),
            Memory = state.Memory.WithRegions(Sequence.Generate(start.Memory.Regions.Count, index => state.Memory.Regions[index] with
            {
                Start = Constant(start.Memory.Regions[index].Start),
                Length = Constant(start.Memory.Regions[index].Length),
                Readable = Truth<TermWord>.Of(start.Memory.Regions[index].Readable.Value),
                Writable = Truth<TermWord>.Of(start.Memory.Regions[index].Writable.Value),
            })),
            Budget = new(Budget<TermWord>.Of(profile.BranchLimit), Budget<TermWord>.Of(profile.InstructionLimit)),
        };
    }

    private static TermWord Constant(Word word) => TermWord.Constant(word.Value, word.Width);
}

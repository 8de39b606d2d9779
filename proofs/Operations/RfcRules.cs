using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>Family 2: every rule is what RFC 9669 says, by a transcription of it that owes nothing to the rules.</summary>
public static class RfcRules
{
    // Any address: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("address", 64);

    private static readonly Term Flat = Make.Variable(SetupCatalogue.FlatMemory, Sort.Bytes);

    /// <summary>One claim for every setup.</summary>
    public static IEnumerable<RuleClaim> Claims => SetupCatalogue.ThatGoOn.Select(Of);

    /// <summary>The claim of one setup, in any profile.</summary>
    public static RuleClaim Of(Setup setup) => new(
        "rfc",
        setup,
        $"Unless it traps, {setup.Form.Id} does what RFC 9669 says, for all values of registers, fields and memory.",
        setup.Form.Operation.Source,
        effect => (!effect.Trapped).Implies(Agrees(effect)),
        Bugs(setup))
    {
        Explain = (effect, assignment) => ComparedValue.Differences("RFC 9669", Parts(effect), assignment),
        Lemmas = setup.Form.Operation is MemoryOperation { Kind: Access.Write } or AtomicOperation
            ? [Regions.Disjoint] : [],
    };

    /// <summary>For every rule that departs from the RFC in a profile, that values show it, and that nothing else departs.</summary>
    public static IEnumerable<Claim> Deviations =>
        from setup in SetupCatalogue.InEveryProfile()
        where setup.Profile.ZeroDivisor is ZeroDivisor.Traps && setup.Form.Operation.Traps.Contains(Trap.DivisionByZero)
        select new Claim
        {
            Id = $"rfc/{setup.Id}/D-01",
            Sentence = "Deviation D-01 shows: there are values for which the machine traps and RFC 9669 has a result.",
            Source = setup.Form.Operation.Source,
            Kind = ClaimKind.Possible,
            State = () =>
            {
                var effect = setup.Execute();
                return new(setup.Hypotheses, effect.TrapsBy(Trap.DivisionByZero), assignment => SetupReplay.Of(setup, effect, assignment));
            },
            Mutants = [],
        };

    private static Term Agrees(Effect effect) => Make.All(Parts(effect).Select(part => part.Is.EqualTo(part.Should)));

    // What the RFC speaks of after the instruction, what it is, and what it says.
    private static IEnumerable<ComparedValue> Parts(Effect effect)
    {
        var setup = effect.Setup;
        var next = effect.After.ProgramCounter.Term;
        return setup.Form.Operation switch
        {
            AluOperation => [Destination(effect, Call(setup, "", setup.Destination, setup.Source, Immediate(setup)))],
            JumpOperation =>
            [
                new(
                    "pc",
                    next,
                    Call(setup, ":next", setup.State.ProgramCounter.Term, setup.Destination, setup.Source, setup.Fields.Offset.Term,
                        Immediate(setup))),
            ],
            MemoryOperation { Kind: Access.Read } =>
                [Destination(effect, Call(setup, "", Flat, setup.Source, setup.Fields.Offset.Term))],
            MemoryOperation => StoresAs(
                effect, Call(setup, "", Flat, setup.Destination, setup.Source, setup.Fields.Offset.Term, Immediate(setup))),
            AtomicOperation =>
            [
                .. StoresAs(effect, Call(
                    setup, ":memory", Flat, setup.Destination, setup.Source, setup.State.Registers[0].Term, setup.Fields.Offset.Term)),
                .. Fetches(effect),
            ],
            WideLoad => [Destination(effect, Call(setup, "", Immediate(setup), setup.Fields.NextImmediate.Term))],
            PacketLoad => [ComparedValue.Of(0, effect.After, Call(setup, "", Flat, setup.Source, Immediate(setup)))],
            CallOperation.Local => [new("pc", next, Call(setup, ":next", setup.State.ProgramCounter.Term, Immediate(setup)))],
            CallOperation.Exit => Returns(effect),
            CallOperation => [new("pc", next, setup.State.After(1).Term)],
            _ => throw new ArgumentException($"{setup.Form.Id} has no reading of RFC 9669", nameof(effect)),
        };
    }

    private static ComparedValue Destination(Effect effect, Term should) =>
        new(ComparedValue.Named("dst", effect.Setup.Fields.Destination), effect.Destination, should);

    private static Term Immediate(Setup setup) => setup.Fields.Immediate.Term;

    private static Term Call(Setup setup, string part, params ReadOnlySpan<Term> arguments) =>
        Reference.Definitions.Call($"rfc:{setup.Form.Id}{part}", arguments);

    // The RFC's memory is flat; ours is regions. The one that grants the store holds what the RFC's memory holds, the
    // others what they held: that the bytes stored are in none of them is claimed in regions/disjoint.
    private static IEnumerable<ComparedValue> StoresAs(Effect effect, Term memory)
    {
        var setup = effect.Setup;
        var (address, count, _, _) = setup.Access;
        return effect.After.Memory.Regions.Select(region => new ComparedValue(
            ComparedValue.ByteAt(region.Name, Anywhere),
            ((ArrayBytes)region.Bytes).Array[Anywhere],
            Make.Choose(
                region.Grants(address, count, Access.Write).Term, memory[Anywhere], Flat[Anywhere])));
    }

    private static IEnumerable<ComparedValue> Fetches(Effect effect)
    {
        var setup = effect.Setup;
        if (setup.Form.Writes is WrittenRegister.None) return [];
        var fetched = Call(setup, ":fetched", Flat, setup.Destination, setup.Fields.Offset.Term);
        return setup.Form.Writes switch
        {
            WrittenRegister.None => [],
            WrittenRegister.Source => [new(ComparedValue.Named("src", setup.Fields.Source), effect.Source, fetched)],
            WrittenRegister.R0 => [ComparedValue.Of(0, effect.After, fetched)],
            WrittenRegister.Destination => [Destination(effect, fetched)],
        };
    }

    // RFC 9669 §4.3.2: back to the instruction after the call; outside a call, the end, with r0 as the result.
    private static IEnumerable<ComparedValue> Returns(Effect effect)
    {
        var frames = effect.Setup.State.Frames;
        return frames.IsEmpty
            ?
            [
                new("the program ends", Make.Truth(effect.Outcome is Outcome<TermWord>.Exited), Make.True),
                ComparedValue.Of(0, effect.After, effect.Setup.State.Registers[0].Term),
            ]
            :
            [
                new("pc", effect.After.ProgramCounter.Term, frames[^1].ReturnTo.Term),
                .. ((Sequence<int>)[6, 7, 8, 9, 10])
                    .Select((number, index) => ComparedValue.Of(number, effect.After, frames[^1].Saved[index].Term)),
            ];
    }

    private static Sequence<SetupMutant> Bugs(Setup setup) =>
    [
        new("the result is off by one", () =>
        {
            var effect = setup.Execute();
            var one = TermWord.Constant(1, Width.Bits64);
            var state = effect.After;
            var broken = state with
            {
                ProgramCounter = state.ProgramCounter + one,
                Registers = Registers<TermWord>.Of(
                    [.. Enumerable.Range(0, Register.Last + 1).Select(number => state.Registers[number] + one)]),
                Memory = state.Memory.WithRegions(state.Memory.Regions.Map(region => region with
                    {
                        Bytes = region.Bytes.Write(
                            new(Make.Constant(0, 64)), new(region.Bytes.Read(new(Make.Constant(0, 64)), Width.Bits8).Term
                            + 1), Truth<TermWord>.Of(true)),
                    })),
            };
            return effect with { Outcome = new Outcome<TermWord>.Next(broken) };
        }),
    ];
}

using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Families;

/// <summary>Family 2: every rule is what RFC 9669 says, by a transcription of it that owes nothing to the rules.</summary>
public static class RfcRules
{
    // Any address: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("address", 64);

    private static readonly Term Flat = Make.Variable(Stage.FlatMemory, Sort.Bytes);

    /// <summary>One claim for every scene.</summary>
    public static IEnumerable<RuleClaim> Claims => Stage.ScenesThatGoOn.Select(Of);

    /// <summary>The claim of one scene, in any profile.</summary>
    public static RuleClaim Of(Scene scene) => new(
        "rfc",
        scene,
        $"Unless it traps, {scene.Form.Id} does what RFC 9669 says, for all values of registers, fields and memory.",
        scene.Form.Operation.Source,
        effect => (!effect.Trapped).Implies(Agrees(effect)),
        Bugs(scene))
    {
        Explain = (effect, assignment) => Part.Differences("RFC 9669", Parts(effect), assignment),
        Lemmas = scene.Form.Operation is MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister or AtomicOperation
            ? [Regions.Disjoint] : [],
    };

    /// <summary>For every rule that departs from the RFC in a profile, that values show it, and that nothing else departs.</summary>
    public static IEnumerable<Claim> Deviations =>
        from scene in Stage.Scenes()
        where scene.Profile.ZeroDivisor is ZeroDivisor.Traps && scene.Form.Operation.Traps.Contains(Trap.DivisionByZero)
        select new Claim
        {
            Id = $"rfc/{scene.Id}/D-01",
            Sentence = "Deviation D-01 shows: there are values for which the machine traps and RFC 9669 has a result.",
            Source = scene.Form.Operation.Source,
            Kind = ClaimKind.Possible,
            State = () =>
            {
                var effect = scene.Execute();
                return new(scene.Hypotheses, effect.TrapsBy(Trap.DivisionByZero), assignment => SceneReplay.Of(scene, effect, assignment));
            },
            Mutants = [],
        };

    private static Term Agrees(Effect effect) => Make.All(Parts(effect).Select(part => part.Is.EqualTo(part.Should)));

    // What the RFC speaks of after the instruction, what it is, and what it says.
    private static IEnumerable<Part> Parts(Effect effect)
    {
        var scene = effect.Scene;
        var next = effect.After.ProgramCounter.Term;
        return scene.Form.Operation switch
        {
            AluOperation => [Destination(effect, Call(scene, "", scene.Destination, scene.Source, Immediate(scene)))],
            JumpOperation =>
            [
                new(
                    "pc",
                    next,
                    Call(scene, ":next", scene.State.ProgramCounter.Term, scene.Destination, scene.Source, scene.Fields.Offset.Term,
                        Immediate(scene))),
            ],
            MemoryOperation.Load or MemoryOperation.LoadSigned =>
                [Destination(effect, Call(scene, "", Flat, scene.Source, scene.Fields.Offset.Term))],
            MemoryOperation => StoresAs(
                effect, Call(scene, "", Flat, scene.Destination, scene.Source, scene.Fields.Offset.Term, Immediate(scene))),
            AtomicOperation =>
            [
                .. StoresAs(effect, Call(
                    scene, ":memory", Flat, scene.Destination, scene.Source, scene.State.Registers[0].Term, scene.Fields.Offset.Term)),
                .. Fetches(effect),
            ],
            WideLoad => [Destination(effect, Call(scene, "", Immediate(scene), scene.Fields.NextImmediate.Term))],
            PacketLoad => [Part.Of(0, effect.After, Call(scene, "", Flat, scene.Source, Immediate(scene)))],
            CallOperation.Local => [new("pc", next, Call(scene, ":next", scene.State.ProgramCounter.Term, Immediate(scene)))],
            CallOperation.Exit => Returns(effect),
            CallOperation => [new("pc", next, scene.State.After(1).Term)],
            _ => throw new ArgumentException($"{scene.Form.Id} has no reading of RFC 9669", nameof(effect)),
        };
    }

    private static Part Destination(Effect effect, Term should) =>
        new(Part.Named("dst", effect.Scene.Fields.Destination), effect.Destination, should);

    private static Term Immediate(Scene scene) => scene.Fields.Immediate.Term;

    private static Term Call(Scene scene, string part, params ReadOnlySpan<Term> arguments) =>
        Reference.Definitions.Call($"rfc:{scene.Form.Id}{part}", arguments);

    // The RFC's memory is flat; ours is regions. The one that grants the store holds what the RFC's memory holds, the
    // others what they held: that the bytes stored are in none of them is claimed in regions/disjoint.
    private static IEnumerable<Part> StoresAs(Effect effect, Term memory)
    {
        var scene = effect.Scene;
        var address = scene.Execution.Destination + scene.Fields.Offset.SignExtend(Width.Bits64);
        var count = TermWord.Constant((ulong)scene.Form.Width.Bytes, Width.Bits64);
        return effect.After.Memory.Regions.Select(region => new Part(
            Part.ByteAt(region.Name, Anywhere),
            ((ArrayBytes)region.Bytes).Array[Anywhere],
            Make.Choose(
                region.Grants(address, count, Access.Write).Term, memory[Anywhere], Flat[Anywhere])));
    }

    private static IEnumerable<Part> Fetches(Effect effect)
    {
        var scene = effect.Scene;
        if (scene.Form.Writes is WrittenRegister.None) return [];
        var fetched = Call(scene, ":fetched", Flat, scene.Destination, scene.Fields.Offset.Term);
        return scene.Form.Writes switch
        {
            WrittenRegister.None => [],
            WrittenRegister.Source => [new(Part.Named("src", scene.Fields.Source), effect.Source, fetched)],
            WrittenRegister.R0 => [Part.Of(0, effect.After, fetched)],
            WrittenRegister.Destination => [Destination(effect, fetched)],
        };
    }

    // RFC 9669 §4.3.2: back to the instruction after the call; outside a call, the end, with r0 as the result.
    private static IEnumerable<Part> Returns(Effect effect)
    {
        var frames = effect.Scene.State.Frames;
        return frames.IsEmpty
            ?
            [
                new("the program ends", Make.Truth(effect.Outcome is Outcome<TermWord>.Exited), Make.True),
                Part.Of(0, effect.After, effect.Scene.State.Registers[0].Term),
            ]
            :
            [
                new("pc", effect.After.ProgramCounter.Term, frames[^1].ReturnTo.Term),
                .. ((Sequence<int>)[6, 7, 8, 9, 10]).Select((number, index) => Part.Of(number, effect.After, frames[^1].Saved[index].Term)),
            ];
    }

    private static Sequence<RuleBug> Bugs(Scene scene) =>
    [
        new("the result is off by one", () =>
        {
            var effect = scene.Execute();
            var one = TermWord.Constant(1, Width.Bits64);
            var state = effect.After;
            var broken = state with
            {
                ProgramCounter = state.ProgramCounter + one,
                Registers = Registers<TermWord>.Of(
                    [.. Enumerable.Range(0, Register.Last + 1).Select(number => state.Registers[number] + one)]),
                Memory = state.Memory with
                {
                    Regions = state.Memory.Regions.Map(region => region with
                    {
                        Bytes = region.Bytes.Write(
                            new(Make.Constant(0, 64)), new(region.Bytes.Read(new(Make.Constant(0, 64)), Width.Bits8).Term
                            + 1), Truth<TermWord>.Of(true)),
                    }),
                },
            };
            return effect with { Outcome = new Outcome<TermWord>.Next(broken) };
        }),
    ];
}

using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Families;

/// <summary>
/// Family 3: a rule traps exactly where the decisions of its profile say, for the reason they say, and otherwise has an outcome.
/// </summary>
public static class Traps
{
    /// <summary>One claim for every scene, in the profiles and in one that takes the strictest choice at every point.</summary>
    public static IEnumerable<RuleClaim> Claims => Stage.AllScenes.Select(Of);

    /// <summary>The claim of one scene, in any profile.</summary>
    public static RuleClaim Of(Scene scene) => new(
        "traps",
        scene,
        "Each trap stops the machine exactly where the profile's decision says and no earlier one does; where none does, there is an outcome.",
        Clause.Spec("traps"),
        Conclusion,
        Bugs(scene))
    {
        Explain = Explain,
        Lemmas = scene.Form.Operation is MemoryOperation or AtomicOperation or PacketLoad ? [Regions.Withins[scene.Form.Width.Bytes]] : [],
    };

    /// <summary>For every trap that a rule declares and its profile has, that values raise it.</summary>
    public static IEnumerable<Claim> Reachable =>
        from scene in Stage.AllScenes
        from trap in scene.Form.Operation.Traps
        where IsPossible(scene, trap)
        select new Claim
        {
            Id = $"traps/{scene.Id}/{trap}",
            Sentence = $"{scene.Form.Id} can raise the trap {trap} that it declares.",
            Source = Clause.Spec("traps"),
            Kind = ClaimKind.Possible,
            State = () =>
            {
                var effect = scene.Execute();
                return new(scene.Hypotheses, effect.TrapsBy(trap), assignment => SceneReplay.Of(scene, effect, assignment));
            },
            Mutants = [],
        };

    private static Term Conclusion(Effect effect)
    {
        var earlier = Make.False;
        List<Term> exact = [];
        foreach (var (trap, condition) in Expected(effect.Scene))
        {
            exact.Add(effect.TrapsBy(trap).EqualTo(condition & !earlier));
            earlier |= condition;
        }

        var declared = Expected(effect.Scene).Select(expected => expected.Trap).ToHashSet();
        var others = effect.Traps.Where(trap => !declared.Contains(trap.Trap)).Select(trap => !trap.When);
        return Make.All(exact) & Make.All(others);
    }

    // Which trap stops the machine, and which should: the first whose condition holds.
    private static IEnumerable<string> Explain(Effect effect, Assignment assignment)
    {
        var found = effect.Traps.Where(trap => Holds(trap.When)).Select(trap => $"trap {trap.Trap}").FirstOrDefault("no trap");
        var should = Expected(effect.Scene).Where(trap => Holds(trap.Condition))
            .Select(trap => $"trap {trap.Trap}").FirstOrDefault("no trap");
        return found == should ? []
            : [$"the decisions of {effect.Scene.Profile.Name}: {should}, not {(found == "no trap" ? "none" : found)}"];

        bool Holds(Term term) => assignment.Evaluate(term) == UInt128.One;
    }

    // In the order in which they are looked for: an instruction that may trap for two reasons traps for the first.
    private static IEnumerable<(Trap Trap, Term Condition)> Expected(Scene scene)
    {
        foreach (var trap in scene.Form.Operation.Traps.Where(trap => IsPossible(scene, trap) || trap is Trap.CallDepth))
            yield return (trap, Condition(scene, trap));
    }

    // Whether the profile's decisions, and what the scene fixes, leave the trap possible.
    private static bool IsPossible(Scene scene, Trap trap) => trap switch
    {
        Trap.DivisionByZero => scene.Profile.ZeroDivisor is ZeroDivisor.Traps,
        Trap.SignedOverflow => scene.Profile.SignedOverflow is SignedOverflow.Traps,
        Trap.ShiftAmount => scene.Profile.LargeShift is LargeShift.Traps,
        Trap.MemoryAlignment => scene.Profile.Alignment is Alignment.Natural && scene.Form.Width.Bits is not 8,
        Trap.BranchBudget => scene.State.Budget.Branches is not Allowance<TermWord>.Unlimited && !IsTooDeep(scene),
        Trap.CallDepth => IsTooDeep(scene),
        Trap.MemoryAccess =>
            scene.Form.Operation is not CallOperation || Function(scene).Declaration.Arguments.Any(kind => kind is not ArgumentKind.Value),
        Trap.UnknownHelper => false,
        Trap.IllegalInstruction or Trap.ProgramCounterOutside or Trap.InstructionBudget => false,
    };

    private static bool IsTooDeep(Scene scene) =>
        scene.Form.Operation is CallOperation.Local && scene.State.Frames.Count + 1 >= scene.Profile.FrameLimit;

    private static Term Condition(Scene scene, Trap trap) => trap switch
    {
        Trap.DivisionByZero => Arithmetic(scene, "zero-divisor"),
        Trap.SignedOverflow => Arithmetic(scene, "signed-overflow"),
        Trap.ShiftAmount => Arithmetic(scene, "large-shift"),
        Trap.MemoryAlignment => Reference.Definitions.Call("alignment:trap", Address(scene), Count(scene)),
        Trap.MemoryAccess => !Granted(scene),
        Trap.BranchBudget => Reference.Definitions.Call("budget:branch-trap", Taken(scene), BranchesLeft(scene)),
        Trap.CallDepth => Make.Truth(IsTooDeep(scene)),
        Trap.UnknownHelper or Trap.IllegalInstruction or Trap.ProgramCounterOutside or Trap.InstructionBudget => Make.False,
    };

    private static Term Arithmetic(Scene scene, string kind) =>
        Reference.Definitions.Call($"trap:{kind}:{scene.Form.Id}", scene.Destination, scene.Source, scene.Fields.Immediate.Term);

    /// <summary>Whether a jump is taken; a local call always is, and nothing else ever.</summary>
    internal static Term Taken(Scene scene) => scene.Form.Operation is CallOperation.Local ? Make.True
        : scene.Form.Operation is not JumpOperation ? Make.False
        : Reference.Definitions.Call($"rfc:{scene.Form.Id}:taken", scene.Destination, scene.Source, scene.Fields.Immediate.Term);

    private static Term BranchesLeft(Scene scene) => scene.State.Budget.Branches switch
    {
        Allowance<TermWord>.Unlimited => Make.Constant(ulong.MaxValue, 64),
        Allowance<TermWord>.Remaining(var count) => count.Term,
    };

    /// <summary>The address that an instruction of memory or of packets accesses, by the transcription.</summary>
    internal static Term Address(Scene scene) => scene.Form.Operation switch
    {
        PacketLoad.Absolute => Reference.Definitions.Call("rfc:packet-absolute", scene.Fields.Immediate.Term),
        PacketLoad => Reference.Definitions.Call("rfc:packet-indirect", scene.Source, scene.Fields.Immediate.Term),
        MemoryOperation.Load or MemoryOperation.LoadSigned =>
            Reference.Definitions.Call("rfc:address", scene.Source, scene.Fields.Offset.Term),
        _ => Reference.Definitions.Call("rfc:address", scene.Destination, scene.Fields.Offset.Term),
    };

    private static Term Count(Scene scene) => Make.Constant((ulong)scene.Form.Width.Bytes, 64);

    // The machine's own formula, which the claims regions/within compare with the transcription.
    private static Term Granted(Scene scene) => scene.Form.Operation switch
    {
        CallOperation => Make.All(Function(scene).Declaration.Arguments.Select((kind, index) => kind switch
        {
            ArgumentKind.Value => Make.True,
            ArgumentKind.Readable(var count) => InSomeRegion(scene, Argument(scene, index), Bytes(scene, count), Access.Read),
            ArgumentKind.Writable(var count) => InSomeRegion(scene, Argument(scene, index), Bytes(scene, count), Access.ReadWrite),
        })),
        MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister => InSomeRegion(scene, Address(scene), Count(scene), Access.Write),
        AtomicOperation => InSomeRegion(scene, Address(scene), Count(scene), Access.ReadWrite),
        _ => InSomeRegion(scene, Address(scene), Count(scene), Access.Read),
    };

    private static Term Argument(Scene scene, int index) => scene.State.Registers[index + 1].Term;

    private static Term Bytes(Scene scene, ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => Make.Constant(bytes, 64),
        ByteCount.InArgument(var number) => scene.State.Registers[number].Term,
        ByteCount.RestOfRegion => Make.Constant(1, 64),
    };

    private static Term InSomeRegion(Scene scene, Term address, Term count, Access access) =>
        Make.Any(scene.State.Memory.Regions.Select(region => region.Grants(new(address), new(count), access).Term));

    private static HelperFunction<TermWord> Function(Scene scene)
    {
        scene.Fields.Immediate.IsKnown(out var id);
        return scene.State.Host.Helpers.Single(function => function.Declaration.Id == id);
    }

    private static Sequence<RuleBug> Bugs(Scene scene)
    {
        var guards = scene.Form.Operation.Execute(scene.Execution).Guards.Count;
        Sequence<RuleBug> without = [.. Enumerable.Range(0, guards).Select(guard => RuleBug.WithoutGuard(scene, guard))];

        // What traps always cannot trap once more; and of two guards, the second is out of reach.
        return scene.AlwaysTraps ? [without[0]] :
        [
            .. without,
            new("it traps once too often", () =>
            {
                var effect = scene.Execute();
                return effect with
                {
                    Traps = effect.Traps.Add((Trap.DivisionByZero, !effect.Trapped
                        & scene.State.Registers[3].Term.EqualTo(3))),
                };
            }),
        ];
    }
}

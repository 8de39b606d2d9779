using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>
/// Family 3: a rule traps exactly where the decisions of its profile say, for the reason they say, and otherwise has an outcome.
/// </summary>
public static class Traps
{
    /// <summary>One claim for every setup, in the profiles and in one that takes the strictest choice at every point.</summary>
    public static IEnumerable<RuleClaim> Claims => SetupCatalogue.All.Select(Of);

    /// <summary>The claim of one setup, in any profile.</summary>
    public static RuleClaim Of(Setup setup) => new(
        "traps",
        setup,
        "Each trap stops the machine exactly where the profile's decision says and no earlier one does; "
        + "where none does, there is an outcome.",
        Clause.Spec("traps"),
        Conclusion,
        Bugs(setup))
    {
        Explain = Explain,
        Lemmas = setup.Form.Operation is MemoryOperation or AtomicOperation or PacketLoad ? [Regions.Withins[setup.Form.Width.Bytes]] : [],
    };

    /// <summary>For every trap that a rule declares and its profile has, that values raise it.</summary>
    public static IEnumerable<Claim> Reachable =>
        from setup in SetupCatalogue.All
        from trap in setup.Form.Operation.Traps
        where IsPossible(setup, trap)
        select new Claim
        {
            Id = $"traps/{setup.Id}/{trap}",
            Sentence = $"{setup.Form.Id} can raise the trap {trap} that it declares.",
            Source = Clause.Spec("traps"),
            Kind = ClaimKind.Possible,
            State = () =>
            {
                var effect = setup.Execute();
                return new(setup.Hypotheses, effect.TrapsBy(trap), assignment => SetupReplay.Of(setup, effect, assignment));
            },
            Mutants = [],
        };

    private static Term Conclusion(Effect effect)
    {
        var earlier = Make.False;
        List<Term> exact = [];
        foreach (var (trap, condition) in Expected(effect.Setup))
        {
            exact.Add(effect.TrapsBy(trap).EqualTo(condition & !earlier));
            earlier |= condition;
        }

        var declared = Expected(effect.Setup).Select(expected => expected.Trap).ToHashSet();
        var others = effect.Traps.Where(trap => !declared.Contains(trap.Trap)).Select(trap => !trap.When);
        return Make.All(exact) & Make.All(others);
    }

    // Which trap stops the machine, and which should: the first whose condition holds.
    private static IEnumerable<string> Explain(Effect effect, Assignment assignment)
    {
        var found = effect.Traps.Where(trap => Holds(trap.When)).Select(trap => $"trap {trap.Trap}").FirstOrDefault("no trap");
        var should = Expected(effect.Setup).Where(trap => Holds(trap.Condition))
            .Select(trap => $"trap {trap.Trap}").FirstOrDefault("no trap");
        return found == should ? []
            : [$"the decisions of {effect.Setup.Profile.Name}: {should}, not {(found == "no trap" ? "none" : found)}"];

        bool Holds(Term term) => assignment.Evaluate(term) == UInt128.One;
    }

    // In the order in which they are looked for: an instruction that may trap for two reasons traps for the first.
    private static IEnumerable<(Trap Trap, Term Condition)> Expected(Setup setup)
    {
        foreach (var trap in setup.Form.Operation.Traps.Where(trap => IsPossible(setup, trap) || trap is Trap.CallDepth))
            yield return (trap, Condition(setup, trap));
    }

    // Whether the profile's decisions, and what the setup fixes, leave the trap possible.
    private static bool IsPossible(Setup setup, Trap trap) => trap switch
    {
        Trap.DivisionByZero => setup.Profile.ZeroDivisor is ZeroDivisor.Traps,
        Trap.SignedOverflow => setup.Profile.SignedOverflow is SignedOverflow.Traps,
        Trap.ShiftAmount => setup.Profile.LargeShift is LargeShift.Traps,
        Trap.MemoryAlignment => setup.Profile.Alignment is Alignment.Natural && setup.Form.Width.Bits is not 8,
        Trap.BranchBudget => setup.State.Budget.Branches is not Allowance<TermWord>.Unlimited && !IsTooDeep(setup),
        Trap.CallDepth => IsTooDeep(setup),
        Trap.MemoryAccess =>
            setup.Form.Operation is not CallOperation || Function(setup).Declaration.Arguments.Any(kind => kind is not ArgumentKind.Value),
        Trap.UnknownHelper => false,
        Trap.IllegalInstruction or Trap.ProgramCounterOutside or Trap.InstructionBudget => false,
    };

    private static bool IsTooDeep(Setup setup) =>
        setup.Form.Operation is CallOperation.Local && setup.State.Frames.Count + 1 >= setup.Profile.FrameLimit;

    private static Term Condition(Setup setup, Trap trap) => trap switch
    {
        Trap.DivisionByZero => Arithmetic(setup, "zero-divisor"),
        Trap.SignedOverflow => Arithmetic(setup, "signed-overflow"),
        Trap.ShiftAmount => Arithmetic(setup, "large-shift"),
        Trap.MemoryAlignment => Reference.Definitions.Call("alignment:trap", Address(setup), Count(setup)),
        Trap.MemoryAccess => !Granted(setup),
        Trap.BranchBudget => Reference.Definitions.Call("budget:branch-trap", Taken(setup), BranchesLeft(setup)),
        Trap.CallDepth => Make.Truth(IsTooDeep(setup)),
        Trap.UnknownHelper or Trap.IllegalInstruction or Trap.ProgramCounterOutside or Trap.InstructionBudget => Make.False,
    };

    private static Term Arithmetic(Setup setup, string kind) =>
        Reference.Definitions.Call($"trap:{kind}:{setup.Form.Id}", setup.Destination, setup.Source, setup.Fields.Immediate.Term);

    /// <summary>Whether a jump is taken; a local call always is, and nothing else ever.</summary>
    internal static Term Taken(Setup setup) => setup.Form.Operation is CallOperation.Local ? Make.True
        : setup.Form.Operation is not JumpOperation ? Make.False
        : Reference.Definitions.Call($"rfc:{setup.Form.Id}:taken", setup.Destination, setup.Source, setup.Fields.Immediate.Term);

    private static Term BranchesLeft(Setup setup) => setup.State.Budget.Branches switch
    {
        Allowance<TermWord>.Unlimited => Make.Constant(ulong.MaxValue, 64),
        Allowance<TermWord>.Remaining(var count) => count.Term,
    };

    /// <summary>The address that an instruction of memory or of packets accesses, by the transcription.</summary>
    internal static Term Address(Setup setup) => setup.Form.Operation switch
    {
        PacketLoad.Absolute => Reference.Definitions.Call("rfc:packet-absolute", setup.Fields.Immediate.Term),
        PacketLoad => Reference.Definitions.Call("rfc:packet-indirect", setup.Source, setup.Fields.Immediate.Term),
        MemoryOperation { Kind: Access.Read } =>
            Reference.Definitions.Call("rfc:address", setup.Source, setup.Fields.Offset.Term),
        _ => Reference.Definitions.Call("rfc:address", setup.Destination, setup.Fields.Offset.Term),
    };

    private static Term Count(Setup setup) => Make.Constant((ulong)setup.Form.Width.Bytes, 64);

    // The machine's own formula, which the claims regions/within compare with the transcription.
    private static Term Granted(Setup setup) => setup.Form.Operation switch
    {
        CallOperation => Make.All(Function(setup).Declaration.Arguments.Select((kind, index) => kind switch
        {
            ArgumentKind.Value => Make.True,
            ArgumentKind.Readable(var count) => InSomeRegion(setup, Argument(setup, index), Bytes(setup, count), Access.Read),
            ArgumentKind.Writable(var count) => InSomeRegion(setup, Argument(setup, index), Bytes(setup, count), Access.ReadWrite),
        })),
        MemoryOperation { Kind: Access.Write } => InSomeRegion(setup, Address(setup), Count(setup), Access.Write),
        AtomicOperation => InSomeRegion(setup, Address(setup), Count(setup), Access.ReadWrite),
        _ => InSomeRegion(setup, Address(setup), Count(setup), Access.Read),
    };

    private static Term Argument(Setup setup, int index) => setup.State.Registers[index + 1].Term;

    private static Term Bytes(Setup setup, ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => Make.Constant(bytes, 64),
        ByteCount.InArgument(var number) => setup.State.Registers[number].Term,
        ByteCount.RestOfRegion => Make.Constant(1, 64),
    };

    private static Term InSomeRegion(Setup setup, Term address, Term count, Access access) =>
        Make.Any(setup.State.Memory.Regions.Select(region => region.Grants(new(address), new(count), access).Term));

    private static HelperFunction<TermWord> Function(Setup setup)
    {
        setup.Fields.Immediate.IsKnown(out var id);
        return setup.State.Host.Helpers.Single(function => function.Declaration.Id == id);
    }

    private static Sequence<SetupMutant> Bugs(Setup setup)
    {
        var guards = setup.Form.Operation.Execute(setup.Execution).Guards.Count;
        Sequence<SetupMutant> without = [.. Enumerable.Range(0, guards).Select(guard => SetupMutant.WithoutGuard(setup, guard))];

        // What traps always cannot trap once more; and of two guards, the second is out of reach.
        return setup.AlwaysTraps ? [without[0]] :
        [
            .. without,
            new("it traps once too often", () =>
            {
                var effect = setup.Execute();
                return effect with
                {
                    Traps = effect.Traps.Add((Trap.DivisionByZero, !effect.Trapped
                        & setup.State.Registers[3].Term.EqualTo(3))),
                };
            }),
        ];
    }
}

using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>Family 4: an instruction changes what it is said to change, and nothing else.</summary>
public static class FrameCondition
{
    // Any address: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("address", 64);

    /// <summary>One claim for every setup.</summary>
    public static IEnumerable<RuleClaim> Claims =>
        from setup in SetupCatalogue.ThatGoOn
        select new RuleClaim(
            "frame",
            setup,
            "Registers other than the one written, memory outside the bytes stored, permissions, frames, "
            + "budget and host stay as they were, and the program counter goes where the instruction leads.",
            Clause.Spec("state and step"),
            Conclusion,
            Bugs(setup))
        {
            Explain = Explain,
        };

    private static Term Conclusion(Effect effect) =>
        (!effect.Trapped).Implies(Make.All(Registers(effect), ProgramCounter(effect), Memory(effect), Rest(effect)));

    // What changed that had to stay, and where the program counter went that the instruction does not lead to.
    private static IEnumerable<string> Explain(Effect effect, Assignment assignment)
    {
        var (before, after) = (effect.Setup.State, effect.After);
        var kept = Enumerable.Range(0, Register.Last + 1)
            .Where(number => !IsKeptByCalls(effect.Setup.Form.Operation, number) && !Holds(IsWritten(effect.Setup, number)))
            .Select(number => ComparedValue.Of(number, after, before.Registers[number].Term));
        var regions = Enumerable.Range(0, Math.Min(before.Memory.Regions.Count, after.Memory.Regions.Count)).SelectMany(index =>
        {
            var (old, now) = (before.Memory.Regions[index], after.Memory.Regions[index]);
            return (ComparedValue[])
            [
                new($"the start of region '{old.Name}'", now.Start.Term, old.Start.Term),
                new($"the length of region '{old.Name}'", now.Length.Term, old.Length.Term),
                new($"region '{old.Name}' can be read", now.Readable.Term, old.Readable.Term),
                new($"region '{old.Name}' can be written", now.Writable.Term, old.Writable.Term),
                .. Holds(IsStoredTo(effect.Setup)) ? (ReadOnlySpan<ComparedValue>)[]
                    : [new(ComparedValue.ByteAt(old.Name, Anywhere), ByteAt(now), ByteAt(old))],
            ];
        });
        foreach (var line in ComparedValue.Differences("it should stay", [.. kept, .. regions], assignment)) yield return line;
        if (!Holds(ProgramCounter(effect)))
            yield return $"the instruction does not lead to pc = {ComparedValue.Hex(assignment.Evaluate(after.ProgramCounter.Term))}";
        if (after.Memory.Regions.Count != before.Memory.Regions.Count + FramesAdded(effect.Setup))
        {
            yield return $"regions: {before.Memory.Regions.Count} before, {after.Memory.Regions.Count} after";
        }

        if (!Holds(Branches(effect))) yield return "the branches left are not what they should be";
        if (!Holds(Rest(effect)) && Holds(Branches(effect)))
        {
            yield return "frames, budget of instructions or host are not what they should be";
        }

        bool Holds(Term term) => assignment.Evaluate(term) == UInt128.One;
    }

    private static Term Registers(Effect effect)
    {
        var setup = effect.Setup;
        return Make.All(Enumerable.Range(0, Register.Last + 1)
            .Where(number => !IsKeptByCalls(setup.Form.Operation, number))
            .Select(number => IsWritten(setup, number)
                | effect.After.Registers[number].Term.EqualTo(setup.State.Registers[number].Term)));
    }

    private static Term IsWritten(Setup setup, int number) => setup.Form.Writes switch
    {
        WrittenRegister.None => Make.False,
        WrittenRegister.R0 => Make.Truth(number == 0),
        WrittenRegister.Destination => setup.Fields.Destination.Term.EqualTo(Make.Constant((ulong)number, 4)),
        WrittenRegister.Source => setup.Fields.Source.Term.EqualTo(Make.Constant((ulong)number, 4)),
    };

    // Local calls set r10, and returns bring r6 to r10 back: the family of calls says how.
    private static bool IsKeptByCalls(Operation operation, int number) => operation switch
    {
        CallOperation.Local => number == Register.Last,
        CallOperation.Exit => number >= 6,
        _ => false,
    };

    private static Term ProgramCounter(Effect effect)
    {
        var setup = effect.Setup;
        var after = effect.After.ProgramCounter.Term;
        var next = setup.State.After(setup.Form.Layout.Slots).Term;
        return setup.Form.Operation switch
        {
            CallOperation.Exit => setup.State.Frames.IsEmpty
                ? after.EqualTo(setup.State.ProgramCounter.Term)
                : after.EqualTo(setup.State.Frames[^1].ReturnTo.Term),
            _ when setup.Form.Displacement.IsEmpty => after.EqualTo(next),
            _ => Make.Any(
                after.EqualTo(next),
                after.EqualTo(next + setup.Fields[setup.Form.Displacement[0]].SignExtend(Width.Bits64).Term)),
        };
    }

    // Every region keeps its place and permissions, and its bytes but for those that a store covers.
    private static Term Memory(Effect effect)
    {
        var setup = effect.Setup;
        var (before, after) = (setup.State.Memory, effect.After.Memory);
        if (setup.Form.Operation is CallOperation.Local)
        {
            if (after.Regions.Count != before.Regions.Count + 1) return Make.False;
        }
        else if (setup.Form.Operation is CallOperation.Exit && !setup.State.Frames.IsEmpty)
        {
            if (after.Regions.Count != before.Regions.Count - 1) return Make.False;
        }
        else if (after.Regions.Count != before.Regions.Count)
        {
            return Make.False;
        }

        return Make.All(Enumerable.Range(0, Math.Min(before.Regions.Count, after.Regions.Count))
            .Select(index => Region(setup, before.Regions[index], after.Regions[index])));
    }

    private static Term Region(Setup setup, Region<TermWord> before, Region<TermWord> after) => Make.All(
        after.Start.Term.EqualTo(before.Start.Term),
        after.Length.Term.EqualTo(before.Length.Term),
        after.Readable.Term.EqualTo(before.Readable.Term),
        after.Writable.Term.EqualTo(before.Writable.Term),
        IsStoredTo(setup) | ByteAt(after).EqualTo(ByteAt(before)));

    private static Term ByteAt(Region<TermWord> region) => ((ArrayBytes)region.Bytes).Array[Anywhere];

    // Whether the address is one of those that the instruction writes.
    private static Term IsStoredTo(Setup setup)
    {
        var (address, count) = setup.Form.Operation switch
        {
            MemoryOperation { Kind: Access.Write } or AtomicOperation =>
                (setup.Access.Address, setup.Form.Width.Bytes),
            CallOperation.ByHelperId or CallOperation.ByBtfId when setup.Variant.StartsWith("[fetch", StringComparison.Ordinal) =>
                (setup.State.Registers[2], 4),
            _ => (setup.State.Registers[0], 0),
        };
        return Make.Any(Enumerable.Range(0, count).Select(index =>
            Anywhere.EqualTo(address.Term + Make.Constant((ulong)index, 64))));
    }

    private static Term Rest(Effect effect)
    {
        var (before, after) = (effect.Setup.State, effect.After);
        var operation = effect.Setup.Form.Operation;
        return Make.All(
            Make.Truth(after.Host == before.Host || operation is CallOperation.ByHelperId or CallOperation.ByBtfId),
            Make.Truth(after.Frames.Count == before.Frames.Count + FramesAdded(effect.Setup)),
            Make.All(Enumerable.Range(0, Math.Min(before.Frames.Count, after.Frames.Count))
                .Select(index => Make.Truth(after.Frames[index] == before.Frames[index]))),
            Make.Truth(after.Budget.Instructions == before.Budget.Instructions),
            Branches(effect));
    }

    private static int FramesAdded(Setup setup) => setup.Form.Operation switch
    {
        CallOperation.Local => 1,
        CallOperation.Exit when !setup.State.Frames.IsEmpty => -1,
        _ => 0,
    };

    // Only jumps that are taken and local calls spend branches, one each.
    private static Term Branches(Effect effect)
    {
        var (before, after) = (effect.Setup.State.Budget.Branches, effect.After.Budget.Branches);
        return (before, after) switch
        {
            (Allowance<TermWord>.Unlimited, _) => Make.Truth(after is Allowance<TermWord>.Unlimited),
            (Allowance<TermWord>.Remaining(var left), Allowance<TermWord>.Remaining(var then)) =>
                then.Term.EqualTo(Reference.Definitions.Call("budget:branches-after", Traps.Taken(effect.Setup), left.Term)),
            _ => Make.False,
        };
    }

    private static Sequence<SetupMutant> Bugs(Setup setup) =>
    [
        Bug(setup, "another register is written too", state => state with
        {
            Registers = state.Registers.With(5, state.Registers[5] + TermWord.Constant(1, Width.Bits64))
                .With(4, state.Registers[4] + TermWord.Constant(1, Width.Bits64)),
        }),
        Bug(setup, "the program counter goes one slot further", state => state with { ProgramCounter = state.After(1) }),
        Bug(setup, "a byte of memory is cleared", state => state with
        {
            Memory = state.Memory.WithRegions(state.Memory.Regions.With(0, state.Memory.Regions[0] with
                {
                    Bytes = state.Memory.Regions[0].Bytes.Write(
                        TermWord.Constant(0, Width.Bits64), TermWord.Constant(0, Width.Bits8), Truth<TermWord>.Of(true)),
                })),
        }),
    ];

    private static SetupMutant Bug(Setup setup, string name, Func<State<TermWord>, State<TermWord>> change) =>
        new(name, () =>
        {
            var effect = setup.Execute();
            return effect with { Outcome = new Outcome<TermWord>.Next(change(effect.After)) };
        });
}

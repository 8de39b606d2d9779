using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>
/// The relation between the states of the fast machine and of the semantics: it holds if both stand at the same place of the
/// program.
/// </summary>
/// <remarks>
/// Registers, budgets, frames and permissions are equal, regions have equal places and bytes, and what the fast machine adds is what it
/// takes it for: the stack frame at hand is the executing function's, and the cached region one of the regions.
/// </remarks>
/// <param name="Setup">Where both began.</param>
/// <param name="StepCount">The number of steps that the instruction became.</param>
internal sealed record Correspondence(RefinementSetup Setup, int StepCount)
{
    // Any place of a region: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("anywhere", 64);

    /// <summary>The fields that keep registers for the caller, in the order in which the semantics keeps them.</summary>
    public static Sequence<string> KeptFields { get; } =
        [nameof(SavedFrame.R6), nameof(SavedFrame.R7), nameof(SavedFrame.R8), nameof(SavedFrame.R9), nameof(SavedFrame.R10)];

    private State<TermWord> Before => Setup.Setup.State;

    /// <summary>That an end of the steps agrees with the effect of the rule.</summary>
    public Term Agrees(EngineEnd end, Effect effect) => end switch
    {
        EngineEnd.GoesOn(var state) when IsAgain(state) => Again(state, effect),
        EngineEnd.GoesOn(var state) => Make.All(
            !effect.Trapped,
            Make.Truth(effect.Outcome is Outcome<TermWord>.Next),
            SlotOf(state.Now) is { } slot ? slot.EqualTo(effect.After.ProgramCounter.Term) : Make.False,
            IsAt(effect.After, state.Memory),
            Budgets(effect.After.Budget, state.Branches, Instructions(state.Memory)),
            CacheHolds(state, effect.After)),
        EngineEnd.Stops(var number, var memory) => Make.And(
            Make.Truth(StopsAt(memory)), Make.All(Numbers(number).Select(one => one.IsConstant
                ? number.EqualTo(one).Implies(Stops((ulong)one.Value, memory, effect))
                : Make.False))),
    };

    // Of a choice, all that may be chosen.
    private static IEnumerable<Term> Numbers(Term number) =>
        number.Operator is Operator.Choose ? Numbers(number.Second).Union(Numbers(number.Third)) : [number];

    /// <summary>Whether the engine is to do the step again that missed the regions at hand.</summary>
    public bool IsAgain(EngineState state) =>
        Setup.Cached is not Cached.Anything
            && state.Now == CilValue.Pointer.To(MachineMemory.Steps, (ulong)(StepCount - 1) * Setup.Layout.StepBytes);

    // Nothing has changed, but that a region is cached that grants the access, which the one before did not.
    private Term Again(EngineState state, Effect effect) => Make.All(
        !effect.TrapsBy(Trap.MemoryAccess),
        IsAt(Before, state.Memory),
        Budgets(Paid, state.Branches, Instructions(state.Memory)),
        CacheHolds(state, Before),
        CachedRegion(state) is { } region ? Grants(region) : Make.False,
        Make.Not(Setup.Cached switch
        {
            Cached.AnyRegion => Grants(Before.Memory.Regions[0]),
            Cached.StackFrame => Grants(Before.Memory.Regions[1]),
            Cached.Anything or Cached.Nothing => Make.False,
        }));

    private Term Stops(ulong number, MachineMemory memory, Effect effect)
    {
        var branches = Number(memory, nameof(RunState.Branches));
        return number switch
        {
            Stop.Exit => Make.All(
                !effect.Trapped,
                Make.Truth(effect.Outcome is Outcome<TermWord>.Exited),
                IsAt(effect.After, memory),
                Budgets(effect.After.Budget, branches, Instructions(memory))),
            Stop.Call => Make.All(
                Make.Truth(Setup.Setup.Form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId),
                IsAt(Before, memory),
                Budgets(Paid, branches, Instructions(memory))),
            Stop.BranchBudget when Before.Budget.Branches is Allowance<TermWord>.Unlimited => Make.All(
                branches.EqualTo(0), Setup.BranchesLeft.EqualTo(0), IsAt(Before, memory)),
            _ => Make.All(
                effect.TrapsBy((Trap)(number - Stop.FirstTrap)),
                IsAt(Before, memory),
                Budgets(number is Stop.InstructionBudget ? Before.Budget : Paid, branches, Instructions(memory))),
        };
    }

    // A trap leaves the state before the instruction, which is paid for by then; the machine takes the payment back.
    private Budget<TermWord> Paid => Before.Budget with
    {
        Instructions = Budget<TermWord>.Spend(Before.Budget.Instructions, Truth<TermWord>.Of(true)),
    };

    private static Term Budgets(Budget<TermWord> budget, Term branches, Term instructions) =>
        (budget.Branches is Allowance<TermWord>.Remaining(var left) ? branches.EqualTo(left.Term) : Make.True)
            & (budget.Instructions is Allowance<TermWord>.Remaining(var count) ? instructions.EqualTo(count.Term) : Make.True);

    private static Term Instructions(MachineMemory memory) => Number(memory, nameof(RunState.Instructions));

    /// <summary>Whether the step stopped at is one of the instruction's own, which all stand for its slot.</summary>
    public bool StopsAt(MachineMemory memory) =>
        memory[nameof(RunState.Stopped)] is CilValue.Pointer { Place: MachineMemory.Steps, Offset: { IsConstant: true } offset }
        && offset.Value < (ulong)StepCount * Setup.Layout.StepBytes;

    /// <summary>The slot that a step stands for; null if it stands for none.</summary>
    /// <remarks>
    /// The step after the last belongs to the next instruction, the one at the distance to the target, and one that was
    /// kept to where it returns to.
    /// </remarks>
    public Term? SlotOf(CilValue.Pointer step)
    {
        var last = (ulong)(StepCount - 1) * Setup.Layout.StepBytes;
        if (step.Place == MachineMemory.Steps)
        {
            return step.Offset.Is(last + Setup.Layout.StepBytes) ? Before.After(Setup.Setup.Form.Layout.Slots).Term
                : step == CilValue.Pointer.To(MachineMemory.Steps, last).Plus(RefinementSetup.Distance.SignExtended(64)) ? Setup.Target
                : null;
        }

        for (var i = 0; i < Before.Frames.Count; i++)
        {
            if (step == CilValue.Pointer.To(MachineMemory.ReturnOf(i))) return Before.Frames[i].ReturnTo.Term;
        }

        return null;
    }

    private Term IsAt(State<TermWord> state, MachineMemory memory)
    {
        var regions = state.Memory.Regions;
        var stack = state.Memory.Stack;
        return Make.All(
        [
            .. Enumerable.Range(0, Registers<TermWord>.Count)
                .Select(number => memory.Registers[number].Term.EqualTo(state.Registers[number].Term)),
            Equal(memory, nameof(RunState.StackStart), stack.Start.Term),
            Make.Truth(memory[nameof(RunState.StackHost)] == CilValue.Pointer.To(MachineMemory.StackFrameAt(state.Frames.Count))),
            regions[state.Frames.IsEmpty ? 1 : regions.Count - 1].Start.Term.EqualTo(stack.Start.Term),
            Equal(memory, nameof(RunState.Depth), Constant(state.Frames.Count)),
            Equal(memory, nameof(RunState.CallsLeft), Constant(Setup.Nested - state.Frames.Count)),
            Equal(memory, nameof(RunState.RegionCount), Constant(regions.Count)),
            .. Enumerable.Range(0, regions.Count).Select(index => IsRegion(state, index, memory)),
            .. Enumerable.Range(0, state.Frames.Count).Select(index => IsFrame(state.Frames[index], index, memory)),
        ]);
    }

    private Term IsRegion(State<TermWord> state, int index, MachineMemory memory)
    {
        var region = state.Memory.Regions[index];
        var first = (ulong)index * Setup.Layout.RegionBytes;
        var host = Setup.HostOf(index);
        return Make.All(
            Field(nameof(MappedRegion.Start)).EqualTo(region.Start.Term),
            Field(nameof(MappedRegion.Length)).EqualTo(region.Length.Term),
            Field(nameof(MappedRegion.Permission)).EqualTo(RefinementSetup.PermissionOf(region)),
            Make.Truth(memory.Cells[(MachineMemory.Regions, first + Setup.Layout[typeof(MappedRegion), nameof(MappedRegion.Host)])].Value
                == CilValue.Pointer.To(host)),
            ByteAt(memory.Bytes[host].Bytes).EqualTo(ByteAt(region.Bytes)));

        Term Field(string name) => Number(memory, MachineMemory.Regions, first + Setup.Layout[typeof(MappedRegion), name]);
    }

    private Term IsFrame(Frame<TermWord> frame, int index, MachineMemory memory)
    {
        var first = (ulong)index * Setup.Layout.FrameBytes;
        var to = memory.Cells[(MachineMemory.Frames, first + Setup.Layout[typeof(SavedFrame), nameof(SavedFrame.ReturnTo)])].Value;
        return Make.All(
        [
            to is CilValue.Pointer step && SlotOf(step) is { } slot ? slot.EqualTo(frame.ReturnTo.Term) : Make.False,
            .. KeptFields.Select((field, saved) =>
                Number(memory, MachineMemory.Frames, first + Setup.Layout[typeof(SavedFrame), field]).EqualTo(frame.Saved[saved].Term)),
        ]);
    }

    // What is cached is one of the regions, or nothing; where the step must not touch it, it is as it was.
    private Term CacheHolds(EngineState state, State<TermWord> then)
    {
        if (Setup.Cached is Cached.Anything)
        {
            var before = Setup.Begin([]);
            return Make.All(
            [
                state.Start.EqualTo(before.Start),
                Make.Truth(state.Host == before.Host),
                .. Fields.Select(field => Equal(state.Memory, field, Number(before.Memory, field))),
            ]);
        }

        var isEmpty = Make.All(Fields.Select(field => Equal(state.Memory, field, Constant(0))));
        return CachedRegion(state, then) is { } region
            ? Make.Or(isEmpty, Make.All(
            [
                state.Start.EqualTo(region.Start.Term),
                .. RefinementSetup.Reaches(region).Select(reach => Equal(state.Memory, reach.Field, reach.Reach)),
            ]))
            : isEmpty;
    }

    private static IEnumerable<string> Fields =>
        from isRead in (Sequence<bool>)[true, false]
        from bytes in (Sequence<int>)[1, 2, 4, 8]
        select RefinementSetup.ReachField(isRead, bytes);

    private Region<TermWord>? CachedRegion(EngineState state) => CachedRegion(state, Before);

    private Region<TermWord>? CachedRegion(EngineState state, State<TermWord> then)
    {
        var index = Enumerable.Range(0, then.Memory.Regions.Count).FirstOrDefault(
            region => state.Host == CilValue.Pointer.To(Setup.HostOf(region)), -1);
        return index < 0 ? null : then.Memory.Regions[index];
    }

    private Term Grants(Region<TermWord> region) => region.Grants(
        new(Traps.Address(Setup.Setup)), TermWord.Constant((ulong)Setup.Setup.Form.Width.Bytes, Width.Bits64), Access).Term;

    private Access Access => Setup.Setup.Form.Operation switch
    {
        AtomicOperation => Access.ReadWrite,
        MemoryOperation { Kind: Access.Write } => Access.Write,
        _ => Access.Read,
    };

    private static Term ByteAt(IBytes<TermWord> bytes) => ((ArrayBytes)bytes).Array[Anywhere];

    private static Term Equal(MachineMemory memory, string field, Term value) => Number(memory, field).EqualTo(value);

    private static Term Number(MachineMemory memory, string field) => ((CilValue.Number)memory[field]).Term;

    private static Term Number(MachineMemory memory, string place, ulong offset) =>
        ((CilValue.Number)memory.Cells[(place, offset)].Value).Term;

    private static Term Constant(int value) => Make.Constant((ulong)value, 64);
}

using RbpfSpec.Cil;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>The obligations of code that relies on more than its own checks: on how runs begin, and on facts of a certificate.</summary>
internal sealed partial class CompiledProof
{
    // The method from its start to the program's entry, if the run begins as it is said to.
    private IEnumerable<Obligation> OfBeginning(Beginning beginning)
    {
        var (branches, instructions) = (Make.Constant(beginning.Branches, 64), Make.Constant(beginning.Instructions, 64));
        var state = StateAt(0, instructions);
        var (context, frameStart) = (state.Memory.Regions[Beginning.ContextRegion], state.Memory.Stack.Start.Term);
        state = state with
        {
            Registers = Registers<TermWord>.Of([.. Enumerable.Range(0, RunState.RegisterCount).Select(number =>
                beginning.Register(number) is { } value ? TermWord.Constant(value, Width.Bits64) : context.Length)]),
        };
        var memory = CompiledMemory.Of(
            state,
            number => Places.Stored[number] ? Make.Variable($"stale{number}", 64) : state.Registers[number].Term,
            Make.Variable("stale.branches", 64),
            assembly.Plan.IsMetered ? Make.Variable("stale.instructions", 64) : instructions,
            RegionCount);
        Sequence<Term> known =
        [
            frameStart.EqualTo(AddressSpace.Stack),
            Make.Constant(Beginning.ContextRegion, 64).Below(RegionCount),
            context.Start.Term.EqualTo(AddressSpace.Context),
            .. Granted(context, Permission.ReadWrite),
            IsPossible(context.Length.Term),
            beginning.ContextLength is { } length ? context.Length.Term.EqualTo(length) : Make.True,
            .. assembly.Facts is { } facts
                ? facts.Regions.Map(region => !context.Length.Term.Below(Make.Constant(region.Length, 64)))
                : [],
        ];
        var reading = reader.Enter(
            method,
            [Unused, CilValue.Pointer.To(CompiledMemory.State), CilValue.Pointer.To(CompiledMemory.HostOf(Beginning.ContextRegion))],
            memory,
            cuts.ContainsKey);
        if (reading is not CilReading<CompiledMemory>.Read(var paths, var demands))
            return [Fails(null, ((CilReading<CompiledMemory>.Rejected)reading).Reason)];
        return
        [
            .. demands.Select(demand => new Obligation(null, demand.What, known, demand.Holds)),
            .. paths.Select(path => path.End is CilEnd.Looped(var frame) && cuts[frame.At] is { Paid: 0 } cut
                && cut.Slot == program.Entry
                ? new Obligation(
                    null,
                    "the variables on the way in",
                    [.. known, .. path.Condition],
                    IsEstablished(frame, cut, state, branches, instructions) & Make.Truth(ReferenceEquals(path.Memory, memory)))
                : new Obligation(null, "where the method goes first", [.. path.Condition], Make.False)),
        ];
    }

    // That regions are as the facts assume.
    private IEnumerable<Term> Assumed(State<TermWord> state) => assembly.Facts is null ? [] : assembly.Facts.Regions.AsSpan().ToArray()
        .SelectMany(assumed => (IEnumerable<Term>)
        [
            Make.Constant((ulong)assumed.Index, 64).Below(RegionCount),
            state.Memory.Regions[assumed.Index].Start.Term.EqualTo(assumed.Start),
            !state.Memory.Regions[assumed.Index].Length.Term.Below(Make.Constant(assumed.Length, 64)),
            .. Granted(state.Memory.Regions[assumed.Index], assumed.Permission),
        ]);

    // Of an access of which the facts say in which region it lies.
    private IEnumerable<Term> ProvedOf(int slot, TermWord address, int bytes, State<TermWord> state)
    {
        if (assembly.Facts is not { } facts || !facts.Sites.TryGetValue(slot, out var place)) yield break;
        var region = state.Memory.Regions[place < 0 ? state.Memory.Regions.Count - 1 : facts.Regions[place].Index];
        yield return new HostBytes(region.Bytes, region.Length.Term).IsWithin((address - region.Start).Term, bytes);
    }

    private static IEnumerable<Term> Bounds(CompiledCut cut, State<TermWord> state) => cut.Bounds.Select(bound =>
        bound.Sum.Registers.Aggregate(
            Make.Constant(bound.Sum.Number, 64),
            (sum, number) => sum + (state.Registers[number].Term * Make.Constant(bound.Sum.Times[number], 64)))
        .Below(bound.Limit switch
        {
            CompiledLimit.Of(var number) => Make.Constant(number, 64),
            CompiledLimit.Register(var number) => state.Registers[number].Term,
            CompiledLimit.Reach(var index, var needed, var bytes) => ReachOf((index, needed, bytes)),
        }));

    private static Term IsReserved(CompiledCut cut, Term branches) => !branches.Below(Make.Constant((ulong)cut.Reserve, 64));

    // Where r10 is known to be the end of the frame at hand, and where that is.
    private Term IsFrameKnown(State<TermWord> state)
    {
        if (Places.StackHost is null && Places.Registers[RunState.RegisterCount - 1] is null) return Make.True;
        var start = state.Memory.Stack.Start.Term;
        var end = state.Registers[RunState.RegisterCount - 1].Term.EqualTo(start + Make.Constant(assembly.Plan.FrameBytes, 64));
        return assembly.Plan.HasLocalCalls ? end
            : start.EqualTo(assembly.Expectations.StackStart)
                & state.Registers[RunState.RegisterCount - 1].Term.EqualTo(assembly.Expectations.StackStart + assembly.Plan.FrameBytes);
    }

    private Term IsReach(State<TermWord> state, (int Index, Permission Needed, int Bytes) key, Term reach)
    {
        var region = state.Memory.Regions[key.Index];
        var bytes = (ulong)key.Bytes;
        return reach.EqualTo(0) | Make.All(
        [
            Make.Constant((ulong)key.Index, 64).Below(RegionCount),
            .. Granted(region, key.Needed),
            region.Start.Term.EqualTo(StartOf(key.Index)),
            !region.Length.Term.Below(Make.Constant(bytes, 64)),
            IsPossible(region.Length.Term),
            reach.EqualTo(region.Length.Term - Make.Constant(bytes - 1, 64)),
        ]);
    }

    private static Term IsPossible(Term length) => length.Below(Make.Constant(1UL << 63, 64));

    private static IEnumerable<Term> Granted(Region<TermWord> region, Permission permission)
    {
        if ((permission & Permission.Read) != Permission.None) yield return region.Readable.Term;
        if ((permission & Permission.Write) != Permission.None) yield return region.Writable.Term;
    }
}

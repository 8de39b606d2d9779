using System.Globalization;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using CilInstruction = Mono.Cecil.Cil.Instruction;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>Something that must hold, for a compiled program to do what its rules do.</summary>
/// <param name="Slot">The slot of the instruction that it is about; null of how the method begins.</param>
/// <param name="What">What it is about.</param>
/// <param name="Given">What is known.</param>
/// <param name="Holds">What must hold.</param>
internal sealed record Obligation(int? Slot, string What, Sequence<Term> Given, Term Holds);

/// <summary>The obligations of one compiled program: its CIL is read again, and compared with the rules.</summary>
/// <remarks>
/// <para>
/// The invariant, wherever an instruction begins: variables hold the registers and budgets of the reference machine, and
/// what the method has found out about regions when it was entered. From there the CIL is executed to the next such place
/// or to its return, and the rule once: both must come to the same state. A return must be with the state before the
/// instruction whose slot it returns. Where variables are, and where instructions begin, the emitter says; it is not
/// trusted, for with other places the invariant does not hold.
/// </para>
/// <para>
/// The expected regions and the frame at hand are apart, and a region that the machine does not have is one of no bytes.
/// Whether a region's host pointer is null matters not where its reaches are zero: no access is then within them.
/// </para>
/// <para>
/// Of code that relies on facts, these are hypotheses, and no others: at an access of which it is proved, that it lies within its
/// region; at a branch, if their number is proved, that one is left. That regions are as the facts assume is proved of the way in.
/// Of code for runs that begin alike, the hypothesis of the way in is that they do.
/// </para>
/// </remarks>
/// <param name="program">The program.</param>
/// <param name="assembly">What it was compiled to.</param>
/// <param name="method">Its method, read again.</param>
/// <param name="mutant">An instruction of it to be read as another; null to read what is there.</param>
internal sealed partial class CompiledProof(CheckedProgram program, CompiledAssembly assembly, CilMethod method, CilMutant? mutant = null)
{
    private static readonly Term Anywhere = Make.Variable("anywhere", 64);

    private readonly ReferenceMachine machine = new(program);
    private readonly CilReader<CompiledMemory> reader = new(mutant);

    private readonly Dictionary<CilInstruction, CompiledCut> cuts = assembly.Body.Cuts.ToDictionary(
        cut => method.Definition.Body.Instructions.Single(instruction => instruction.Offset == cut.Offset));

    private readonly int regions = assembly.Body.Places.Hosts.Keys.Concat(assembly.Body.Places.Reaches.Keys.Select(key => key.Index))
        .Concat(assembly.Facts is null ? [] : assembly.Facts.Regions.Map(static region => region.Index))
        .Append(assembly.Beginning is null ? -1 : Beginning.ContextRegion)
        .Max() + 1;

    private CompiledVariables Places => assembly.Body.Places;

    /// <summary>The instructions of CIL that were read, each with its method.</summary>
    public IReadOnlyCollection<(Mono.Cecil.MethodDefinition Method, CilInstruction At)> Met => reader.Met;

    /// <summary>All obligations; where the code is not understood, one that does not hold.</summary>
    public IEnumerable<Obligation> Obligations() =>
        OfEntries().Concat(cuts.SelectMany(pair => OfCut(pair.Key, pair.Value)));

    /// <summary>Those of how the method begins.</summary>
    public IEnumerable<Obligation> OfEntries() => assembly.Beginning is { } beginning
        ? OfBeginning(beginning)
        : Enumerable.Range(0, assembly.Plan.Entries.Count + 1).SelectMany(OfEntry);

    /// <summary>Those of one instruction.</summary>
    public IEnumerable<Obligation> OfCut(CompiledCut cut) => OfCut(cuts.Single(pair => pair.Value == cut).Key, cut);

    // The method from its start to the instruction at one of its entries.
    private IEnumerable<Obligation> OfEntry(int place)
    {
        var state = StateAt(0, Make.Variable("instructions", 64));
        var memory = CompiledMemory.Of(
            state, number => state.Registers[number].Term, Branches, Make.Variable("instructions", 64), RegionCount);
        var reading = reader.Enter(
            method, [Unused, CilValue.Pointer.To(CompiledMemory.State), CilValue.Number.Of((ulong)place, 32)], memory, cuts.ContainsKey);
        if (reading is not CilReading<CompiledMemory>.Read(var paths, var demands))
            return [Fails(null, ((CilReading<CompiledMemory>.Rejected)reading).Reason)];
        return
        [
            .. demands.Select(demand => new Obligation(null, demand.What, [], demand.Holds)),
            .. paths.Select(path => path.End switch
            {
                CilEnd.Looped(var frame) when place < assembly.Plan.Entries.Count
                    && cuts[frame.At].Slot == assembly.Plan.Entries[place] && cuts[frame.At].Paid == 0 =>
                    new Obligation(
                        null,
                        "the variables on the way in",
                        [.. path.Condition],
                        IsEstablished(frame, cuts[frame.At], state, Branches, Make.Variable("instructions", 64))
                            & Make.Truth(ReferenceEquals(path.Memory, memory))),
                CilEnd.Returned(CilValue.Number(var number)) => new Obligation(
                    null,
                    "the state that is refused",
                    [.. path.Condition],
                    (number.EqualTo(unchecked((uint)CompiledCode.Refused)) | number.EqualTo(unchecked((uint)CompiledCode.Short)))
                        & Make.Truth(ReferenceEquals(path.Memory, memory))),
                CilEnd.Looped or CilEnd.Returned or CilEnd.Went =>
                    new Obligation(null, "where the method goes first", [.. path.Condition], Make.False),
            }),
        ];
    }

    private Term IsEstablished(CilFrame frame, CompiledCut cut, State<TermWord> state, Term branches, Term instructionsLeft)
    {
        List<Term> holds = [Make.Truth(cut is { Owed: 0, Bounds.IsEmpty: true }), IsReserved(cut, branches), .. Assumed(state)];
        for (var i = 0; i < RunState.RegisterCount; i++)
        {
            if (Places.Registers[i] is { } register) holds.Add(Same(frame.Locals[register], state.Registers[i].Term));
        }

        holds.Add(Same(frame.Locals[Places.Branches], branches));
        if (Places.Instructions is { } instructions) holds.Add(Same(frame.Locals[instructions], instructionsLeft));
        if (Places.StackStart is { } start) holds.Add(Same(frame.Locals[start], state.Memory.Stack.Start.Term));
        if (Places.StackHost is { } host) holds.Add(Make.Truth(frame.Locals[host] == CilValue.Pointer.To(CompiledMemory.Frame)));
        holds.Add(IsFrameKnown(state));
        foreach (var (key, place) in Places.Reaches)
        {
            if (frame.Locals[place] is not CilValue.Number(var reach)) return Make.False;
            holds.Add(IsReach(state, key, reach));
            if (frame.Locals[Places.Hosts[key.Index]] != CilValue.Pointer.To(CompiledMemory.HostOf(key.Index))) holds.Add(reach.EqualTo(0));
        }

        foreach (var (index, place) in Places.Hosts)
        {
            if (assembly.Facts is { } facts && facts.Regions.Any(region => region.Index == index))
                holds.Add(Make.Truth(frame.Locals[place] == CilValue.Pointer.To(CompiledMemory.HostOf(index))));
        }

        return Make.All(holds);
    }

    private IEnumerable<Obligation> OfCut(CilInstruction at, CompiledCut cut)
    {
        var left = Make.Variable("left", 64);
        var state = StateAt(cut.Slot, left + Make.Constant((ulong)cut.Paid, 64));
        var memory = CompiledMemory.Of(
            state,
            number => Places.Stored[number] ? Make.Variable($"stale{number}", 64) : state.Registers[number].Term,
            Make.Variable("stale.branches", 64),
            assembly.Plan.IsMetered ? Make.Variable("stale.instructions", 64) : Make.Variable("instructions", 64),
            RegionCount);
        var frame = FrameAt(at, state, Branches + Owed(cut), left);
        var reading = reader.On(frame, memory, cuts.ContainsKey);
        if (reading is not CilReading<CompiledMemory>.Read(var paths, var demands))
            return [Fails(cut.Slot, ((CilReading<CompiledMemory>.Rejected)reading).Reason)];
        var rules = Rules(state, cut.Slot).ToList();
        Sequence<Term> known =
        [
            .. assembly.Plan.IsMetered ? (ReadOnlySpan<Term>)[!Make.Constant(ulong.MaxValue - (ulong)cut.Paid, 64).Below(left)] : [],
            IsFrameKnown(state),
            IsReserved(cut, Branches),
            .. Bounds(cut, state),
            .. rules.SelectMany(rule => rule.Known),
            .. Assumed(state),
        ];
        return
        [
            .. demands.SelectMany(demand => Cases(state, new(cut.Slot, demand.What, known, demand.Holds))),
            .. from path in paths
               let ending = path.End switch
               {
                   CilEnd.Looped(var after) => (
                       What: $"the state on the way to slot {cuts[after.At].Slot}",
                       Holds: Goes(frame, after, path.Memory, rules)),
                   CilEnd.Returned(CilValue.Number(var number)) => (
                       What: "the state that is left to the interpreter",
                       Holds: number.EqualTo((ulong)cut.Slot) & IsLeft(state, path.Memory, cut, left)),
                   CilEnd.Returned or CilEnd.Went => (What: "an end that is none", Holds: Make.False),
               }
               from obligation in Cases(state, new(cut.Slot, ending.What, [.. known, .. path.Condition], ending.Holds))
               select obligation,
        ];
    }

    // At another instruction, after one of the states that the rules come to.
    private Term Goes(CilFrame before, CilFrame frame, CompiledMemory memory, List<RuleEnd> rules)
    {
        var to = cuts[frame.At];
        var reached = rules.Where(rule => CanBe(rule.After.ProgramCounter.Term, to.Slot) && !rule.Traps.IsTrue).ToList();
        return reached.Count == 0 ? Make.False : Make.Any(reached.Select(rule => Make.All(
        [
            !rule.Traps,
            rule.After.ProgramCounter.Term.EqualTo((ulong)to.Slot),
            .. Enumerable.Range(0, RunState.RegisterCount).Select(number => Places.Registers[number] is { } register
                ? Same(frame.Locals[register], rule.After.Registers[number].Term) : Make.True),
            .. Enumerable.Range(0, RunState.RegisterCount).Select(number => Places.Stored[number]
                ? Make.True : rule.After.Registers[number].Term.EqualTo(Make.Variable($"r{number}", 64))),
            rule.After.Budget.Branches is Allowance<TermWord>.Remaining(var branches)
                ? Same(frame.Locals[Places.Branches], branches.Term + Owed(to)) : Make.True,
            frame.Locals[Places.Branches] is CilValue.Number(var count) ? IsReserved(to, count - Owed(to)) : Make.False,
            .. Bounds(to, rule.After),
            rule.After.Budget.Instructions is Allowance<TermWord>.Remaining(var instructions)
                ? Same(
                    frame.Locals[Places.Instructions!.Value], instructions.Term - Make.Constant((ulong)to.Paid, 64))
                    & !instructions.Term.Below(Make.Constant((ulong)to.Paid, 64))
                : Make.True,
            .. Invariable.Select(place => Kept(before.Locals[place], frame.Locals[place])),
            SameBytes(rule.After, memory),
        ])));
    }

    // Before the instruction, with all that was paid ahead given back.
    private Term IsLeft(State<TermWord> state, CompiledMemory memory, CompiledCut cut, Term left) => Make.All(
    [
        .. Enumerable.Range(0, RunState.RegisterCount).Select(number => Same(memory[8 * number], state.Registers[number].Term)),
        Same(memory[Offsets.Branches], Branches),
        assembly.Plan.IsMetered
            ? Same(memory[Offsets.Instructions], left + Make.Constant((ulong)cut.Paid, 64))
            : Make.True,
        SameBytes(state, memory),
    ]);

    private IEnumerable<int> Invariable =>
        new int?[] { Places.StackStart, Places.StackHost }.OfType<int>().Concat(Places.Hosts.Values).Concat(Places.Reaches.Values);

    private static Term SameBytes(State<TermWord> state, CompiledMemory memory)
    {
        var all = state.Memory.Regions;
        return Make.All(Enumerable.Range(0, all.Count).Select(index =>
            ByteOf(memory.Bytes[index == all.Count - 1 ? CompiledMemory.Frame : CompiledMemory.HostOf(index)].Bytes)
                .EqualTo(ByteOf(all[index].Bytes))));
    }

    private CilFrame FrameAt(CilInstruction at, State<TermWord> state, Term branches, Term left)
    {
        var locals = new CilValue?[method.Definition.Body.Variables.Count];
        for (var i = 0; i < RunState.RegisterCount; i++)
        {
            if (Places.Registers[i] is { } register) locals[register] = new CilValue.Number(state.Registers[i].Term);
        }

        locals[Places.Branches] = new CilValue.Number(branches);
        if (Places.Instructions is { } instructions) locals[instructions] = new CilValue.Number(left);
        if (Places.StackStart is { } start) locals[start] = new CilValue.Number(state.Memory.Stack.Start.Term);
        if (Places.StackHost is { } host) locals[host] = CilValue.Pointer.To(CompiledMemory.Frame);
        foreach (var (index, place) in Places.Hosts) locals[place] = CilValue.Pointer.To(CompiledMemory.HostOf(index));
        foreach (var (key, place) in Places.Reaches) locals[place] = new CilValue.Number(ReachOf(key));
        var entry = new CilValue.Number(Make.Variable("entry", 32));
        return new(method, at, [Unused, CilValue.Pointer.To(CompiledMemory.State), entry], [.. locals], []);
    }

    private static CilValue Unused => CilValue.Pointer.To("unused");

    private static Term Branches => Make.Variable("branches", 64);

    private static Term RegionCount => Make.Variable("region.count", 64);

    private static Term ReachOf((int Index, Permission Needed, int Bytes) key) =>
        Make.Variable(string.Create(CultureInfo.InvariantCulture, $"reach{key.Index}.{key.Needed}.{key.Bytes}"), 64);

    private State<TermWord> StateAt(int slot, Term instructions)
    {
        var profile = program.Rules.Profile;
        var frameBytes = TermWord.Constant((ulong)profile.FrameBytes, Width.Bits64);
        var start = TermWord.Variable("stack.start", Width.Bits64);
        var always = Truth<TermWord>.Of(true);
        return new(
            Registers<TermWord>.Of(
                [.. Enumerable.Range(0, RunState.RegisterCount).Select(number => TermWord.Variable($"r{number}", Width.Bits64))]),
            TermWord.Constant((ulong)slot, Width.Bits64),
            new RegionMemory<TermWord>(
                [
                    .. Enumerable.Range(0, regions).Select(index => new Region<TermWord>(
                        CompiledMemory.HostOf(index),
                        TermWord.Variable($"region{index}.start", Width.Bits64),
                        TermWord.Variable($"region{index}.length", Width.Bits64),
                        TermTruths.Of(Make.Variable($"region{index}.readable", Sort.Truth)),
                        TermTruths.Of(Make.Variable($"region{index}.writable", Sort.Truth)),
                        ArrayBytes.Variable($"region{index}.bytes"))),
                    new(CompiledMemory.Frame, start, frameBytes, always, always, ArrayBytes.Variable("frame.bytes")),
                ],
                new(start, frameBytes, ArrayBytes.Variable("fresh"))),
            [],
            new(
                profile.BranchLimit is Allowance<ulong>.Remaining ? Left(Branches) : new Allowance<TermWord>.Unlimited(),
                assembly.Plan.IsMetered ? Left(instructions) : new Allowance<TermWord>.Unlimited()),
            HostState<TermWord>.Bare);

        static Allowance<TermWord> Left(Term count) => new Allowance<TermWord>.Remaining(new(count));
    }

    private static Term Owed(CompiledCut cut) => Make.Constant((ulong)cut.Owed, 64);

    // One for each way in which the reaches that it speaks of can be: none, or that of a region that is as it is expected.
    private IEnumerable<Obligation> Cases(State<TermWord> state, Obligation obligation)
    {
        var variables = Dag.PostOrder([.. obligation.Given, obligation.Holds]).ToHashSet<Term>(ReferenceEqualityComparer.Instance);
        IEnumerable<Obligation> cases = [obligation];
        foreach (var key in Places.Reaches.Keys.Where(key => variables.Contains(ReachOf(key))))
        {
            var region = state.Memory.Regions[key.Index];
            var length = region.Length.Term;
            var fits = !length.Below(Make.Constant((ulong)key.Bytes, 64)) & IsPossible(length);
            Dictionary<Term, Term> none = new(ReferenceEqualityComparer.Instance) { [ReachOf(key)] = Make.Constant(0, 64) };
            Dictionary<Term, Term> some = new(ReferenceEqualityComparer.Instance)
            {
                [ReachOf(key)] = length - Make.Constant((ulong)key.Bytes - 1, 64),
                [region.Start.Term] = Make.Constant(StartOf(key.Index), 64),
            };
            foreach (var granted in Granted(region, key.Needed)) some[granted] = Make.True;
            cases = cases.SelectMany(one => (IEnumerable<Obligation>)[In(one, none, []), In(one, some, [fits])]).ToList();
        }

        return cases;

        static Obligation In(Obligation one, Dictionary<Term, Term> known, Sequence<Term> more) => one with
        {
            Given = [.. more, .. one.Given.Map(fact => Dag.Substitute(fact, known))],
            Holds = Dag.Substitute(one.Holds, known),
        };
    }

    private ulong StartOf(int index) =>
        assembly.Expectations.BySlot.Values.SelectMany(all => all).First(region => region.Index == index).Start;

    // The states after the instruction at a slot, and after the one behind it if the two are compiled as one.
    private IEnumerable<RuleEnd> Rules(State<TermWord> state, int slot)
    {
        var traps = Make.False;
        for (var count = 0; count < 2; count++)
        {
            if (machine.At(slot) is not Semantics.Validity.Decoded.Valid(var instruction)
                || instruction.Form.Operation is not (AluOperation or JumpOperation or MemoryOperation or WideLoad))
            {
                yield break;
            }

            var execution = new Execution<TermWord>(instruction.Form, instruction.Fields<TermWord>(), state, machine.Profile);
            var known = instruction.Form.Operation is MemoryOperation && instruction.Form.Operation.AccessOf(execution) is { } access
                ? RefinementSetup.Apart(state.Memory.Regions, access.Address, instruction.Form.Width.Bytes)
                    .Concat(ProvedOf(slot, access.Address, instruction.Form.Width.Bytes, state)).ToSequence()
                : [];
            var effect = ReferenceMachine.Execute(execution);
            foreach (var guard in effect.Guards) traps |= guard.When.Term;
            if (assembly.Facts?.MostBranches is not null)
            {
                known =
                [
                    .. known,
                    .. effect.Guards.Where(static guard => guard.Trap is Trap.BranchBudget).Select(static guard => !guard.When.Term),
                ];
            }

            state = effect.Value.State;
            yield return new(state, traps, known);
            if (!state.ProgramCounter.Term.IsConstant || instruction.Form.Operation is MemoryOperation) yield break;
            slot = (int)(ulong)state.ProgramCounter.Term.Value;
        }
    }

    private static bool CanBe(Term counter, int slot) => counter.Operator is Operator.Choose
        ? CanBe(counter.Second, slot) || CanBe(counter.Third, slot)
        : !counter.IsConstant || counter.Is((ulong)slot);

    private static Term Same(CilValue? value, Term term) =>
        value is CilValue.Number(var number) && number.Width == term.Width ? number.EqualTo(term) : Make.False;

    private static Term Kept(CilValue? before, CilValue? after) =>
        before is CilValue.Number(var number) ? Same(after, number) : Make.Truth(before == after);

    private static Term ByteOf(IBytes<TermWord> bytes) => ((ArrayBytes)bytes).Array[Anywhere];

    private static Obligation Fails(int? slot, string reason) => new(slot, reason, [], Make.False);

    private sealed record RuleEnd(State<TermWord> After, Term Traps, Sequence<Term> Known);
}

using System.Collections.Immutable;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Compiled;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>Which region the fast machine has cached.</summary>
internal enum Cached
{
    /// <summary>Whatever it is: the step must not touch it.</summary>
    Anything,

    /// <summary>None: every reach is zero.</summary>
    Nothing,

    /// <summary>A region of the host, of any size, place and permission.</summary>
    AnyRegion,

    /// <summary>The executing function's stack frame.</summary>
    StackFrame,
}

/// <summary>A setup of the semantics with the same state as the fast machine has it.</summary>
/// <param name="Setup">The setup, in which one region is the entry's stack frame.</param>
/// <param name="Cached">What is cached.</param>
/// <param name="Layout">Where fields lie.</param>
internal sealed record RefinementSetup(Setup Setup, Cached Cached, MachineLayout Layout)
{
    /// <summary>The distance in bytes from a jump to its target's first step.</summary>
    public static Term Distance { get; } = Make.Variable("distance", 32);

    private const int EntryFrame = 1;

    private static Sequence<int> Sizes { get; } = [1, 2, 4, 8];

    private State<TermWord> State => Setup.State;

    /// <summary>How many local calls may nest.</summary>
    public int Nested => Setup.Profile.FrameLimit - 1;

    /// <summary>How many local calls have not returned.</summary>
    public int Depth => State.Frames.Count;

    /// <summary>The steps of the instruction: those of guards, which may be left out, and its own.</summary>
    public Sequence<GuardStep<TermWord>> Steps
    {
        get
        {
            var form = Setup.Form;
            var step = Decoding.StepOf<TermWord>(form, Codes.Of(form), Setup.Fields, State.Host.Platform);
            var zero = TermWord.Constant(0, Width.Bits64);
            var always = Truth<TermWord>.Of(true);
            return
            [
                .. State.Budget.Instructions is Allowance<TermWord>.Remaining
                    ? (ReadOnlySpan<GuardStep<TermWord>>)
                        [new(always, new(Code.Pay, zero.Low(Width.Bits8), zero.Low(Width.Bits8), zero.Low(Width.Bits32), zero))]
                    : [],
                .. Decoding.GuardsOf<TermWord>(form, step, Setup.Profile),
                new(always, form.Displacement.IsEmpty ? step : step with { Offset = new(Distance) }),
            ];
        }
    }

    /// <summary>The slot that the instruction's displacement leads to.</summary>
    public Term Target => State.After(Setup.Form.Layout.Slots).Term
        + Decoding.StepOf<TermWord>(Setup.Form, Codes.Of(Setup.Form), Setup.Fields, State.Host.Platform).Offset.SignExtend(
            Width.Bits64).Term;

    /// <summary>The hypotheses.</summary>
    public Sequence<Term> Hypotheses => Setup.Form.Operation switch
    {
        MemoryOperation or AtomicOperation or PacketLoad => [.. Setup.Hypotheses, .. Apart(State.Memory.Regions, Address, Bytes)],
        AluOperation.Division.DivideSigned => [.. Setup.Hypotheses, ByMinusOne(Operator.DivideSigned, Dividend, Divisor)],
        AluOperation.Division.ModuloSigned => [.. Setup.Hypotheses, ByMinusOne(Operator.RemainderSigned, Dividend, Divisor)],
        _ => Setup.Hypotheses,
    };

    /// <summary>Comparisons with reaches, and the access checks that they stand for; the family proves that they are the same.</summary>
    public IReadOnlyDictionary<Term, Term> Checks
    {
        get
        {
            Dictionary<Term, Term> checks = new(ReferenceEqualityComparer.Instance);
            if (Setup.Form.Operation is not (MemoryOperation or AtomicOperation or PacketLoad)) return checks;
            foreach (var region in State.Memory.Regions)
            {
                foreach (var permitted in (Sequence<Truth<TermWord>>)[region.Readable, region.Writable, Truth<TermWord>.Of(true)])
                {
                    var (reach, check) = ReachAndCheck(region, permitted, Address, Bytes);
                    checks[reach] = check;
                }
            }

            return checks;
        }
    }

    /// <summary>Whether the address of an access is within reach, and whether the region permits and contains the access.</summary>
    public static (Term Reach, Term Check) ReachAndCheck(
        Region<TermWord> region, Truth<TermWord> permitted, TermWord address, int bytes) => (
        (address - region.Start).Term.Below(Reach(Permitted(region, permitted), bytes)),
        (region.Contains(address, TermWord.Constant((ulong)bytes, Width.Bits64)) & permitted).Term);

    /// <summary>That no access lies within two regions.</summary>
    public static IEnumerable<Term> Apart(Sequence<Region<TermWord>> regions, TermWord address, int bytes)
    {
        var count = TermWord.Constant((ulong)bytes, Width.Bits64);
        return
            from left in Enumerable.Range(0, regions.Count)
            from right in Enumerable.Range(0, left)
            select (!(regions[left].Contains(address, count) & regions[right].Contains(address, count))).Term;
    }

    private TermWord Address => new(Traps.Address(Setup));

    private int Bytes => Setup.Form.Width.Bytes;

    /// <summary>
    /// That a signed quotient or remainder by -1 is the negation, or zero; the family proves it, as solvers take long to find it
    /// among other things.
    /// </summary>
    public static Term ByMinusOne(Operator @operator, Term dividend, Term divisor)
    {
        var zero = Make.Constant(0, dividend.Width);
        return divisor.EqualTo(Make.Constant(ulong.MaxValue, dividend.Width)).Implies(
            Make.Binary(@operator, dividend, divisor).EqualTo(@operator is Operator.DivideSigned ? zero - dividend : zero));
    }

    private Term Dividend => Setup.Execution.Destination.Low(Setup.Form.Width).Term;

    private Term Divisor => Setup.Execution.Operand.Term;

    /// <summary>
    /// The setups of one of the semantics: one a case of what is cached, if the instruction reaches memory or ends a stack frame.
    /// </summary>
    public static IEnumerable<RefinementSetup> Of(Setup setup, MachineLayout layout)
    {
        var based = Based(setup);
        var reachesMemory = setup.Form.Operation is MemoryOperation or AtomicOperation or PacketLoad;
        Sequence<Cached> cases = reachesMemory || (setup.Form.Operation is CallOperation.Exit && !setup.State.Frames.IsEmpty)
            ? [Cached.Nothing, Cached.AnyRegion, Cached.StackFrame]
            : [Cached.Anything];
        return cases.Select(cached => new RefinementSetup(based, cached, layout));
    }

    /// <summary>The machine before the first of some steps.</summary>
    public EngineState Begin(Sequence<Step<TermWord>> steps)
    {
        var memory = Memory(steps);
        var (start, host) = Cached switch
        {
            Cached.Anything or Cached.Nothing => (Make.Variable("cached.start", 64), (CilValue)CilValue.Pointer.To(MachineMemory.Dangling)),
            Cached.AnyRegion => (State.Memory.Regions[0].Start.Term, CilValue.Pointer.To(HostOf(0))),
            Cached.StackFrame => (State.Memory.Stack.Start.Term, CilValue.Pointer.To(MachineMemory.StackFrameAt(Depth))),
        };
        return new(CilValue.Pointer.To(MachineMemory.Steps), start, host, BranchesLeft, memory);
    }

    /// <summary>The branches left; of a budget without a limit, those until the engine asks for more.</summary>
    public Term BranchesLeft =>
        State.Budget.Branches is Allowance<TermWord>.Remaining(var left) ? left.Term : Make.Variable("branches", 64);

    /// <summary>The place of a region's bytes.</summary>
    public string HostOf(int region) =>
        region == EntryFrame ? MachineMemory.StackFrameAt(0)
        : region > State.Memory.Regions.Count - Depth - 1 ? MachineMemory.StackFrameAt(region - (State.Memory.Regions.Count - Depth) + 1)
        : $"region {region}";

    /// <summary>How far accesses of a size reach in a region of a length.</summary>
    public static Term Reach(Term length, int bytes) => Make.Choose(
        length.Below(Number((ulong)bytes)),
        Number(0),
        length + Number(1 - (ulong)bytes));

    /// <summary>The reach fields of an access's size, for reads or for writes.</summary>
    public static string ReachField(bool isRead, int bytes) =>
        (isRead ? "Readable" : "Writable") + bytes.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every reach field with what it is of a region.</summary>
    public static IEnumerable<(string Field, Term Reach)> Reaches(Region<TermWord> region) =>
        from isRead in (Sequence<bool>)[true, false]
        from bytes in Sizes
        select (ReachField(isRead, bytes), Reach(Permitted(region, isRead ? region.Readable : region.Writable), bytes));

    private static Term Permitted(Region<TermWord> region, Truth<TermWord> permitted) =>
        Make.Choose(permitted.Term, region.Length.Term, Number(0));

    /// <summary>The bits of a region's permission.</summary>
    public static Term PermissionOf(Region<TermWord> region) =>
        Make.Concatenate(Flag(region.Writable.Term), Flag(region.Readable.Term)).ZeroExtended(64);

    // The regions of a setup: one of the host, the entry's stack frame, another of the host, and the frames of local calls,
    // each right below the one before.
    private static Setup Based(Setup setup)
    {
        var memory = setup.State.Memory;
        var depth = setup.State.Frames.Count;
        var lasting = memory.Regions.Count - depth;
        var frameBytes = memory.Stack.FrameBytes;
        var regions = memory.Regions.Map(region => region);
        regions = regions.With(EntryFrame, FrameAt(
            regions[EntryFrame], depth) with
        {
            Bytes = new ArrayBytes(
                Make.Variable(SetupCatalogue.FlatMemory, Sort.Bytes), StartOf(depth).Term)
        });
        for (var i = lasting; i < regions.Count; i++) regions = regions.With(i, FrameAt(regions[i], regions.Count - 1 - i));
        return setup with
        {
            State = setup.State with { Memory = memory.WithRegions(regions) },
            Hypotheses = [.. SetupCatalogue.RegistersExist(setup.Form)],
        };

        TermWord StartOf(int above) => memory.Stack.Start + (frameBytes * TermWord.Constant((ulong)above, Width.Bits64));

        Region<TermWord> FrameAt(Region<TermWord> region, int above) => region with
        {
            Start = StartOf(above),
            Length = frameBytes,
            Readable = Truth<TermWord>.Of(true),
            Writable = Truth<TermWord>.Of(true),
        };
    }

    private MachineMemory Memory(Sequence<Step<TermWord>> steps)
    {
        var cells = ImmutableDictionary.CreateBuilder<(string Place, ulong Offset), (CilValue Value, int Bytes)>();
        for (var i = 0; i < steps.Count; i++) AddStep(i, steps[i]);
        foreach (var isRead in (Sequence<bool>)[true, false])
        {
            foreach (var bytes in Sizes) Machine(ReachField(isRead, bytes), InitialReach(isRead, bytes));
        }

        var frameBytes = State.Memory.Stack.FrameBytes.Term;
        Machine(nameof(RunState.StackStart), State.Memory.Stack.Start.Term);
        Add(MachineMemory.State, Layout[typeof(RunState), nameof(RunState.StackHost)],
            CilValue.Pointer.To(MachineMemory.StackFrameAt(Depth)), 8);
        foreach (var bytes in Sizes) Machine($"Stack{bytes}", Reach(frameBytes, bytes));
        Machine(nameof(RunState.FrameBytes), frameBytes);
        Machine(nameof(RunState.FrameStride), frameBytes);
        Machine(nameof(RunState.CallsLeft), Number((ulong)(Nested - Depth)));
        Machine(nameof(RunState.Depth), Number((ulong)Depth));
        Machine(nameof(RunState.RegionCount), Number((ulong)State.Memory.Regions.Count));
        Machine(nameof(RunState.Instructions), State.Budget.Instructions is Allowance<TermWord>.Remaining(var left) ? left.Term
            : Make.Variable("instructions", 64));
        Machine(nameof(RunState.Branches), Make.Variable("stale.branches", 64));
        Add(MachineMemory.State, Layout[typeof(RunState), nameof(RunState.Stopped)], CilValue.Pointer.To("stale step"), 8);
        Add(MachineMemory.State, Layout[typeof(RunState), nameof(RunState.Frames)], CilValue.Pointer.To(MachineMemory.Frames), 8);
        Add(MachineMemory.State, Layout[typeof(RunState), nameof(RunState.Regions)], CilValue.Pointer.To(MachineMemory.Regions), 8);
        for (var i = 0; i < Nested; i++) AddFrame(i);
        for (var i = 0; i < State.Memory.Regions.Count - Depth + Nested; i++) AddRegion(i);
        return new()
        {
            Registers = new RegisterFile.Named(State.Registers),
            Cells = cells.ToImmutable(),
            Bytes = BytesOfHost(),
            FreshFrame = State.Memory.Stack.FreshFrame,
            FrameStride = (ulong)Setup.Profile.FrameBytes,
            Layout = Layout,
        };

        void Add(string place, ulong offset, CilValue value, int bytes) => cells[(place, offset)] = (value, bytes);

        void Machine(string field, Term value) => Add(MachineMemory.State, Layout[typeof(RunState), field], new CilValue.Number(value), 8);

        void AddStep(int index, Step<TermWord> step)
        {
            var first = (ulong)index * Layout.StepBytes;
            Field(nameof(PredecodedStep.Code), Make.Constant((ulong)step.Code, 16));
            Field(nameof(PredecodedStep.Destination), step.Destination.Term);
            Field(nameof(PredecodedStep.Source), step.Source.Term);
            Field(nameof(PredecodedStep.Offset), step.Offset.Term);
            Field(nameof(PredecodedStep.Immediate), step.Immediate.Term);

            void Field(string name, Term value) =>
                Add(MachineMemory.Steps, first + Layout[typeof(PredecodedStep), name], new CilValue.Number(value), value.Width / 8);
        }

        // Those beyond the depth hold what was left there.
        void AddFrame(int index)
        {
            var first = (ulong)index * Layout.FrameBytes;
            Add(
                MachineMemory.Frames,
                first + Layout[typeof(SavedFrame), nameof(SavedFrame.ReturnTo)],
                CilValue.Pointer.To(index < Depth ? MachineMemory.ReturnOf(index) : "stale step"),
                8);
            for (var i = 0; i < Correspondence.KeptFields.Count; i++)
            {
                var field = Correspondence.KeptFields[i];
                var value = index < Depth ? State.Frames[index].Saved[i].Term : Make.Variable($"stale.frame{index}.{field}", 64);
                Add(MachineMemory.Frames, first + Layout[typeof(SavedFrame), field], new CilValue.Number(value), 8);
            }
        }

        void AddRegion(int index)
        {
            var first = (ulong)index * Layout.RegionBytes;
            var region = index < State.Memory.Regions.Count ? State.Memory.Regions[index] : null;
            Field(nameof(MappedRegion.Start), region?.Start.Term ?? Stale("start"));
            Field(nameof(MappedRegion.Length), region?.Length.Term ?? Stale("length"));
            Field(nameof(MappedRegion.Permission), region is null ? Stale("permission") : PermissionOf(region));
            Add(
                MachineMemory.Regions,
                first + Layout[typeof(MappedRegion), nameof(MappedRegion.Host)],
                CilValue.Pointer.To(region is null ? MachineMemory.Dangling : HostOf(index)),
                8);

            void Field(string name, Term value) =>
                Add(MachineMemory.Regions, first + Layout[typeof(MappedRegion), name], new CilValue.Number(value), 8);

            Term Stale(string name) => Make.Variable($"stale.region{index}.{name}", 64);
        }
    }

    private Term InitialReach(bool isRead, int bytes)
    {
        var field = ReachField(isRead, bytes);
        return Cached switch
        {
            Cached.Anything => Make.Variable($"cached.{field}", 64),
            Cached.Nothing => Number(0),
            Cached.AnyRegion => Reaches(State.Memory.Regions[0]).Single(reach => reach.Field == field).Reach,
            Cached.StackFrame => Reach(State.Memory.Stack.FrameBytes.Term, bytes),
        };
    }

    private ImmutableDictionary<string, HostBytes> BytesOfHost()
    {
        var bytes = ImmutableDictionary.CreateBuilder<string, HostBytes>();
        for (var i = 0; i < State.Memory.Regions.Count; i++)
        {
            bytes[HostOf(i)] = new(State.Memory.Regions[i].Bytes, State.Memory.Regions[i].Length.Term);
        }

        for (var i = Depth + 1; i <= Nested; i++)
            bytes[MachineMemory.StackFrameAt(i)] = new(ArrayBytes.Variable($"stale.frame{i}.bytes"), State.Memory.Stack.FrameBytes.Term);
        return bytes.ToImmutable();
    }

    private static Term Number(ulong value) => Make.Constant(value, 64);

    private static Term Flag(Term truth) => Make.Choose(truth, Make.Constant(1, 1), Make.Constant(0, 1));
}

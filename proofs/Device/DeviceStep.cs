using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;
using Effect = RbpfSpec.Proofs.Setups.Effect;

namespace RbpfSpec.Proofs.Device;

/// <summary>One encoding about to be executed by a build: the same state as the semantics and as the device have it.</summary>
/// <param name="Build">The build.</param>
/// <param name="Setup">The setup of the semantics, its state that of the device.</param>
/// <param name="Access">What is known of memory, if the instruction reaches it.</param>
internal sealed record DeviceStep(DeviceBuild Build, Setup Setup, MemoryStep? Access = null)
{
    private static readonly Term AnyRegister = Make.Variable("any register", 4);

    /// <summary>The steps of an encoding.</summary>
    public static IEnumerable<DeviceStep> Of(DeviceBuild build, Form form) =>
        from any in SetupCatalogue.Of(form, Profile.Rbpf, 0)
        let setup = form.Operation is CallOperation.Local or CallOperation.Exit ? Frames.On(any) : any
        from access in Accesses(build, form)
        select new DeviceStep(build, setup with
        {
            Variant = setup.Variant + (access is null or { Recent: Recent.None } ? "" : $"[asked first: {access.Recent}]"),
            Hypotheses = [.. SetupCatalogue.RegistersExist(form)],
            State = setup.State with
            {
                Memory = access is null ? setup.State.Memory : setup.State.Memory.WithRegions([access.Region]),
                Registers = DeviceRegisters.Any,
                ProgramCounter = new(DeviceBuild.Pc.ZeroExtended(64)),
                Budget = setup.State.Budget with
                {
                    Branches = new Allowance<TermWord>.Remaining(new(DeviceBuild.BranchesLeft.ZeroExtended(64))),
                },
            },
        }, access);

    private static IEnumerable<MemoryStep?> Accesses(DeviceBuild build, Form form)
    {
        if (form.Operation is not MemoryOperation) return [null];
        if (!build.IsFast) return [new MemoryStep(Recent.None, form.Width.Bytes)];
        return Enum.GetValues<Recent>().Where(recent => recent is not Recent.None)
            .Select(recent => new MemoryStep(recent, form.Width.Bytes));
    }

    /// <summary>The hypotheses: registers exist, and a program has fewer slots than fit into the address space.</summary>
    public Sequence<Term> Hypotheses => [.. Setup.Hypotheses, DeviceBuild.Pc.Below(1U << 28), .. Access?.Hypotheses(Setup) ?? []];

    /// <summary>The device's state at the head of the loop.</summary>
    public ArmState<TermWord> AtHead(ThumbCode code)
    {
        var (registers, frame) = Build.AtHead;
        var memory = new ObjectMemory(code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(DeviceBuild.Machine, new MachineObject(DeviceRegisters.Any, Fields))
            .With(DeviceBuild.Slot, new WordCells(Slots, 0, 0))
            .With(DeviceBuild.Stack, new WordCells(
                frame.ToImmutableDictionary(cell => cell.Key, cell => TermOf(cell.Value, $"frame{cell.Key}")), -DeviceBuild.StackBytes, 0));
        if (Access is not null) memory = Access.Objects(memory, Setup);
        if (Calls) memory = Frames.Objects(memory, Setup);
        return new(
            Sequence.Generate(15, number => new TermWord(
                number < 13 ? TermOf(registers[number], $"free.r{number}")
                : number == ArmState<TermWord>.StackPointer ? StackPointer
                : Make.Variable("free.lr", 32))),
            DeviceBuild.AnyFlags,
            memory);
    }

    /// <summary>Whether a register means something where a way ends.</summary>
    public bool IsKept(ThumbEnd end, int register) =>
        end is ThumbEnd.Left ? register is 0 or >= 4 : Build.AtHead.Registers[register] is not Content.Free;

    /// <summary>Reads some code of the build from the head of its loop on.</summary>
    /// <param name="code">The code, or a mutant of it.</param>
    public (Sequence<ThumbPath> Paths, IReadOnlyCollection<uint> Met) Read(ThumbCode code)
    {
        var reader = new ThumbReader(code, new HashSet<uint> { Build.Head }, Contracts(code), DeviceBuild.Aligned);
        return (reader.Read(AtHead(code), Build.Head, Hypotheses), reader.Met);
    }

    private Dictionary<uint, Func<ArmState<TermWord>, Contract>> Contracts(ThumbCode code)
    {
        Dictionary<uint, Func<ArmState<TermWord>, Contract>> contracts = new(Library.Contracts(code));
        if (Access is not null) contracts[code["rbpf_bytes"].Address] = state => Access.Bytes(state, Build.IsFast);
        return contracts;
    }

    /// <summary>That a way through the code does what the rule does, part by part.</summary>
    public IEnumerable<(string What, Term Holds)> Agrees(ThumbPath path, Effect effect) => path.End switch
    {
        ThumbEnd.Reached => GoesOn(path.State, effect),
        ThumbEnd.Left(var target) =>
        [
            ("where it returns to", target.EqualTo(DeviceBuild.Return & Make.Constant(0xffff_fffe, 32))), .. Returns(path.State, effect),
        ],
        ThumbEnd.Stuck(var at, var reason) => [($"{reason} at {at:x}", Make.False)],
    };

    /// <summary>That the structure of the machine is as it was at dispatch.</summary>
    public IEnumerable<(string What, Term Holds)> Keeps(ObjectMemory memory) =>
        Machine(memory, Setup.State, HoldsBranches ? null : BranchesOf(Setup.State), null);

    private bool Calls => Setup.Form.Operation is CallOperation.Local or CallOperation.Exit;

    private Term StackPointer => DeviceBuild.Stack + (ulong)(uint)Build.StackAtHead;

    // Where the build keeps the branches left in a register, what the structure says of them is old.
    private WordCells Fields
    {
        get
        {
            var program = DeviceBuild.Slot - Make.Binary(Operator.ShiftLeft, DeviceBuild.Pc, Make.Constant(3, 32));
            return Build.Fields(
                program,
                [
                    .. HoldsBranches ? (ReadOnlySpan<(string, Term)>)[] : [("branches", DeviceBuild.BranchesLeft)],
                    .. Access?.Fields ?? [],
                    .. Calls ? Frames.Fields(Setup) : [],
                ]);
        }
    }

    private bool HoldsBranches =>
        Build.AtHead.Registers.Concat(Build.AtHead.Frame.Values).Any(content => content is Content.Branches);

    private ImmutableDictionary<int, Term> Slots
    {
        get
        {
            var layout = Setup.Form.Layout;
            var head = Make.Concatenate(
                Of(Field.Offset),
                Make.Concatenate(Of(Field.Source), Make.Concatenate(Of(Field.Destination), Make.Constant(Setup.Form.Opcode, 8))));
            var slots = ImmutableDictionary<int, Term>.Empty.Add(0, head).Add(4, Of(Field.Immediate));
            return layout.IsWide ? slots.Add(8, Make.Constant(0, 32)).Add(12, Of(Field.NextImmediate)) : slots;

            Term Of(Field name) => layout[name] is FieldUse.Selects(var value)
                ? Make.Constant(value, name.Width().Bits)
                : Setup.Fields[name].Term;
        }
    }

    private static Term TermOf(Content content, string name) => content switch
    {
        Content.Free => Make.Variable(name, 32),
        Content.Constant(var number) => Make.Constant(number, 32),
        Content.Machine => DeviceBuild.Machine,
        Content.Slot(var distance) => DeviceBuild.Slot + (ulong)distance,
        Content.Branches => DeviceBuild.BranchesLeft,
        Content.Kept(var register) => DeviceBuild.KeptOf(register),
    };

    private IEnumerable<(string What, Term Holds)> GoesOn(ArmState<TermWord> state, Effect effect)
    {
        if (effect.Outcome is not Outcome<TermWord>.Next) return [("that it goes on", Make.False)];
        var next = effect.After;
        var slot = DeviceBuild.Slot + Make.Binary(
            Operator.ShiftLeft, (next.ProgramCounter.Term - Setup.State.ProgramCounter.Term).Bits(0, 32), Make.Constant(3, 32));
        var branches = BranchesOf(next);
        var memory = (ObjectMemory)state.Memory;
        var frame = (WordCells)memory[DeviceBuild.Stack];
        return
        [
            ("that it goes on", !effect.Trapped),
            ("SP", state.Registers[ArmState<TermWord>.StackPointer].Term.EqualTo(StackPointer)),
            .. Build.AtHead.Registers.Select((content, number) => ($"R{number}", Holds(content, state.Registers[number].Term))),
            .. Build.AtHead.Frame.Select(cell => ($"the stack at {cell.Key}", Holds(cell.Value, frame[cell.Key]))),
            .. Machine(memory, next, HoldsBranches ? null : branches, null),
        ];

        Term Holds(Content content, Term value) => content switch
        {
            Content.Free => Make.True,
            Content.Constant(var number) => value.EqualTo(number),
            Content.Machine => value.EqualTo(DeviceBuild.Machine),
            Content.Slot(var distance) => value.EqualTo(slot + (ulong)distance),
            Content.Branches => value.EqualTo(branches),
            Content.Kept(var register) => value.EqualTo(DeviceBuild.KeptOf(register)),
        };
    }

    private IEnumerable<(string What, Term Holds)> Returns(ArmState<TermWord> state, Effect effect)
    {
        var number = state.Registers[0].Term;
        return
        [
            .. effect.Traps.Select(trap => ($"trap {trap.Trap}", trap.When.Implies(number.EqualTo(MachineFields.NumberOf(trap.Trap))))),
            ("that it ends", effect.Trapped | (Make.Truth(effect.Outcome is Outcome<TermWord>.Exited) & number.EqualTo(0))),
            ("SP", state.Registers[ArmState<TermWord>.StackPointer].Term.EqualTo(DeviceBuild.Stack)),
            .. Enumerable.Range(4, 8).Select(register =>
                ($"R{register}", state.Registers[register].Term.EqualTo(DeviceBuild.KeptOf(register)))),
            .. Machine((ObjectMemory)state.Memory, Setup.State, BranchesOf(Setup.State), DeviceBuild.Pc),
        ];
    }

    private static Term BranchesOf(State<TermWord> state) =>
        ((Allowance<TermWord>.Remaining)state.Budget.Branches).Count.Term.Bits(0, 32);

    // That the structure holds a state; the branches and the program counter only where they are given.
    private IEnumerable<(string What, Term Holds)> Machine(ObjectMemory memory, State<TermWord> state, Term? branches, Term? pc)
    {
        var machine = (MachineObject)memory[DeviceBuild.Machine];
        yield return ("the registers", machine.Registers.Agrees((DeviceRegisters)state.Registers, AnyRegister));
        if (Access is not null)
            yield return ("memory", ((HostBytes)memory[MemoryStep.Host]).Content.Agrees((Window)state.Memory.Regions[0].Bytes));
        if (Calls)
        {
            foreach (var part in Frames.Agree(memory, state, state.Frames.Count > Setup.State.Frames.Count)) yield return part;
        }

        foreach (var (field, offset) in Build.Named)
        {
            var value = machine.Fields[offset];
            switch (field)
            {
                case "pc" when pc is null:
                case "branches" when branches is null:
                case "recent_load" or "recent_store":
                    break;
                case "pc":
                    yield return (field, value.EqualTo(pc!));
                    break;
                case "branches":
                    yield return (field, value.EqualTo(branches!));
                    break;
                default:
                    var before = Fields[offset];
                    yield return (field, value.EqualTo((Calls ? Frames.Field(field, before, Setup.State, state) : null) ?? before));
                    break;
            }
        }
    }
}

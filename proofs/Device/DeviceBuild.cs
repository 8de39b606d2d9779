using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device;

/// <summary>The value of a register, or of a word of the stack frame, at the head of the loop.</summary>
internal abstract record Content
{
    private Content()
    {
    }

    /// <summary>Anything.</summary>
    public sealed record Free : Content;

    /// <summary>A number that the compiler keeps there.</summary>
    public sealed record Constant(uint Value) : Content;

    /// <summary>The address of the machine.</summary>
    public sealed record Machine : Content;

    /// <summary>The address of the slot to execute, and some bytes.</summary>
    public sealed record Slot(uint Distance) : Content;

    /// <summary>The branches left.</summary>
    public sealed record Branches : Content;

    /// <summary>The value of a register when the function was called.</summary>
    public sealed record Kept(int Register) : Content;
}

/// <summary>A compiled machine: its code, and how it holds what at the head of its loop.</summary>
internal sealed class DeviceBuild
{
    /// <summary>How many bytes of the C stack a run takes at most, calls of helpers and of the compiler's library aside.</summary>
    public const int StackBytes = 128;

    /// <summary>The address of the structure of the machine.</summary>
    public static readonly Term Machine = Make.Variable("machine", 32);

    /// <summary>SP when the function was called.</summary>
    public static readonly Term Stack = Make.Variable("sp", 32);

    /// <summary>The address of the slot to execute.</summary>
    public static readonly Term Slot = Make.Variable("slot", 32);

    /// <summary>Its index.</summary>
    public static readonly Term Pc = Make.Variable("pc", 32);

    /// <summary>The branches left.</summary>
    public static readonly Term BranchesLeft = Make.Variable("branches", 32);

    /// <summary>The address to return to, but for its lowest bit.</summary>
    public static readonly Term ReturnPlace = Make.Variable("return", 31);

    /// <summary>The address to return to; its lowest bit says that Thumb code is there.</summary>
    public static readonly Term Return = Make.Concatenate(ReturnPlace, Make.Constant(1, 1));

    private static readonly Lazy<Sequence<DeviceBuild>> Builds = new(() => [Of("small"), Of("fast")]);

    private DeviceBuild(string name, ThumbCode code)
    {
        (Name, Code) = (name, code);
        Head = FindHead("rbpf_run", AtEntry());
        (AtHead, StackAtHead) = FindContents();
        Keep(
        [
            .. from form in OperationTable.Forms
               where form.Operation is AluOperation or MemoryOperation && DeviceClaims.IsBuilt(form)
               from step in DeviceStep.Of(this, form)
               select step,
        ]);
    }

    /// <summary>Every build.</summary>
    public static Sequence<DeviceBuild> All => Builds.Value;

    /// <summary>The name, part of claims' ids.</summary>
    public string Name { get; }

    /// <summary>The code.</summary>
    public ThumbCode Code { get; }

    /// <summary>Where an instruction is dispatched.</summary>
    public uint Head { get; }

    /// <summary>The values of R0 to R12 there, and of the words of the stack frame by their distances from SP at the call.</summary>
    public (Sequence<Content> Registers, ImmutableSortedDictionary<int, Content> Frame) AtHead { get; private set; }

    /// <summary>Where SP is there, from where it was at the call; in bytes.</summary>
    public int StackAtHead { get; private set; }

    /// <summary>The value of a register at the call.</summary>
    public static Term KeptOf(int register) => register == ArmState<TermWord>.Link ? Return : Make.Variable($"kept.r{register}", 32);

    /// <summary>The variables that are multiples of 4.</summary>
    public static IReadOnlySet<Term> Aligned { get; } = new HashSet<Term>(ReferenceEqualityComparer.Instance)
    {
        Machine, Stack, Slot, MemoryStep.Asked, Frames.Kept, Frames.Stack, BytesFunction.Entry, CheckedSlot.Program,
    };

    /// <summary>Whether it is the fast one.</summary>
    public bool IsFast => Name == "fast";

    /// <summary>The fields that the structure of the machine has after its registers, by their distances.</summary>
    public IEnumerable<KeyValuePair<string, int>> Named =>
        IsFast ? MachineFields.Machine.Concat(MachineFields.Fast) : MachineFields.Machine;

    /// <summary>The fields of the structure of the machine, with anything in those that are not given.</summary>
    public WordCells Fields(Term program, params IEnumerable<(string Field, Term Value)> given)
    {
        var cells = Named.ToImmutableDictionary(field => field.Value, field => Make.Variable($"machine.{field.Key}", 32))
            .SetItem(MachineFields.Machine["program"], program);
        foreach (var (field, value) in given) cells = cells.SetItem(Named.First(named => named.Key == field).Value, value);
        return new(cells, MachineFields.RegisterBytes, MachineFields.RegisterBytes + (4 * cells.Count));
    }

    private static DeviceBuild Of(string name)
    {
        using var stream = typeof(DeviceBuild).Assembly.GetManifestResourceStream($"{name}.elf")
            ?? throw new InvalidOperationException($"{name}.elf is no resource");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new(name, ThumbElf.Read(bytes.ToArray()));
    }

    /// <summary>The state when the function is called: any, with R0 the machine.</summary>
    public ArmState<TermWord> AtEntry(ThumbCode? code = null)
    {
        var memory = new ObjectMemory(code ?? Code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(Machine, new MachineObject(
                DeviceRegisters.Any, Fields(Make.Variable("machine.program", 32), ("branches", BranchesLeft), ("pc", Pc))))
            .With(Stack, new WordCells(ImmutableDictionary<int, Term>.Empty, -StackBytes, 0));
        var registers = Sequence.Generate(15, number => new TermWord(
            number == 0 ? Machine : number == ArmState<TermWord>.StackPointer ? Stack : KeptOf(number)));
        return new(registers, AnyFlags, memory);
    }

    /// <summary>That the way from the call to the head of the loop is right.</summary>
    public IEnumerable<(string What, Term Holds)> Begins(ThumbPath path)
    {
        if (path.End is not ThumbEnd.Reached) return [($"{path.End}", Make.False)];
        var memory = (ObjectMemory)path.State.Memory;
        var machine = (MachineObject)memory[Machine];
        var before = ((MachineObject)((ObjectMemory)AtEntry().Memory)[Machine]).Fields;
        return
        [
            ("SP", path.State.Registers[ArmState<TermWord>.StackPointer].Term.EqualTo(Stack + (ulong)(uint)StackAtHead)),
            .. AtHead.Registers.Select((content, number) => ($"R{number}", Holds(content, path.State.Registers[number].Term))),
            .. AtHead.Frame.Select(cell => ($"the stack at {cell.Key}", Holds(cell.Value, ((WordCells)memory[Stack])[cell.Key]))),
            ("the registers", machine.Registers.Agrees(DeviceRegisters.Any, Make.Variable("any register", 4))),
            .. Named.Select(field => (field.Key, machine.Fields[field.Value].EqualTo(
                MachineFields.Fast.ContainsKey(field.Key) ? Machine + (ulong)MachineFields.Machine["stack.start"] : before[field.Value]))),
        ];

        static Term Holds(Content content, Term value) => content switch
        {
            Content.Free => Make.True,
            Content.Constant(var number) => value.EqualTo(number),
            Content.Machine => value.EqualTo(Machine),
            Content.Slot(var distance) => value.EqualTo(FirstSlot + (ulong)distance),
            Content.Branches => value.EqualTo(BranchesLeft),
            Content.Kept(var register) => value.EqualTo(KeptOf(register)),
        };
    }

    /// <summary>Flags of any values.</summary>
    public static Flags<TermWord> AnyFlags { get; } = new(Flag("n"), Flag("z"), Flag("c"), Flag("v"));

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable($"flag.{name}", Sort.Truth));

    /// <summary>The head of a function's loop: the first instruction from its entry on that a branch in it leads back to.</summary>
    public uint FindHead(string function, ArmState<TermWord> entry)
    {
        var run = Code[function];
        var reader = new ThumbReader(Code, new HashSet<uint>(), new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), Aligned);
        reader.Read(entry, run.Address);
        return reader.Met.First(LoopHead.BackwardTargets(Code, run).Contains);
    }

    // What is there is guessed from values; the claim about the entry proves it.
    private ((Sequence<Content> Registers, ImmutableSortedDictionary<int, Content> Frame) Contents, int Stack) FindContents()
    {
        var reader = new ThumbReader(
            Code, new HashSet<uint> { Head }, new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), Aligned);
        var state = reader.Read(AtEntry(), Code["rbpf_run"].Address)[0].State;
        var frame = (WordCells)((ObjectMemory)state.Memory)[Stack];
        return (
            (Sequence.Generate(13, number => ContentOf(state.Registers[number].Term)),
                frame.Cells.ToImmutableSortedDictionary(cell => cell.Key, cell => ContentOf(cell.Value))),
            (int)(uint)Assignment.Zero.Evaluate(state.Registers[ArmState<TermWord>.StackPointer].Term - Stack));
    }

    // Of what is there at the entry, the most that every step keeps which goes on to the next slot and counts no branch: whatever one
    // leaves otherwise is let go, until none does. The claims about all steps prove it.
    private void Keep(Sequence<DeviceStep> steps)
    {
        while (steps.SelectMany(step => step.Read(Code).Paths).Where(path => path.End is ThumbEnd.Reached)
            .Aggregate(false, (lost, path) => Loses(path) || lost))
        {
        }
    }

    private bool Loses(ThumbPath path)
    {
        var frame = (WordCells)((ObjectMemory)path.State.Memory)[Stack];
        var (registers, cells) = AtHead;
        AtHead = (
            Sequence.Generate(13, number => registers[number] is Content.Kept kept && cells.ContainsValue(kept)
                ? new Content.Free()
                : Kept(registers[number], path.State.Registers[number].Term)),
            cells.ToImmutableSortedDictionary(cell => cell.Key, cell => Kept(cell.Value, frame[cell.Key])));
        return !AtHead.Registers.SequenceEqual(registers) || !AtHead.Frame.Values.SequenceEqual(cells.Values);

        Content Kept(Content content, Term value) => content switch
        {
            Content.Slot(var distance) when Assignment.Zero.Evaluate(value - Slot) == unchecked(distance + MachineFields.SlotBytes) =>
                content,
            Content.Constant or Content.Machine or Content.Branches or Content.Kept when ContentOf(value) == content => content,
            Content.Free or Content.Slot or Content.Constant or Content.Machine or Content.Branches or Content.Kept => new Content.Free(),
        };
    }

    private static Content ContentOf(Term value)
    {
        if (value.IsConstant) return new Content.Constant((uint)value.Value);
        if (ReferenceEquals(value, Machine)) return new Content.Machine();
        if (ReferenceEquals(value, BranchesLeft)) return new Content.Branches();
        for (var register = 4; register < 15; register++)
        {
            if (register is < 12 or 14 && ReferenceEquals(value, KeptOf(register))) return new Content.Kept(register);
        }

        var some = new Assignment(variable => variable.Fingerprint & 0x0fff_ffff, (_, _) => 0, (_, _) => 0);
        var distance = (uint)some.Evaluate(value - FirstSlot);
        return distance + 64 <= 128 ? new Content.Slot(distance) : new Content.Free();
    }

    /// <summary>At the entry, the address of the slot to execute.</summary>
    public static Term FirstSlot { get; } =
        Make.Variable("machine.program", 32) + Make.Binary(Operator.ShiftLeft, Pc, Make.Constant(3, 32));
}

using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>Which region the fast build asks first.</summary>
internal enum Recent
{
    /// <summary>None: the small build.</summary>
    None,

    /// <summary>One of the table; it is the one that grants the access, if any does.</summary>
    Granting,

    /// <summary>One of the table in which the access does not lie.</summary>
    Another,

    /// <summary>The frame of the function that runs; it is the one that grants the access.</summary>
    GrantingFrame,

    /// <summary>The frame of the function that runs; the access does not lie in it.</summary>
    Frame,
}

/// <summary>The memory of a step that reaches it: the region that grants the access, if any does, and where its bytes are.</summary>
/// <remarks>
/// Regions do not overlap, so one at most grants an access. That the device finds that one among all, whatever their number, is
/// claimed of <c>rbpf_bytes</c> apart, by induction; here a call of it does so by contract.
/// </remarks>
/// <param name="Recent">What the fast build asks first.</param>
/// <param name="Count">The bytes of the access.</param>
internal sealed record MemoryStep(Recent Recent, int Count)
{
    /// <summary>The device's address of the region's first byte.</summary>
    public static readonly Term Host = Make.Variable("region.bytes", 32);

    /// <summary>The address of another region of the table, the one asked first.</summary>
    public static readonly Term Asked = Make.Variable("asked", 32);

    private static readonly Term Start = Make.Variable("region.start", 32);
    private static readonly Term Length = Make.Variable("region.length", 32);
    private static readonly Term OtherStart = Make.Variable("asked.start", 32);
    private static readonly Term OtherLength = Make.Variable("asked.length", 32);

    private bool IsFrame => Recent is Recent.GrantingFrame;

    /// <summary>The region as the semantics has it.</summary>
    public Region<TermWord> Region => new(
        "region",
        new(Start.ZeroExtended(64)),
        new(FrameOr(Length).ZeroExtended(64)),
        Flag("readable"),
        Flag("writable"),
        Window.Any(Count));

    /// <summary>The fields of the machine that say something of it.</summary>
    public IEnumerable<(string Field, Term Value)> Fields =>
    [
        ("stack.length", Make.Constant(512, 32)),
        .. IsFrame ? (ReadOnlySpan<(string, Term)>)[("stack.start", Start), ("stack.bytes", Host)] : [],
        .. Recent is Recent.None ? (ReadOnlySpan<(string, Term)>)[]
            : [("recent_load", AskedFirst), ("recent_store", AskedFirst)],
    ];

    /// <summary>The region as an entry of the table.</summary>
    public Sequence<Term> Table => [Start, FrameOr(Length), Host, Permission];

    /// <summary>The facts about an access.</summary>
    /// <param name="setup">The setup with the access.</param>
    public IEnumerable<Term> Hypotheses(Setup setup)
    {
        var address = setup.Access.Address.Term.Bits(0, 32);
        yield return (Host + (address - Start)).DiffersFrom(0);
        yield return !Make.Constant(1UL << 32, 64).Below(Start.ZeroExtended(64) + FrameOr(Length).ZeroExtended(64));
        if (Recent is Recent.Another) yield return !Contains(OtherStart, OtherLength, address);
        if (Recent is Recent.Frame) yield return !Contains(Make.Variable("machine.stack.start", 32), Make.Constant(512, 32), address);
    }

    /// <summary>The objects.</summary>
    public ObjectMemory Objects(ObjectMemory memory, Setup setup)
    {
        memory = memory.With(Host, new HostBytes(Window.Any(Count), Offset(setup)));
        if (Recent is not (Recent.Granting or Recent.Another)) return memory;
        var isOther = Recent is Recent.Another;
        var cells = System.Collections.Immutable.ImmutableDictionary<int, Term>.Empty
            .Add(0, isOther ? OtherStart : Start)
            .Add(4, isOther ? OtherLength : Length)
            .Add(8, isOther ? Make.Variable("asked.bytes", 32) : Host);
        return memory.With(Asked, new WordCells(cells, 0, 0));
    }

    /// <summary>The contract of <c>rbpf_bytes</c>: the device's address of the bytes if the region grants them, else zero.</summary>
    public Contract Bytes(ArmState<TermWord> state, bool isFast)
    {
        var (address, count, permission) = (state.Registers[1].Term, state.Registers[2].Term, state.Registers[3].Term);
        var granted = (permission & (Permission ^ Make.Constant(uint.MaxValue, 32))).EqualTo(0)
            & Contains(Start, FrameOr(Length), address, count);
        var any = Enumerable.Range(1, 3).Append(12).Aggregate(
            state with { Flags = DeviceBuild.AnyFlags },
            (after, number) => after.With(number, TermWord.Variable($"bytes.r{number}", Width.Bits32)));
        if (isFast) any = Forgotten(any);
        return new(
            TermTruths.Of(state.Registers[0].Term.EqualTo(DeviceBuild.Machine) & !count.EqualTo(0)),
            [
                (TermTruths.Of(granted), any.With(0, new(Host + (address - Start)))),
                (TermTruths.Of(!granted), any.With(0, TermWord.Constant(0, Width.Bits32))),
            ]);
    }

    /// <summary>A state in which the region that is asked first the next time may be another.</summary>
    public static ArmState<TermWord> Forgotten(ArmState<TermWord> state)
    {
        var memory = (ObjectMemory)state.Memory;
        var machine = (MachineObject)memory[DeviceBuild.Machine];
        var fields = MachineFields.Fast.Aggregate(
            machine.Fields, (cells, field) => cells.With(field.Value, Make.Variable($"bytes.{field.Key}", 32)));
        return state with { Memory = memory.With(DeviceBuild.Machine, machine with { Fields = fields }) };
    }

    private Term AskedFirst => Recent is Recent.Granting or Recent.Another
        ? Asked
        : DeviceBuild.Machine + (ulong)MachineFields.Machine["stack.start"];

    private static Term Offset(Setup setup) => (setup.Access.Address.Term - setup.State.Memory.Regions[0].Start.Term).Bits(0, 32);

    // A region asked first for both grants both; else only what is asked for matters, and the table has the rest.
    private Truth<TermWord> Flag(string name) => Recent is Recent.None or Recent.Another or Recent.Frame
        ? TermTruths.Of(Make.Variable($"region.{name}", Sort.Truth))
        : Truth<TermWord>.Of(true);

    private Term Permission => Make.Concatenate(Bit(Region.Writable.Term), Bit(Region.Readable.Term)).ZeroExtended(32);

    private Term FrameOr(Term length) => IsFrame ? Make.Constant(512, 32) : length;

    private static Term Bit(Term flag) => Make.Choose(flag, Make.Constant(1, 1), Make.Constant(0, 1));

    private Term Contains(Term start, Term length, Term address) => Contains(start, length, address, Make.Constant((ulong)Count, 32));

    private static Term Contains(Term start, Term length, Term address, Term count) =>
        !length.Below(count) & !(length - count).Below(address - start);
}

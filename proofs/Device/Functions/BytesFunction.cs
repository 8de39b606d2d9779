using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary><c>rbpf_bytes</c>, by induction over the table of regions: what it has at its loop's head, and what one turn does.</summary>
internal sealed class BytesFunction
{
    /// <summary>The address of the entry of the table that the loop has come to.</summary>
    public static readonly Term Entry = Make.Variable("entry", 32);

    private static readonly Term Address = Make.Variable("address", 32);
    private static readonly Term Count = Make.Variable("count", 32);
    private static readonly Term Permission = Make.Variable("permission", 32);
    private static readonly Term Regions = Make.Variable("machine.regions", 32);
    private static readonly Term Left = Make.Variable("left", 32);
    private static readonly Term Start = Make.Variable("entry.start", 32);
    private static readonly Term Length = Make.Variable("entry.length", 32);
    private static readonly Term Bytes = Make.Variable("entry.bytes", 32);
    private static readonly Term Permits = Make.Variable("entry.permission", 32);
    private static readonly Term StackStart = Make.Variable("machine.stack.start", 32);
    private static readonly Term StackHost = Make.Variable("machine.stack.bytes", 32);
    private static readonly Term Depth = Make.Variable("machine.depth", 32);
    private static readonly Term AnyFrame = Make.Variable("any frame", 32);

    private readonly DeviceBuild build;
    private readonly ArmState<TermWord> first;

    /// <summary>The function in a build.</summary>
    public BytesFunction(DeviceBuild build)
    {
        this.build = build;
        Head = build.FindHead("rbpf_bytes", AtEntry(build.Code));
        first = Read(build.Code, AtEntry(build.Code), Begin, Head).Paths[0].State;
    }

    /// <summary>The head of its loop.</summary>
    public uint Head { get; }

    /// <summary>The address of its first instruction.</summary>
    public uint Begin => build.Code["rbpf_bytes"].Address;

    /// <summary>The state when it is called.</summary>
    public ArmState<TermWord> AtEntry(ThumbCode code)
    {
        var memory = new ObjectMemory(code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(DeviceBuild.Machine, new MachineObject(DeviceRegisters.Any, build.Fields(Make.Variable("machine.program", 32))))
            .With(DeviceBuild.Stack, new WordCells(ImmutableDictionary<int, Term>.Empty, -DeviceBuild.StackBytes, 0));
        return new(
            Sequence.Generate(15, number => new TermWord(number switch
            {
                0 => DeviceBuild.Machine,
                1 => Address,
                2 => Count,
                3 => Permission,
                ArmState<TermWord>.StackPointer => DeviceBuild.Stack,
                _ => DeviceBuild.KeptOf(number),
            })),
            DeviceBuild.AnyFlags,
            memory);
    }

    /// <summary>The state at the head of its loop, some entries on.</summary>
    public ArmState<TermWord> AtHead(ThumbCode code)
    {
        var cells = ImmutableDictionary<int, Term>.Empty.Add(0, Start).Add(4, Length).Add(8, Bytes).Add(12, Permits);
        var frame = (WordCells)((ObjectMemory)first.Memory)[DeviceBuild.Stack];
        var memory = ((ObjectMemory)AtEntry(code).Memory).With(Entry, new WordCells(cells, 0, 0)).With(DeviceBuild.Stack, frame);
        return new(
            Sequence.Generate(15, number => new TermWord(Later(number) ?? Make.Variable($"free.r{number}", 32))),
            DeviceBuild.AnyFlags,
            memory);
    }

    /// <summary>Reads some code.</summary>
    public static (Sequence<ThumbPath> Paths, IReadOnlyCollection<uint> Met) Read(
        ThumbCode code, ArmState<TermWord> state, uint address, uint head)
    {
        var reader = new ThumbReader(
            code, new HashSet<uint> { head }, new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), DeviceBuild.Aligned);
        return (reader.Read(state, address), reader.Met);
    }

    /// <summary>
    /// The hypotheses of a turn: an access has bytes, the table does not wrap around, nor do the stacks of the functions that run.
    /// </summary>
    public static Sequence<Term> Hypotheses =>
    [
        Count.DiffersFrom(0),
        Left.Below(1UL << 27),
        !(Entry + Shifted(Left, 4)).Below(Entry),
        Depth.Below(8),
        AnyFrame.Below(8),
        !Make.Constant(1UL << 32, 64).Below(StackStart.ZeroExtended(64) + Shifted(Depth + 1UL, 9).ZeroExtended(64)),
    ];

    /// <summary>That the way from the call to the head is right.</summary>
    public IEnumerable<(string What, Term Holds)> Begins(ThumbPath path) => path.End is ThumbEnd.Reached
        ? [.. Kept(path.State, Regions, Regions + Shifted(Make.Variable("machine.region_count", 32), 4)), .. Memory(path.State)]
        : [($"{path.End}", Make.False)];

    /// <summary>That one turn is right: the entry grants the access, or it goes on, or none is left, and frames are asked.</summary>
    public IEnumerable<(string What, Term Holds)> Turns(ThumbPath path)
    {
        var (state, result) = (path.State, path.State.Registers[0].Term);
        var isLast = Left.EqualTo(0);
        return path.End switch
        {
            ThumbEnd.Reached =>
            [
                ("that an entry is passed", !isLast & !IsGranted),
                .. Kept(state, Entry + (ulong)MachineFields.RegionBytes, Entry + Shifted(Left, 4)),
                .. Memory(state),
            ],
            ThumbEnd.Left(var target) =>
            [
                ("where it returns to", target.EqualTo(DeviceBuild.Return & Make.Constant(0xffff_fffe, 32))),
                ("the entry's bytes", isLast | (IsGranted & result.EqualTo(Bytes + (Address - Start)))),
                ("a frame's bytes", (!isLast | !InFrame(AnyFrame)) | result.EqualTo(StackHost + (Address - StackStart))),
                ("that a frame has them", !isLast | result.EqualTo(0) | InFrame(Logical(Address - StackStart))),
                ("SP", state.Registers[ArmState<TermWord>.StackPointer].Term.EqualTo(DeviceBuild.Stack)),
                .. Enumerable.Range(4, 8).Select(register =>
                    ($"R{register}", state.Registers[register].Term.EqualTo(DeviceBuild.KeptOf(register)))),
                .. Memory(state, isLast),
            ],
            ThumbEnd.Stuck(var at, var reason) => [($"{reason} at {at:x}", Make.False)],
        };
    }

    /// <summary>Whether a register means something where a way ends.</summary>
    public bool IsKept(ThumbEnd end, int register) =>
        end is ThumbEnd.Left ? register is 0 or >= 4 : Later(register) is not null;

    private static Term IsGranted => (Permission & (Permits ^ Make.Constant(uint.MaxValue, 32))).EqualTo(0) & Contains(Start, Length);

    private static Term InFrame(Term frame) =>
        !Depth.Below(frame) & Contains(StackStart + Shifted(frame, 9), Make.Constant(512, 32));

    private static Term Contains(Term start, Term length) => !length.Below(Count) & !(length - Count).Below(Address - start);

    private static Term Shifted(Term term, int bits) => Make.Binary(Operator.ShiftLeft, term, Make.Constant((ulong)bits, 32));

    private static Term Logical(Term offset) => offset.Bits(9, 23).ZeroExtended(32);

    // What a register holds some entries on; null if anything.
    private Term? Later(int number)
    {
        var value = first.Registers[number].Term;
        var frame = (WordCells)((ObjectMemory)first.Memory)[DeviceBuild.Stack];
        if (number == ArmState<TermWord>.StackPointer || ReferenceEquals(value, DeviceBuild.Machine)) return value;
        if (ReferenceEquals(value, Regions)) return Entry;
        if (Mentions(value)) return Entry + Shifted(Left, 4);
        if (ReferenceEquals(value, Address) || ReferenceEquals(value, Count) || ReferenceEquals(value, Permission)) return value;
        var isKept = number is >= 4 and < 12 && ReferenceEquals(value, DeviceBuild.KeptOf(number)) && !frame.Cells.ContainsValue(value);
        return isKept ? value : null;
    }

    private static bool Mentions(Term value) => !ReferenceEquals(value, Regions) && Dag.PostOrder(value).Contains(Regions);

    private IEnumerable<(string What, Term Holds)> Kept(ArmState<TermWord> state, Term entry, Term end)
    {
        for (var number = 0; number < 14; number++)
        {
            var found = first.Registers[number].Term;
            if (Later(number) is not { } value) continue;
            var wanted = ReferenceEquals(found, Regions) ? entry : Mentions(found) ? end : value;
            yield return ($"R{number}", state.Registers[number].Term.EqualTo(wanted));
        }

        var frame = (WordCells)((ObjectMemory)state.Memory)[DeviceBuild.Stack];
        var before = (WordCells)((ObjectMemory)first.Memory)[DeviceBuild.Stack];
        foreach (var (at, value) in before.Cells) yield return ($"the stack at {at}", frame[at].EqualTo(value));
    }

    // The machine stays as it is, but that a region that grants the access may be asked first the next time.
    private IEnumerable<(string What, Term Holds)> Memory(ArmState<TermWord> state, Term? isLast = null)
    {
        var machine = (MachineObject)((ObjectMemory)state.Memory)[DeviceBuild.Machine];
        var before = build.Fields(Make.Variable("machine.program", 32));
        yield return ("the registers", machine.Registers.Agrees(DeviceRegisters.Any, Make.Variable("any register", 4)));
        foreach (var (field, offset) in build.Named)
        {
            var same = machine.Fields[offset].EqualTo(before[offset]);
            if (isLast is not null && MachineFields.Fast.ContainsKey(field))
            {
                var asked = Make.Choose(isLast, DeviceBuild.Machine + (ulong)MachineFields.Machine["stack.start"], Entry);
                var bit = Permission.Bits(field == "recent_load" ? 0 : 1, 1).EqualTo(1);
                same |= machine.Fields[offset].EqualTo(asked) & bit;
            }

            yield return (field, same);
        }
    }
}

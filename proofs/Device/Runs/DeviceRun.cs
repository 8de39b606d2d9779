using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Runs;

/// <summary>A run of machine code on numbers, from the head of the loop to there or to the return.</summary>
/// <param name="State">The state at its end.</param>
/// <param name="Address">Where it ended.</param>
/// <param name="Stuck">Why it went no further; null if it did.</param>
internal sealed record DeviceRun(ArmState<Word> State, uint Address, string? Stuck)
{
    private const int MostSteps = 10_000;

    // Of steps that reach memory: the table with the region that grants it, and no local call.
    private const uint Table = 0x2150_0000;

    private const uint ReturnAddress = 0x0000_c000;

    private static readonly (Term Base, uint Address)[] Places =
    [
        (DeviceBuild.Machine, 0x2100_0000), (DeviceBuild.Stack, 0x2101_0000), (DeviceBuild.Slot, 0x2120_0000),
        (MemoryStep.Asked, 0x2130_0000), (MemoryStep.Host, 0x2140_0000),
        (Frames.Kept, 0x2160_0000), (Frames.Stack, 0x2170_0000), (BytesFunction.Entry, 0x2180_0000),
        (CheckedSlot.Program, 0x2190_0000), (HelperContract.Place, HelperCalled.Address >> 1), (HelperCall.Entry, 0x21b0_0000),
        (Make.Variable("machine.helpers", 32), 0x21b0_0000),
        (Make.Variable("machine.regions", 32), Table), (Make.Variable("machine.region_count", 32), 1),
        (Make.Variable("machine.depth", 32), 0), (DeviceBuild.ReturnPlace, ReturnAddress >> 1),
    ];

    /// <summary>Where an object lies; null of other variables.</summary>
    public static ulong? PlaceOf(Term variable)
    {
        foreach (var (place, address) in Places)
        {
            if (ReferenceEquals(place, variable)) return address;
        }

        return null;
    }

    /// <summary>For people, how it ended.</summary>
    public string Text => Stuck ?? string.Create(
        CultureInfo.InvariantCulture,
        $"at {Address:x} with {string.Join(' ', State.Registers.Select((value, number) => $"R{number}={value.Value:x}"))}");

    /// <summary>A state on numbers.</summary>
    /// <param name="state">The state, under a model.</param>
    /// <param name="code">The code.</param>
    /// <param name="table">Words that lie where the table of regions does.</param>
    /// <param name="values">The model.</param>
    public static ArmState<Word> Concrete(
        ArmState<TermWord> state, ThumbCode code, IEnumerable<Term> table, Assignment values)
    {
        return new(
            state.Registers.Map(register => Word.Wrap((ulong)values.Evaluate(register.Term), Width.Bits32)),
            new(Flag(state.Flags.Negative), Flag(state.Flags.Zero), Flag(state.Flags.Carry), Flag(state.Flags.Overflow)),
            FlatMemory.Of(code, (ObjectMemory)state.Memory, values)
                .With(Table, [.. table.Select(word => (uint)values.Evaluate(word))]));

        Truth<Word> Flag(Truth<TermWord> flag) => Truth<Word>.Of(values.Evaluate(flag.Term) == UInt128.One);
    }

    /// <summary>Where functions return to.</summary>
    public static uint Back(Assignment values) => (uint)values.Evaluate(DeviceBuild.Return) & ~1U;

    /// <summary>Runs some code.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="code">The code.</param>
    /// <param name="address">The address of the first instruction.</param>
    /// <param name="stops">Where it ends, if it does not return.</param>
    /// <param name="values">The model.</param>
    /// <param name="helper">The helper that it may call.</param>
    public static DeviceRun Of(
        ArmState<Word> state,
        ThumbCode code,
        uint address,
        IReadOnlySet<uint> stops,
        Assignment values,
        HelperCalled? helper = null)
    {
        var back = Back(values);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (code.At(address) is not Decoded.Allowed(var instruction, var length))
                return new(state, address, $"no instruction at {address:x}");
            var effect = instruction.Execute(state, Arithmetic<Word>.Constant(address));
            foreach (var (when, fault) in effect.Guards)
            {
                if (when.Value) return new(state, address, $"fault {fault} at {address:x}");
            }

            state = effect.State;
            address = effect.Jump is { } jump && jump.Taken.Value ? (uint)jump.Target.Value : address + (uint)length;
            if (helper is not null && address == HelperCalled.Address)
            {
                address = (uint)state.Registers[ArmState<Word>.Link].Value & ~1U;
                state = helper.After(state);
            }

            if (stops.Contains(address) || address == back) return new(state, address, null);
        }

        return new(state, address, "it goes on and on");
    }

    /// <summary>Where it ended otherwise than a way that was read; null if it is the same.</summary>
    public string? Difference(ThumbPath path, Func<ThumbEnd, int, bool> isKept, Assignment values)
    {
        if (path.End is ThumbEnd.Stuck(var at, var reason))
            return Stuck is null ? $"{reason} at {at:x}, but it ran to {Address:x}" : null;
        if (Stuck is not null) return Stuck;
        for (var number = 0; number < 12; number++)
        {
            var read = (ulong)values.Evaluate(path.State.Registers[number].Term);
            if (isKept(path.End, number) && read != State.Registers[number].Value)
                return $"R{number} is {State.Registers[number].Value:x}, not {read:x}";
        }

        return ((FlatMemory)State.Memory).Difference((ObjectMemory)path.State.Memory, values);
    }
}

/// <summary>Memory of bytes at numbered addresses.</summary>
/// <param name="Code">The code.</param>
/// <param name="Bytes">All bytes beside it.</param>
internal sealed record FlatMemory(ThumbCode Code, ImmutableDictionary<uint, byte> Bytes) : IDataMemory<Word>
{
    // The C stack is there whether anything was written to it or not.
    private const uint StackTop = 0x2101_0000;

    /// <summary>The bytes of the objects of a memory under a model.</summary>
    public static FlatMemory Of(ThumbCode code, ObjectMemory memory, Assignment values) =>
        new(code, Words(memory, values).Aggregate(
            ImmutableDictionary<uint, byte>.Empty, (bytes, word) => Put(bytes, word.Address, word.Value, word.Count)));

    /// <summary>Where the bytes differ from those of a memory under a model; null if nowhere.</summary>
    public string? Difference(ObjectMemory memory, Assignment values)
    {
        var asked = MachineFields.Fast.Values.Select(offset => (uint)values.Evaluate(DeviceBuild.Machine) + (uint)offset).ToHashSet();
        foreach (var (address, value, count) in Words(memory, values).Where(word => !asked.Contains(word.Address)))
        {
            var found = (uint)Read(Arithmetic<Word>.Constant(address), Width.Of(8 * count)).Value;
            if (found != value) return $"the word at {address:x} is {found:x}, not {value:x}";
        }

        return null;
    }

    /// <summary>The memory with words at an address.</summary>
    public FlatMemory With(uint address, Sequence<uint> words) => this with
    {
        Bytes = Enumerable.Range(0, words.Count).Aggregate(
            Bytes, (bytes, index) => Put(bytes, address + (4 * (uint)index), words[index], 4)),
    };

    public Truth<Word> Grants(Word address, Width width, bool isWrite) => Truth<Word>.Of(
        Enumerable.Range(0, width.Bytes).All(i => Has((uint)address.Value + (uint)i))
        || (!isWrite && Code.Holds((uint)address.Value, width.Bytes)));

    public Word Read(Word address, Width width)
    {
        if (Code.Holds((uint)address.Value, width.Bytes)) return Word.Wrap(Code.Read((uint)address.Value, width.Bytes), width);
        var value = 0UL;
        for (var i = width.Bytes - 1; i >= 0; i--) value = (value << 8) | Bytes.GetValueOrDefault((uint)address.Value + (uint)i);
        return Word.Wrap(value, width);
    }

    public IDataMemory<Word> Write(Word address, Word value, Truth<Word> when) =>
        when.Value ? this with { Bytes = Put(Bytes, (uint)address.Value, (uint)value.Value, value.Width.Bytes) } : this;

    private bool Has(uint address) => Bytes.ContainsKey(address) || (address < StackTop && address >= StackTop - DeviceBuild.StackBytes);

    private static ImmutableDictionary<uint, byte> Put(ImmutableDictionary<uint, byte> bytes, uint address, uint value, int count)
    {
        for (var i = 0; i < count; i++) bytes = bytes.SetItem(address + (uint)i, (byte)(value >> (8 * i)));
        return bytes;
    }

    private static IEnumerable<(uint Address, uint Value, int Count)> Words(ObjectMemory memory, Assignment values)
    {
        foreach (var (place, content) in memory.Objects)
        {
            var start = (uint)values.Evaluate(place);
            foreach (var (offset, value) in ((content as MachineObject)?.Fields ?? content as WordCells)?.Cells.AsEnumerable() ?? [])
                yield return (start + (uint)offset, (uint)values.Evaluate(value), 4);
            if (content is HostBytes host)
            {
                for (var i = 0; i < host.Content.Bytes.Count; i++)
                    yield return (start + (uint)values.Evaluate(host.Offset) + (uint)i, (uint)values.Evaluate(host.Content.Bytes[i]), 1);
            }

            foreach (var index in (content as PairArray)?.Shown ?? [])
            {
                var pairs = (PairArray)content;
                var at = start + (8 * (uint)values.Evaluate(index));
                if (values.Evaluate(index.Below(pairs.Count)) == UInt128.Zero) continue;
                yield return (at, (uint)values.Evaluate(pairs.First[index]), 4);
                yield return (at + 4, (uint)values.Evaluate(pairs.Second[index]), 4);
            }

            if (content is not MachineObject { Registers: var registers }) continue;
            for (var i = 0U; i < 11; i++)
            {
                yield return (start + (8 * i), (uint)values.Evaluate(registers.Low[Make.Constant(i, 4)]), 4);
                yield return (start + (8 * i) + 4, (uint)values.Evaluate(registers.High[Make.Constant(i, 4)]), 4);
            }
        }
    }
}

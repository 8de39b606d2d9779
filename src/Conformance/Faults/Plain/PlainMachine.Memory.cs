using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Faults.Plain;

/// <content>Loads, stores, atomic operations, helpers.</content>
internal sealed partial class PlainMachine
{
    private const int StoreCapacity = 16;

    // Bytes outside all regions, for machines that reach there.
    private readonly Dictionary<ulong, byte> wild = [];
    private readonly Dictionary<uint, uint> local = [];
    private readonly Dictionary<uint, uint> global = [];

    /// <summary>The address of the access that is under way.</summary>
    public ulong Address { get; private set; }

    /// <summary>Reads bytes, the least significant first.</summary>
    public ulong Read(ulong address, int count)
    {
        ulong value = 0;
        for (var i = count - 1; i >= 0; i--) value = (value << 8) | ByteAt(unchecked(address + (ulong)i));
        return value;
    }

    /// <summary>Writes bytes, the least significant first.</summary>
    public void Write(ulong address, int count, ulong value)
    {
        for (var i = 0; i < count; i++, value >>= 8)
        {
            var at = unchecked(address + (ulong)i);
            if (AreaAt(at) is { } area) area.Bytes[at - area.Start] = (byte)value;
            else wild[at] = (byte)value;
        }
    }

    /// <summary>The region of a byte.</summary>
    public Area? AreaAt(ulong address) => Areas.Find(area => area.Holds(address, 1));

    private byte ByteAt(ulong address) =>
        AreaAt(address) is { } area ? area.Bytes[address - area.Start] : wild.GetValueOrDefault(address, (byte)0xa5);

    private bool IsGranted(ulong address, ulong count, AccessKind kind)
    {
        var isRight = Areas.Exists(area => area.Holds(address, count) && area.Permits(kind));
        return isOn && fault.Grants is { } grants ? grants(this, address, count, kind, isRight) : isRight;
    }

    private Ending? Access()
    {
        // A class that does not exist does nothing on a machine that accepts it.
        if (Slot.Class is not (1 or 2 or 3))
        {
            Pc++;
            return null;
        }

        var isLoad = Slot.Class == 1;
        var @base = R[isLoad ? Slot.Source : Slot.Destination];
        Address = isOn && fault.Address is { } place ? place(this, @base, Slot.Offset) : unchecked(@base + (ulong)(long)Slot.Offset);
        var size = isOn && fault.Size is { } bytes ? bytes(this, Slot.Bytes) : Slot.Bytes;
        var kind = isLoad ? AccessKind.Load : Slot.IsAtomic ? AccessKind.Atomic : AccessKind.Store;
        if (!IsGranted(Address, (ulong)size, kind)) return Trapped(Trap.MemoryAccess);
        if (isLoad) Load(size);
        else if (Slot.IsAtomic) Atomic(size);
        else Store(size);
        Pc++;
        return null;
    }

    private void Load(int size)
    {
        var value = Read(Address, size);
        if ((Slot.Opcode & 0xe0) == 0x80) value = Numbers.Extend(value, Slot.Bytes * 8);
        R[Slot.Destination] = isOn && fault.Result is { } change ? change(this, Address, 0, value) : value;
    }

    private void Store(int size)
    {
        var value = Slot.Class == 2 ? (ulong)Slot.Immediate : R[Slot.Source];
        if (isOn && fault.Right is { } change) value = change(this, value);
        Write(Address, size, value);
    }

    private void Atomic(int size)
    {
        var (old, with) = (Read(Address, size), R[Slot.Source]);
        if (isOn && fault.Right is { } change) with = change(this, with);
        var compared = R[0];
        var stored = Numbers.Atomic(Slot, old, with, compared);
        if (isOn && fault.Stored is { } other) stored = other(this, old, with, compared, stored);
        Write(Address, size, stored);
        var to = (Slot.Immediate & 1) == 0 ? -1 : Slot.Immediate == 0xf1 ? 0 : Slot.Source;
        if (isOn && fault.FetchedTo is { } register) to = register(this, to);
        if (to >= 0) R[to] = isOn && fault.Fetched is { } fetched ? fetched(this, old, stored) : old;
    }

    private Ending? Help()
    {
        var given = R[1..6];
        if (isOn) fault.Arguments?.Invoke(this, given);
        switch (Slot.Immediate)
        {
            case 0x01:
                if (!IsGranted(given[0], 1, AccessKind.Load)) return Trapped(Trap.MemoryAccess);
                List<byte> text = [];
                var region = AreaAt(given[0]);
                for (
                    var at = given[0];
                    region is not null && region.Holds(at, 1) && region.Bytes[at - region.Start] is not 0 and var character;
                    at++)
                {
                    text.Add(character);
                }

                return Helped((ulong)Format.Expand(text.ToSequence(), Sequence.Of<ulong>(given.AsSpan(1))).Length);
            case 0x02:
                if (!IsGranted(given[0], given[2], AccessKind.Atomic) || !IsGranted(given[1], given[2], AccessKind.Load))
                    return Trapped(Trap.MemoryAccess);
                if (given[2] > 0x10000) return Ending.Lost;
                var copy = new byte[given[2]];
                for (var i = 0; i < copy.Length; i++) copy[i] = (byte)Read(unchecked(given[1] + (ulong)i), 1);
                for (var i = 0; i < copy.Length; i++) Write(unchecked(given[0] + (ulong)i), 1, copy[i]);
                return Helped(given[0]);
            case 0x10 or 0x11:
                var store = Slot.Immediate == 0x10 ? local : global;
                var isFull = store.Count >= StoreCapacity && !store.ContainsKey((uint)given[0]);
                if (!isFull) store[(uint)given[0]] = (uint)given[1];
                return Helped(isFull ? ulong.MaxValue : 0);
            case 0x12 or 0x13:
                if (!IsGranted(given[1], 4, AccessKind.Atomic)) return Trapped(Trap.MemoryAccess);
                Write(given[1], 4, (Slot.Immediate == 0x12 ? local : global).GetValueOrDefault((uint)given[0]));
                return Helped(0);
            default:
                // The clock, which stands still; and whatever a machine calls that knows no helper by this number.
                return Helped(0);
        }
    }

    private Ending? Helped(ulong result)
    {
        R[0] = isOn && fault.Helped is { } change ? change(this, result) : result;
        return Go(isTaken: false, Pc + 1, 0);
    }
}

using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>
/// RFC 9669 and the house's decision points once more, as a C program would say them: opcode bytes, native integers,
/// arrays that change. It shares no rule, no layout and no table with what it tests.
/// </summary>
internal sealed partial class PlainMachine
{
    private readonly Profile profile;
    private readonly ulong[] r;
    private readonly List<PlainRegion> regions;

    private readonly Stack<(ulong ReturnTo, ulong[] Saved)> frames;
    private ulong pc;
    private ulong stackStart;
    private ulong? branches;
    private ulong? instructions;
    private ulong milliseconds;

    public PlainMachine(State<Word> state, Profile profile)
    {
        this.profile = profile;
        r = [.. Enumerable.Range(0, 11).Select(number => state.Registers[number].Value)];
        pc = state.ProgramCounter.Value;
        regions = [.. state.Memory.Regions.Select(PlainRegion.Of)];
        stackStart = state.Memory.Stack.Start.Value;
        frames = new(state.Frames.Select(frame => (
            frame.ReturnTo.Value, frame.Saved.Select(word => word.Value).ToArray())));
        branches = Count(state.Budget.Branches);
        instructions = Count(state.Budget.Instructions);
        milliseconds = state.Host.Milliseconds.Value;
    }

    private bool HasExited { get; set; }

    /// <summary>Fails unless a step from a state came to what this machine's step came to: the same trap, end or state.</summary>
    public void ShouldAgree(Outcome<Word> outcome, Trap? trap, State<Word> before)
    {
        if (trap is { } expected)
        {
            outcome.Trap().ShouldBe(expected);
            outcome.State.ShouldBe(before);
            return;
        }

        if (HasExited) outcome.ShouldBeOfType<Outcome<Word>.Exited>();
        else outcome.ShouldBeOfType<Outcome<Word>.Next>();
        var other = new PlainMachine(outcome.State, profile);
        if (!IsAs(other)) other.ToString().ShouldBe(ToString());
    }

    /// <summary>All of the state.</summary>
    public override string ToString() => string.Join('\n',
    [
        $"pc {pc}, branches {branches}, instructions {instructions}, stack {stackStart:x}, time {milliseconds}",
        string.Join(' ', r.Select(value => $"{value:x}")),
        .. frames.Select(frame => $"frame {frame.ReturnTo} {string.Join(' ', frame.Saved)}"),
        .. regions.Select(region => $"region {region.Start:x} {Convert.ToHexString(region.Bytes)}"),
    ]);

    /// <summary>
    /// Executes the slot at the program counter, with the slot after it; the trap, if there is one, changes nothing of
    /// interest.
    /// </summary>
    public Trap? Step(Slot slot, Slot following)
    {
        int dst = slot.Destination, src = slot.Source, offset = slot.Offset, imm = slot.Immediate;
        if (!IsAdmitted(slot)) return Trap.IllegalInstruction;
        if (instructions == 0) return Trap.InstructionBudget;
        instructions--;
        pc++;
        var trap = (slot.Opcode & 7) switch
        {
            0 => WideOrPacket(slot, following.Immediate),
            1 => Load(slot),
            2 => Store(r[dst] + (ulong)offset, 1 << SizeLog(slot.Opcode), (ulong)imm),
            3 when slot.Opcode >> 5 == 3 => Store(r[dst] + (ulong)offset, 1 << SizeLog(slot.Opcode), r[src]),
            3 => Atomic(slot),
            4 => Arithmetic(slot, 32),
            7 => Arithmetic(slot, 64),
            5 when slot.Opcode == 0x85 => Call(src, imm),
            5 when slot.Opcode == 0x95 => Exit(),
            5 => Jump(slot, 64),
            _ => Jump(slot, 32),
        };
        if (HasExited) pc--;
        return trap;
    }

    private bool IsAs(PlainMachine other) =>
        (pc, branches, instructions, stackStart, milliseconds)
            == (other.pc, other.branches, other.instructions, other.stackStart, other.milliseconds)
        && r.SequenceEqual(other.r)
        && frames.Select(frame => frame.ReturnTo).SequenceEqual(other.frames.Select(frame => frame.ReturnTo))
        && frames.SelectMany(frame => frame.Saved).SequenceEqual(other.frames.SelectMany(frame => frame.Saved))
        && regions.Select(region => region.Start).SequenceEqual(other.regions.Select(region => region.Start))
        && regions.Zip(other.regions).All(pair => pair.First.Bytes.SequenceEqual(pair.Second.Bytes));

    private Trap? Arithmetic(Slot slot, int bits)
    {
        var wide = bits == 64;
        var code = slot.Opcode >> 4;
        var useRegister = (slot.Opcode & 8) != 0;
        var a = wide ? r[slot.Destination] : (uint)r[slot.Destination];
        var b = useRegister ? r[slot.Source] : (ulong)slot.Immediate;
        if (!wide) b = (uint)b;
        var signedA = wide ? (long)a : (int)a;
        var signedB = wide ? (long)b : (int)b;
        var shift = (int)(b % (ulong)bits);
        var signed = slot.Offset == 1;

        var isDivision = code is 3 or 9;
        var isShift = code is 6 or 7 or 12;
        var overflows = signed && signedB == -1 && signedA == (wide ? long.MinValue : int.MinValue);
        if (isDivision && b == 0 && profile.ZeroDivisor == ZeroDivisor.Traps) return Trap.DivisionByZero;
        if (isDivision && overflows && profile.SignedOverflow == SignedOverflow.Traps) return Trap.SignedOverflow;
        if (isShift && b >= (ulong)bits && profile.LargeShift == LargeShift.Traps) return Trap.ShiftAmount;

        ulong result = code switch
        {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 when b == 0 => 0,
            3 => signed ? (ulong)(long)((Int128)signedA / signedB) : a / b,
            4 => a | b,
            5 => a & b,
            6 => a << shift,
            7 => a >> shift,
            8 => 0 - a,
            9 when b == 0 => a,
            9 => signed ? (ulong)(long)((Int128)signedA % signedB) : a % b,
            10 => a ^ b,
            11 => slot.Offset switch
            {
                8 => (ulong)(sbyte)b,
                16 => (ulong)(short)b,
                32 => (ulong)(int)b,
                _ => b,
            },
            12 => (ulong)(signedA >> shift),
            _ => Swapped(r[slot.Destination], slot.Immediate / 8, reverse: slot.Opcode != 0xd4),
        };
        r[slot.Destination] = wide || code == 13 ? result : (uint)result;
        return null;
    }

    private static ulong Swapped(ulong value, int count, bool reverse)
    {
        var bytes = BitConverter.GetBytes(value)[..count];
        if (reverse) Array.Reverse(bytes);
        return BitConverter.ToUInt64([.. bytes, .. new byte[8 - count]]);
    }

    private Trap? Jump(Slot slot, int bits)
    {
        var a = r[slot.Destination];
        var b = (slot.Opcode & 8) != 0 ? r[slot.Source] : (ulong)slot.Immediate;
        if (bits == 32) (a, b) = (a << 32 >> 32, b << 32 >> 32);
        var signedA = bits == 32 ? (int)a : (long)a;
        var signedB = bits == 32 ? (int)b : (long)b;
        var taken = (slot.Opcode >> 4) switch
        {
            0 => true,
            1 => a == b,
            2 => a > b,
            3 => a >= b,
            4 => (a & b) != 0,
            5 => a != b,
            6 => signedA > signedB,
            7 => signedA >= signedB,
            10 => a < b,
            11 => a <= b,
            12 => signedA < signedB,
            _ => signedA <= signedB,
        };
        return taken ? Branch(slot.Opcode == 0x06 ? slot.Immediate : slot.Offset) : null;
    }

    private Trap? Branch(long distance)
    {
        if (branches == 0) return Trap.BranchBudget;
        branches--;
        pc += (ulong)distance;
        return null;
    }

    private Trap? Call(int kind, int imm)
    {
        if (kind == 1) return CallLocal(imm);
        switch (kind, imm)
        {
            case (0, Samples.Mix):
                r[0] = r[1] + (3 * r[2]) + (5 * r[3]) + (7 * r[4]) + (11 * r[5]);
                milliseconds++;
                return null;
            case (2, Samples.Complement):
                r[0] = ~r[1];
                return null;
            case (_, Samples.Exchange):
                if (Find(r[1], 4, reads: true, writes: true) is not { } place) return Trap.MemoryAccess;
                var old = place.Number(4);
                place.Put(r[2], 4);
                r[0] = old;
                return null;
            default:
                return Trap.UnknownHelper;
        }
    }

    private Trap? CallLocal(int distance)
    {
        if (frames.Count + 2 > profile.FrameLimit) return Trap.CallDepth;
        var returnTo = pc;
        if (Branch(distance) is { } trap) return trap;
        frames.Push((returnTo, [r[6], r[7], r[8], r[9], r[10]]));
        r[10] = stackStart;
        stackStart -= (ulong)profile.FrameBytes;
        regions.Add(new(stackStart, new byte[profile.FrameBytes], Readable: true, Writable: true));
        return null;
    }

    private Trap? Exit()
    {
        if (frames.Count == 0)
        {
            HasExited = true;
            return null;
        }

        (pc, var saved) = frames.Pop();
        saved.CopyTo(r, 6);
        regions.RemoveAt(regions.Count - 1);
        stackStart += (ulong)profile.FrameBytes;
        return null;
    }

    private Trap? WideOrPacket(Slot slot, int next)
    {
        var number = (ulong)(uint)slot.Immediate;
        if (slot.Opcode != 0x18) return Packet(slot);
        pc++;
        r[slot.Destination] = slot.Source switch
        {
            0 => ((ulong)(uint)next << 32) + number,
            1 => number + 0x0100_0000_0000,
            2 => number + 0x0500_0000_0000 + (ulong)next,
            3 => number + 0x0800_0000_0000,
            4 => (ulong)slot.Immediate + 0x1000_0000_0000,
            5 => number + 0x0200_0000_0000,
            _ => number + 0x0600_0000_0000 + (ulong)next,
        };
        return null;
    }

    private Trap? Packet(Slot slot)
    {
        var size = 1 << SizeLog(slot.Opcode);
        var address = AddressSpace.Context + (ulong)slot.Immediate;
        if (slot.Opcode >> 5 == 2) address += r[slot.Source];
        if (Find(address, size, reads: true, writes: false) is not { } place) return Trap.MemoryAccess;
        if (Misaligned(address, size)) return Trap.MemoryAlignment;
        r[0] = Swapped(place.Number(size), size, reverse: true);
        return null;
    }

    private Trap? Load(Slot slot)
    {
        var size = 1 << SizeLog(slot.Opcode);
        var address = r[slot.Source] + (ulong)slot.Offset;
        if (Find(address, size, reads: true, writes: false) is not { } place) return Trap.MemoryAccess;
        if (Misaligned(address, size)) return Trap.MemoryAlignment;
        var number = place.Number(size);
        r[slot.Destination] = slot.Opcode switch
        {
            0x81 => (ulong)(int)number,
            0x89 => (ulong)(short)number,
            0x91 => (ulong)(sbyte)number,
            _ => number,
        };
        return null;
    }

    private Trap? Store(ulong address, int size, ulong value)
    {
        if (Find(address, size, reads: false, writes: true) is not { } place) return Trap.MemoryAccess;
        if (Misaligned(address, size)) return Trap.MemoryAlignment;
        place.Put(value, size);
        return null;
    }

    private Trap? Atomic(Slot slot)
    {
        var size = 1 << SizeLog(slot.Opcode);
        var address = r[slot.Destination] + (ulong)slot.Offset;
        if (Find(address, size, reads: true, writes: true) is not { } place) return Trap.MemoryAccess;
        if (Misaligned(address, size)) return Trap.MemoryAlignment;
        var old = place.Number(size);
        var source = r[slot.Source];
        var expected = size == 4 ? (uint)r[0] : r[0];
        switch (slot.Immediate)
        {
            case 0x00 or 0x01:
                place.Put(old + source, size);
                break;
            case 0x40 or 0x41:
                place.Put(old | source, size);
                break;
            case 0x50 or 0x51:
                place.Put(old & source, size);
                break;
            case 0xa0 or 0xa1:
                place.Put(old ^ source, size);
                break;
            case 0xe1:
                place.Put(source, size);
                break;
            default:
                if (old == expected) place.Put(source, size);
                r[0] = old;
                return null;
        }

        if (slot.Immediate % 2 == 1) r[slot.Source] = old;
        return null;
    }

    private Place? Find(ulong address, int size, bool reads, bool writes)
    {
        foreach (var region in regions)
        {
            var isInside = (UInt128)address >= region.Start
                && (UInt128)address + (UInt128)size <= (UInt128)region.Start + (UInt128)region.Bytes.Length;
            if (isInside && (region.Readable || !reads) && (region.Writable || !writes))
                return new(region.Bytes, (int)(address - region.Start));
        }

        return null;
    }

    private bool Misaligned(ulong address, int size) => profile.Alignment == Alignment.Natural && address % (ulong)size != 0;

    private static int SizeLog(byte opcode) => ((opcode >> 3) & 3) switch
    {
        0 => 2,
        1 => 1,
        2 => 0,
        _ => 3,
    };

    private static ulong? Count(Allowance<Word> allowance) =>
        allowance is Allowance<Word>.Remaining(var count) ? count.Value : null;

    private sealed record PlainRegion(ulong Start, byte[] Bytes, bool Readable, bool Writable)
    {
        public static PlainRegion Of(Region<Word> region) => new(
            region.Start.Value, ((ByteTree)region.Bytes).ToArray(), region.Readable.Value, region.Writable.Value);
    }

    private sealed record Place(byte[] Bytes, int At)
    {
        public ulong Number(int size) => Bytes.AsSpan(At, size).ToArray().Reverse()
            .Aggregate(0UL, (number, value) => (number << 8) | value);

        public void Put(ulong value, int size)
        {
            for (var i = 0; i < size; i++) Bytes[At + i] = (byte)(value >> (8 * i));
        }
    }
}

using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>The faults of machines in loads, stores and the accesses of atomic operations.</summary>
internal static class MemoryFaults
{
    private static readonly string[] RightOfOneByte =
    [
        "only the first byte is checked",
        "only the last byte is checked",
        "only first and last byte are checked",
        "regions that touch are one",
        "the end is computed with overflow",
    ];

    /// <summary>The faults of a load or a store.</summary>
    public static IEnumerable<Fault> Of(FaultOf of) => [.. Accesses(of), .. (of.Form.Opcode & 7) == 1 ? Loads(of) : Stores(of)];

    /// <summary>The faults of how an access is addressed and checked.</summary>
    public static IEnumerable<Fault> Accesses(FaultOf of)
    {
        foreach (var (what, address) in (IEnumerable<(string, Func<PlainMachine, ulong, long, ulong>)>)
        [
            ("the address is cut to 32 bits", (_, start, offset) => (uint)(start + (ulong)offset)),
            ("the base is cut to 32 bits", (_, start, offset) => (uint)start + (ulong)offset),
            ("the address is taken for 32 signed bits", (_, start, offset) => Numbers.Extend(start + (ulong)offset, 32)),
            ("the address is cut to 48 bits", (_, start, offset) => Numbers.Cut(start + (ulong)offset, 48)),
            ("the address is cut to 63 bits", (_, start, offset) => Numbers.Cut(start + (ulong)offset, 63)),
            ("the address is cut to 31 bits", (_, start, offset) => Numbers.Cut(start + (ulong)offset, 31)),
            ("the sum is of 32 bits", (_, start, offset) => (start & 0xffff_ffff_0000_0000) | (uint)(start + (ulong)offset)),
            ("the offset is not added", (_, start, _) => start),
            ("the offset is subtracted", (_, start, offset) => start - (ulong)offset),
            ("the offset is unsigned", (_, start, offset) => start + (ushort)offset),
            ("the offset is counted in words", (machine, start, offset) => start + (ulong)(offset * machine.Slot.Bytes)),
            ("negative offsets are not added", (_, start, offset) => start + (ulong)Math.Max(offset, 0)),
            ("the address is aligned down", (machine, start, offset) => (start + (ulong)offset) & ~(ulong)(machine.Slot.Bytes - 1)),
        ])
        {
            if (what.EndsWith("words", StringComparison.Ordinal) && of.Bits == 8) continue;
            if (what.EndsWith("aligned down", StringComparison.Ordinal) && of.Bits == 8) continue;
            yield return of.New("memory", what) with { Address = address };
        }

        foreach (var bits in (int[])[8, 9, 12, 15])
        {
            yield return of.New("extension", $"the offset is cut to {bits} bits") with
            {
                Address = (_, start, offset) => start + Numbers.Cut((ulong)offset, bits),
            };
            yield return of.New("extension", $"the offset is taken for {bits} signed bits") with
            {
                Address = (_, start, offset) => start + Numbers.Extend((ulong)offset, bits),
            };
        }

        foreach (var fault in Checks(of)) yield return fault;
        for (var register = 0; register <= 10; register++)
        {
            var number = register;
            var isLoad = (of.Form.Opcode & 7) == 1;
            yield return of.New("registers", $"r{number} as the base goes wrong", slot =>
                (isLoad ? slot.Source : slot.Destination) == number) with
            {
                Address = (machine, _, offset) => machine.R[number == 10 ? 1 : number ^ 1] + (ulong)offset,
            };
            yield return of.New("memory", $"r{number} as the base is not checked", slot =>
                (isLoad ? slot.Source : slot.Destination) == number) with
            {
                Grants = (_, _, _, _, _) => true,
            };
        }

        yield return of.New("memory", "an offset of 0 goes wrong", slot => slot.Offset == 0) with { Address = (_, start, _) => start + 1 };
        yield return of.New("memory", "a negative offset is not checked", slot => slot.Offset < 0) with
        {
            Grants = (_, _, _, _, _) => true,
        };
    }

    private static IEnumerable<Fault> Checks(FaultOf of)
    {
        var isAtomic = of.Form.Operation is Semantics.Operations.AtomicOperation;
        foreach (var (what, grants) in (IEnumerable<(string, Func<PlainMachine, ulong, ulong, AccessKind, bool, bool>)>)
        [
            ("every access is granted", (_, _, _, _, _) => true),
            ("only the first byte is checked", (machine, at, _, kind, _) => In(machine, kind, area => area.Holds(at, 1))),
            ("only the last byte is checked", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at + count - 1, 1))),
            ("only first and last byte are checked", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, 1)) && In(machine, kind, area => area.Holds(at + count - 1, 1))),
            ("one byte too many is asked for", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, count + 1))),
            ("one byte past the end is granted", (machine, at, count, kind, _) =>
                In(machine, kind, area =>
                    area.Holds(at, count) || (at >= area.Start && at + count == area.Start + (ulong)area.Bytes.Length + 1))),
            ("the first byte of a region is not granted", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, count) && at != area.Start)),
            ("the byte before a region is granted", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, count) || at + 1 == area.Start)),
            ("the lower end is not checked", (machine, at, count, kind, _) =>
                In(machine, kind, area => at + count <= area.Start + (ulong)area.Bytes.Length)),
            ("the upper end is not checked", (machine, at, _, kind, _) => In(machine, kind, area => at >= area.Start)),
            ("the length less the access is not tested to be negative", (machine, at, count, kind, _) =>
                In(machine, kind, area => at - area.Start <= (ulong)area.Bytes.Length - count)),
            ("the end is computed with overflow, and compared signed", (machine, at, count, kind, _) =>
                In(machine, kind, area =>
                    (long)at >= (long)area.Start && (long)(at + count) <= (long)(area.Start + (ulong)area.Bytes.Length))),
            ("the end is computed with overflow", (machine, at, count, kind, _) =>
                In(machine, kind, area => at >= area.Start && at + count - 1 <= area.Start + (ulong)area.Bytes.Length - 1)),
            ("the region's end is computed with overflow", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, count) && area.Start + (ulong)area.Bytes.Length > area.Start)),
            ("what permits anything permits it", (machine, at, count, _, _) =>
                machine.Areas.Exists(area => area.Holds(at, count) && (area.IsReadable || area.IsWritable))),
            ("permissions do not matter", (machine, at, count, _, _) => machine.Areas.Exists(area => area.Holds(at, count))),
            ("to read is enough", (machine, at, count, _, _) => In(machine, AccessKind.Load, area => area.Holds(at, count))),
            ("to write is enough", (machine, at, count, _, _) => In(machine, AccessKind.Store, area => area.Holds(at, count))),
            ("to read and to write are both needed", (machine, at, count, _, _) =>
                In(machine, AccessKind.Atomic, area => area.Holds(at, count))),
            ("regions that touch are one", (machine, at, count, kind, _) => All(machine, at, count, kind)),
            ("only stack and context are regions", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Name is "stack" or "context" or "frame" && area.Holds(at, count))),
            ("only the stack is a region", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Name is "stack" or "frame" && area.Holds(at, count))),
            ("only the first region that is no stack counts", (machine, at, count, kind, _) =>
                machine.Areas.Find(area => area.Name is not ("stack" or "frame")) is { } first
                && first.Holds(at, count)
                && first.Permits(kind)),
            ("an address of 0 is let pass", (_, at, _, _, isRight) => isRight || at == 0),
            ("an address of 0 is never granted", (_, at, _, _, isRight) => isRight && at != 0),
            ("a region of just the access is not granted", (machine, at, count, kind, _) =>
                In(machine, kind, area => area.Holds(at, count) && (ulong)area.Bytes.Length > count)),
            ("the stack's first byte is not granted", (machine, at, _, _, isRight) => isRight && at != machine.FrameStart),
            ("the stack's last byte is not granted", (machine, at, count, _, isRight) =>
                isRight && at + count != machine.FrameStart + 512),
            ("above the stack is granted", (machine, at, count, _, isRight) =>
                isRight || (at >= machine.FrameStart && at <= machine.FrameStart + 512)),
            ("below the stack is granted", (machine, at, count, _, isRight) =>
                isRight || (at < machine.FrameStart && at >= machine.FrameStart - 64)),
        ])
        {
            // Of one byte it is the right check, as it is to ask for what the instruction needs.
            if (of.Bits == 8 && RightOfOneByte.Contains(what)) continue;

            if (what == "to read is enough" && (of.Form.Opcode & 7) == 1) continue;
            if (what == "to write is enough" && (of.Form.Opcode & 7) is 2 or 3 && !isAtomic) continue;
            if (what == "to read and to write are both needed" && isAtomic) continue;
            yield return of.New("memory", what) with { Grants = grants };
        }

        for (var rest = 1; rest < of.Bits / 8; rest++)
        {
            var (odd, size) = (rest, (ulong)(of.Bits / 8));
            yield return of.New("memory", $"an address of {size} times n plus {odd} is not granted") with
            {
                Grants = (_, at, _, _, isRight) => isRight && at % size != (ulong)odd,
            };
        }
    }

    private static IEnumerable<Fault> Loads(FaultOf of)
    {
        var (bits, isSigned) = (of.Bits, of.Form.Id.Contains("ldxs", StringComparison.Ordinal));
        if (bits < 64)
        {
            yield return of.New("extension", "the value is extended the other way") with
            {
                Result = (_, _, _, value) => isSigned ? Numbers.Cut(value, bits) : Numbers.Extend(value, bits),
            };
            yield return of.New("extension", "the bits above are kept") with
            {
                Result = (machine, _, _, value) => (machine.R[machine.Slot.Destination] & ~((1UL << bits) - 1)) | Numbers.Cut(value, bits),
            };
            if (isSigned)
            {
                yield return of.New("extension", "the sign is extended to 32 bits") with
                {
                    Result = (_, _, _, value) => (uint)value,
                };
            }

            if (bits < 32)
            {
                yield return of.New("extension", "the upper half is kept") with
                {
                    Result = (machine, _, _, value) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)value,
                };
            }
        }
        else
        {
            yield return of.New("extension", "only 32 bits are loaded") with { Result = (_, _, _, value) => (uint)value };
            yield return of.New("extension", "32 bits are loaded with their sign") with
            {
                Result = (_, _, _, value) => Numbers.Extend(value, 32),
            };
            yield return of.New("extension", "the halves are exchanged") with
            {
                Result = (_, _, _, value) => (value << 32) | (value >> 32),
            };
        }

        foreach (var size in (int[])[1, 2, 4, 8])
        {
            if (size * 8 == bits) continue;
            yield return of.New("memory", $"{size} bytes are read") with { Size = (_, _) => size };
            yield return of.New("memory", $"{size} bytes are read, and as many checked as should be") with
            {
                Result = (machine, address, _, _) =>
                    isSigned ? Numbers.Extend(machine.Read(address, size), size * 8) : machine.Read(address, size),
            };
        }

        if (bits > 8)
        {
            yield return of.New("memory", "the most significant byte is first") with
            {
                Result = (_, _, _, value) => isSigned ? Numbers.Extend(Numbers.Swap(value, bits), bits) : Numbers.Swap(value, bits),
            };
        }

        for (var odd = 1; odd < bits / 8; odd++)
        {
            var rest = (ulong)odd;
            yield return of.New("memory", $"{odd} bytes off alignment, the word is rotated") with
            {
                Result = (_, address, _, value) => address % (ulong)(bits / 8) == rest ? value ^ 1 : value,
            };
        }

        foreach (var fault in AluFaults.Destinations(of)) yield return fault;
        yield return of.New("registers", "the register with the address as the destination goes wrong", slot =>
            slot.Source == slot.Destination) with
        {
            Result = (_, _, _, value) => value ^ 1,
        };
        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
        yield return of.New("traps", "the destination is lost at a trap") with { Trap = (machine, end) => Lost(of, machine, end) };
        foreach (var (what, isMeant) in (IEnumerable<(string, Func<ulong, bool>)>)
        [
            ("a value with its sign bit set", value => (value >> (bits - 1) & 1) != 0),
            ("a value of zero", value => value == 0),
            ("a value of all ones", value => Numbers.Cut(value, bits) == Numbers.Cut(ulong.MaxValue, bits)),
            ("a value of the sign bit alone", value => Numbers.Cut(value, bits) == 1UL << (bits - 1)),
            ("a positive value", value => (value >> (bits - 1) & 1) == 0 && value != 0),
        ])
        {
            yield return of.New("extension", $"{what} goes wrong") with { Result = (_, _, _, value) => isMeant(value) ? value ^ 1 : value };
        }
    }

    private static IEnumerable<Fault> Stores(FaultOf of)
    {
        var bits = of.Bits;
        foreach (var size in (int[])[1, 2, 4, 8])
        {
            if (size * 8 == bits) continue;
            yield return of.New("memory", $"{size} bytes are written") with { Size = (_, _) => size };
            if (size * 8 > bits)
            {
                yield return of.New("memory", $"{size} bytes are written, and as many checked as should be") with
                {
                    After = (machine, _) => machine.Write(machine.Address, size, Value(machine)),
                };
            }
        }

        yield return of.New("memory", "the byte after is cleared") with { After = (machine, _) => Clear(machine, (ulong)(bits / 8)) };
        yield return of.New("memory", "the byte before is cleared") with { After = (machine, _) => Clear(machine, ulong.MaxValue) };
        if (bits > 8)
        {
            yield return of.New("memory", "the most significant byte is first") with
            {
                Right = (_, value) => Numbers.Swap(value, bits),
            };
        }

        yield return of.New("memory", "nothing is written") with { Size = (_, _) => 0 };
        for (var odd = 1; odd < bits / 8; odd++)
        {
            var rest = (ulong)odd;
            yield return of.New("memory", $"{odd} bytes off alignment, the word is rotated") with
            {
                Right = (machine, value) => machine.Address % (ulong)(bits / 8) == rest ? value ^ 1 : value,
            };
        }

        if (of.IsX)
        {
            for (var register = 0; register <= 10; register++)
            {
                var number = register;
                yield return of.New("registers", $"r{number} as the value goes wrong", slot => slot.Source == number) with
                {
                    Right = (_, value) => value ^ 1,
                };
            }

            yield return of.New("registers", "the register with the address as the value goes wrong", slot =>
                slot.Source == slot.Destination) with
            {
                Right = (_, value) => value ^ 1,
            };
            if (bits == 64) yield return of.New("width", "the value is cut to 32 bits") with { Right = (_, value) => (uint)value };
            if (bits == 64)
            {
                yield return of.New("width", "the value is taken for 32 signed bits") with
                {
                    Right = (_, value) => Numbers.Extend(value, 32),
                };
            }
        }
        else
        {
            foreach (var cut in FaultOf.Cuts)
            {
                if (cut >= bits) continue;
                yield return of.New("extension", $"imm is cut to {cut} bits") with { Right = (_, value) => Numbers.Cut(value, cut) };
                yield return of.New("extension", $"imm is taken for {cut} signed bits") with
                {
                    Right = (_, value) => Numbers.Extend(value, cut),
                };
            }

            if (bits == 64) yield return of.New("extension", "imm is zero-extended") with { Right = (_, value) => (uint)value };
        }

        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
        yield return of.New("traps", "what is within the region is written before the trap") with
        {
            Trap = (machine, end) => Partial(of, machine, end),
        };
    }

    /// <summary>Whether a region that permits an access is as it says.</summary>
    private static bool In(PlainMachine machine, AccessKind kind, Func<Area, bool> holds) =>
        machine.Areas.Exists(area => area.Permits(kind) && holds(area));

    private static bool All(PlainMachine machine, ulong at, ulong count, AccessKind kind)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (!In(machine, kind, area => area.Holds(unchecked(at + i), 1))) return false;
        }

        return true;
    }

    private static ulong Value(PlainMachine machine) =>
        machine.Slot.Class == 2 ? (ulong)machine.Slot.Immediate : machine.R[machine.Slot.Source];

    private static void Clear(PlainMachine machine, ulong distance)
    {
        var at = unchecked(machine.Address + distance);
        if (machine.AreaAt(at) is { } area) area.Bytes[at - area.Start] = 0;
    }

    private static Ending Lost(FaultOf of, PlainMachine machine, Ending end)
    {
        if (end.Trap == "MemoryAccess" && FaultOf.Matching(of.Form)(machine.Slot)) machine.R[machine.Slot.Destination] ^= 1;
        return end;
    }

    /// <summary>A store that trapped has written what it could.</summary>
    public static Ending Partial(FaultOf of, PlainMachine machine, Ending end)
    {
        if (end.Trap != "MemoryAccess" || !FaultOf.Matching(of.Form)(machine.Slot)) return end;
        for (var i = 0; i < of.Bits / 8; i++)
        {
            var at = unchecked(machine.Address + (ulong)i);
            if (machine.AreaAt(at) is { } area) area.Bytes[at - area.Start] ^= 0x5a;
        }

        return end;
    }
}

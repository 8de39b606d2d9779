using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>Mistakes of machines in atomic operations, beside their accesses.</summary>
internal static class AtomicFaults
{
    private static readonly (string Name, Func<ulong, ulong, ulong> Compute)[] Operations =
    [
        ("add", (old, with) => old + with),
        ("or", (old, with) => old | with),
        ("and", (old, with) => old & with),
        ("xor", (old, with) => old ^ with),
        ("an exchange", (_, with) => with),
        ("a subtraction", (old, with) => old - with),
        ("nothing", (old, _) => old),
        ("the complement of and", (old, with) => old & ~with),
    ];

    /// <summary>The faults of an atomic operation.</summary>
    public static IEnumerable<Fault> Of(FaultOf of)
    {
        var id = of.Form.Id;
        var isCompare = id.Contains("cmpxchg", StringComparison.Ordinal);
        var fetches = isCompare || id.Contains("fetch", StringComparison.Ordinal) || id.Contains("/xchg", StringComparison.Ordinal);
        return
        [
            .. MemoryFaults.Accesses(of),
            .. Effects(of, isCompare),
            .. fetches ? Fetches(of, isCompare) : None(of),
            .. isCompare ? Compares(of) : [],
            .. Registers(of),
        ];
    }

    private static IEnumerable<Fault> Effects(FaultOf of, bool isCompare)
    {
        var bits = of.Bits;
        foreach (var (name, compute) in Operations)
        {
            var own = of
                .Form.Id.Split('/')[1]
                .Replace("fetch-", "", StringComparison.Ordinal)
                .TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (name == own || (name == "an exchange" && own is "xchg" or "cmpxchg")) continue;
            yield return of.New("atomics", $"it does {name}") with
            {
                Stored = (_, old, with, _, right) => isCompare && right == old ? right : compute(old, with),
            };
        }

        if (bits == 32)
        {
            yield return of.New("atomics", "8 bytes are read and written") with { Size = (_, _) => 8 };
            yield return of.New("atomics", "8 bytes are written") with
            {
                After = (machine, before) => machine.Write(machine.Address + 4, 4, before[machine.Slot.Source] >> 32),
            };
            yield return of.New("atomics", "the 4 bytes after are cleared") with { After = (machine, _) => Over(machine, 4, 0) };
            yield return of.New("atomics", "the operand's upper half is used") with { Right = (_, value) => value >> 32 };
        }
        else
        {
            yield return of.New("atomics", "4 bytes are read and written") with { Size = (_, _) => 4 };
            yield return of.New("atomics", "the operand is cut to 32 bits") with { Right = (_, value) => (uint)value };
            yield return of.New("atomics", "the operand is taken for 32 signed bits") with
            {
                Right = (_, value) => Numbers.Extend(value, 32),
            };
            yield return of.New("atomics", "the upper half is not written") with
            {
                Stored = (_, old, _, _, right) => (old & 0xffff_ffff_0000_0000) | (uint)right,
            };
            yield return of.New("atomics", "the lower half is not written") with
            {
                Stored = (_, old, _, _, right) => (right & 0xffff_ffff_0000_0000) | (uint)old,
            };
            if (of.Form.Id.Contains("add", StringComparison.Ordinal))
            {
                yield return of.New("atomics", "the halves are added apart") with
                {
                    Stored = (_, old, with, _, right) =>
                        right == old + with ? ((right & 0xffff_ffff) | (((old >> 32) + (with >> 32)) << 32)) : right,
                };
            }
        }

        yield return of.New("atomics", "the most significant byte is first") with
        {
            Stored = (_, old, with, _, right) => Numbers.Swap(right, bits),
        };
        yield return of.New("atomics", "the operand is read as 0") with { Right = (_, _) => 0 };
        yield return of.New("traps", "memory is written before the trap") with
        {
            Trap = (machine, end) => MemoryFaults.Partial(of, machine, end),
        };
        for (var odd = 1; odd < bits / 8; odd++)
        {
            var rest = (ulong)odd;
            yield return of.New("atomics", $"{odd} bytes off alignment, the word is rotated") with
            {
                Stored = (machine, _, _, _, right) => machine.Address % (ulong)(bits / 8) == rest ? right ^ 1 : right,
            };
        }

        foreach (var (what, isMeant) in (IEnumerable<(string, Func<ulong, ulong, bool>)>)
        [
            ("an operand of zero", (_, with) => Numbers.Cut(with, bits) == 0),
            ("a memory of zero", (old, _) => old == 0),
            ("a memory with its sign bit set", (old, _) => old >> (bits - 1) != 0),
            ("an operand with its sign bit set", (_, with) => Numbers.Cut(with, bits) >> (bits - 1) != 0),
            ("equal numbers", (old, with) => old == Numbers.Cut(with, bits)),
        ])
        {
            yield return of.New("atomics", $"{what} goes wrong") with
            {
                Stored = (_, old, with, _, right) => isMeant(old, with) ? right ^ 1 : right,
            };
        }
    }

    private static IEnumerable<Fault> None(FaultOf of)
    {
        yield return of.New("atomics", "the old value is fetched") with { FetchedTo = (machine, _) => machine.Slot.Source };
        yield return of.New("atomics", "the new value is left in the source") with
        {
            FetchedTo = (machine, _) => machine.Slot.Source,
            Fetched = (_, _, stored) => Numbers.Cut(stored, of.Bits),
        };
        yield return of.New("atomics", "the old value is left in r0") with { FetchedTo = (_, _) => 0 };
        yield return of.New("atomics", "the source is cut to the width") with
        {
            After = (machine, before) => machine.R[machine.Slot.Source] = Numbers.Cut(before[machine.Slot.Source], of.Bits == 64 ? 32 : 16),
        };
    }

    private static IEnumerable<Fault> Fetches(FaultOf of, bool isCompare)
    {
        var bits = of.Bits;
        yield return of.New("atomics", "nothing is fetched") with { FetchedTo = (_, _) => -1 };
        yield return of.New("atomics", "the new value is fetched") with { Fetched = (_, _, stored) => Numbers.Cut(stored, bits) };
        yield return of.New("atomics", "it is fetched to the other register") with
        {
            FetchedTo = (machine, _) => isCompare ? machine.Slot.Source : 0,
        };
        yield return of.New("atomics", "it is fetched to both registers") with
        {
            After = (machine, _) => machine.R[isCompare ? machine.Slot.Source : 0] = machine.R[isCompare ? 0 : machine.Slot.Source],
        };
        yield return of.New("atomics", "it is fetched to the register with the address") with
        {
            FetchedTo = (machine, _) => machine.Slot.Destination,
        };
        yield return of.New("atomics", "what is fetched is sign-extended from 32 bits") with
        {
            Fetched = (_, old, _) => Numbers.Extend(old, 32),
        };
        yield return of.New("atomics", "what is fetched keeps the upper half of the register") with
        {
            Fetched = (machine, old, _) => (machine.R[isCompare ? 0 : machine.Slot.Source] & 0xffff_ffff_0000_0000) | (uint)old,
        };
        if (bits == 32)
        {
            yield return of.New("atomics", "8 bytes are fetched") with
            {
                Fetched = (machine, old, _) => (machine.Read(machine.Address, 8) & 0xffff_ffff_0000_0000) | old,
            };
        }
        else
        {
            yield return of.New("atomics", "4 bytes are fetched") with { Fetched = (_, old, _) => (uint)old };
        }

        yield return of.New("traps", "the register is lost at a trap") with
        {
            Trap = (machine, end) =>
            {
                if (end.Trap == "MemoryAccess" && FaultOf.Matching(of.Form)(machine.Slot))
                    machine.R[isCompare ? 0 : machine.Slot.Source] ^= 1;
                return end;
            },
        };
        yield return of.New("atomics", "the fetched value is stored where the registers are one", slot =>
            slot.Source == slot.Destination) with
        {
            Stored = (_, old, _, _, _) => old,
        };
        foreach (var register in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        {
            if (!isCompare)
            {
                yield return of.New("atomics", $"what is fetched to r{register} is lost", slot => slot.Source == register) with
                {
                    FetchedTo = (_, _) => -1,
                };
            }

            yield return of.New("atomics", $"where r{register} is the base, what is fetched goes wrong", slot =>
                slot.Destination == register) with
            {
                Fetched = (_, old, _) => old ^ 1,
            };
        }
    }

    private static IEnumerable<Fault> Compares(FaultOf of)
    {
        var bits = of.Bits;
        foreach (var (what, equals) in (IEnumerable<(string, Func<ulong, ulong, bool>)>)
        [
            ("always", (_, _) => true),
            ("never", (_, _) => false),
            ("where the lower halves are equal", (old, r0) => (uint)old == (uint)r0),
            ("where the upper halves are equal", (old, r0) => old >> 32 == r0 >> 32),
            ("where all 64 bits of r0 are equal", (old, r0) => old == r0),
            ("where r0 sign-extended is equal", (old, r0) => old == Numbers.Extend(r0, 32)),
            ("where it differs", (old, r0) => old != Numbers.Cut(r0, bits)),
            ("where the low 16 bits are equal", (old, r0) => (ushort)old == (ushort)r0),
            ("where the low 8 bits are equal", (old, r0) => (byte)old == (byte)r0),
            ("where the sign bit aside all is equal", (old, r0) => Numbers.Cut(old, bits - 1) == Numbers.Cut(r0, bits - 1)),
            ("where memory is not below r0", (old, r0) => old >= Numbers.Cut(r0, bits)),
            ("where memory is not above r0", (old, r0) => old <= Numbers.Cut(r0, bits)),
        ])
        {
            if (what.Contains("upper halves", StringComparison.Ordinal) && bits == 32) continue;

            // Of so many bits it is what is right.
            if (bits == 32
                    ? what.Contains("lower halves", StringComparison.Ordinal)
                    : what.Contains("all 64 bits", StringComparison.Ordinal))
            {
                continue;
            }

            yield return of.New("atomics", $"it stores {what}") with { Stored = (_, old, with, r0, _) => equals(old, r0) ? with : old };
        }

        yield return of.New("atomics", "r0 is stored where it differs") with
        {
            Stored = (_, old, _, r0, right) => old == Numbers.Cut(r0, bits) ? right : r0,
        };
        yield return of.New("atomics", "it compares with the source") with
        {
            Stored = (_, old, with, r0, _) => old == Numbers.Cut(with, bits) ? r0 : old,
        };
        if (bits == 32)
        {
            yield return of.New("atomics", "r0 is left where it is equal") with
            {
                Fetched = (machine, old, _) => old == Numbers.Cut(machine.R[0], bits) ? machine.R[0] : old,
            };
        }

        yield return of.New("atomics", "r0 is left where it differs") with
        {
            Fetched = (machine, old, _) => old == Numbers.Cut(machine.R[0], bits) ? old : machine.R[0],
        };
        yield return of.New("atomics", "it compares with another register") with
        {
            Stored = (machine, old, with, _, _) => old == Numbers.Cut(machine.R[1], bits) ? with : old,
        };
        yield return of.New("atomics", "r0 as the source stores the old value", slot => slot.Source == 0) with
        {
            Stored = (_, old, _, _, _) => old ^ 1,
        };
        yield return of.New("atomics", "what is stored is wrong with r0 as the base", slot => slot.Destination == 0) with
        {
            Stored = (_, old, _, _, right) => right ^ 1,
        };
    }

    private static IEnumerable<Fault> Registers(FaultOf of)
    {
        for (var register = 0; register <= 10; register++)
        {
            var number = register;
            if (number == 10 && of.Form.Writes is Semantics.Instructions.WrittenRegister.Source) continue;
            yield return of.New("registers", $"r{number} as the operand goes wrong", slot => slot.Source == number) with
            {
                Stored = (_, _, _, _, right) => right ^ 1,
            };
            yield return of.New("registers", $"r{number} as the base stores nothing", slot => slot.Destination == number) with
            {
                Stored = (_, old, _, _, _) => old ^ 1,
            };
        }

        yield return of.New("registers", "one register as base and operand goes wrong", slot => slot.Source == slot.Destination) with
        {
            Stored = (_, _, _, _, right) => right ^ 1,
        };
        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
    }

    private static void Over(PlainMachine machine, ulong distance, byte value)
    {
        for (ulong i = 0; i < 4; i++)
        {
            if (machine.AreaAt(machine.Address + distance + i) is not null) machine.Write(machine.Address + distance + i, 1, value);
        }
    }
}

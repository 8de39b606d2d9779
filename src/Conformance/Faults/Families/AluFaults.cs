using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>Mistakes of machines in arithmetic and wide loads, rule by rule.</summary>
internal static partial class AluFaults
{
    /// <summary>The faults of an arithmetic rule.</summary>
    public static IEnumerable<Fault> Of(FaultOf of) =>
        of.Code == 13
            ? [.. ByteOrder(of), .. Registers(of)]
            : [.. Widths(of), .. Extensions(of), .. Registers(of), .. Divisions(of), .. Shifts(of), .. Moves(of), .. Special(of)];

    /// <summary>The faults of the wide load.</summary>
    public static IEnumerable<Fault> Wide(FaultOf of)
    {
        foreach (var (what, value) in (IEnumerable<(string, Func<ulong, ulong, ulong>)>)
        [
            ("next_imm is not read", (low, _) => low),
            ("imm is not read", (_, high) => high << 32),
            ("imm is sign-extended and combined by OR", (low, high) => Numbers.Extend(low, 32) | (high << 32)),
            ("imm is sign-extended and added", (low, high) => Numbers.Extend(low, 32) + (high << 32)),
            ("imm is sign-extended and next_imm not read", (low, _) => Numbers.Extend(low, 32)),
            ("the halves are exchanged", (low, high) => high | (low << 32)),
            ("next_imm is sign-extended into nothing", (low, high) => low | (Numbers.Extend(high, 31) << 32)),
            ("the sign of imm is lost", (low, high) => Numbers.Cut(low, 31) | (high << 32)),
            ("the sign of next_imm is lost", (low, high) => low | (Numbers.Cut(high, 31) << 32)),
            ("next_imm of zero means the sign of imm", (low, high) => high == 0 ? Numbers.Extend(low, 32) : low | (high << 32)),
        ])
        {
            yield return of.New("wide load", what) with { Result = (_, low, high, _) => value(low, high) };
        }

        foreach (var bits in FaultOf.Cuts)
        {
            if (bits < 31)
            {
                yield return of.New("wide load", $"imm is cut to {bits} bits") with
                {
                    Result = (_, low, high, _) => Numbers.Cut(low, bits) | (high << 32),
                };
                yield return of.New("wide load", $"next_imm is cut to {bits} bits") with
                {
                    Result = (_, low, high, _) => low | (Numbers.Cut(high, bits) << 32),
                };
            }
        }

        yield return of.New("wide load", "the upper half goes to the register that the second slot names") with
        {
            After = (machine, before) =>
            {
                var high = machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000;
                if (machine.Slot.Destination == 0) return;
                machine.R[machine.Slot.Destination] &= 0xffff_ffff;
                machine.R[0] |= high;
            },
        };
        foreach (var fault in Destinations(of)) yield return fault;
        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
    }

    /// <summary>The result is lost where it should go to a register, each a fault.</summary>
    public static IEnumerable<Fault> Destinations(FaultOf of) =>
        from register in Enumerable.Range(0, 10)
        select of.New("registers", $"the result for r{register} is lost", slot => slot.Destination == register) with
        {
            After = (machine, before) => machine.R[register] = before[register],
        };

    private static IEnumerable<Fault> Widths(FaultOf of)
    {
        var isMove = of.Code == 11;
        var isExtending = isMove && of.IsX && of.Form.Id.Contains("movsx", StringComparison.Ordinal);
        if (of.Bits == 64)
        {
            if (!isMove)
            {
                yield return of.New("width", "the first operand is cut to 32 bits") with { Left = (_, value) => (uint)value };
                yield return of.New("width", "the first operand is taken for 32 signed bits") with
                {
                    Left = (_, value) => Numbers.Extend(value, 32),
                };
            }

            if (of.IsX && of.Code is not (6 or 7 or 12) && !isExtending)
            {
                yield return of.New("width", "the second operand is cut to 32 bits") with { Right = (_, value) => (uint)value };
                yield return of.New("width", "the second operand is taken for 32 signed bits") with
                {
                    Right = (_, value) => Numbers.Extend(value, 32),
                };
            }

            yield return of.New("width", "the result is cut to 32 bits") with { Result = (_, _, _, result) => (uint)result };

            // A moved or extended number of 32 bits or fewer, and a remainder by one, is the same with its sign.
            if (!isExtending && !(of.IsK && (of.Code == 11 || of.Form.Id.Contains("/smod", StringComparison.Ordinal))))
            {
                yield return of.New("width", "the result is taken for 32 signed bits") with
                {
                    Result = (_, _, _, result) => Numbers.Extend(result, 32),
                };
            }

            yield return of.New("width", "the upper half stays what it was") with
            {
                Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result,
            };
            yield break;
        }

        yield return of.New("width", "the upper half stays what it was") with
        {
            Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result,
        };
        yield return of.New("width", "the result is sign-extended") with { Result = (_, _, _, result) => Numbers.Extend(result, 32) };
        yield return of.New("width", "it is computed with 64 bits") with
        {
            Result = (machine, left, right, _) => Numbers.Alu(Wider(machine.Slot), left, right),
        };
        if (of.Code is 3 or 7 or 9 or 12)
        {
            yield return of.New("width", "it is computed with 64 bits, and the result cut") with
            {
                Operate = (machine, left, right) => OrNull(machine, left, right),
            };
        }

        if (of.Code is 3 or 9)
        {
            yield return of.New("width", "the dividend is not cut to 32 bits") with
            {
                Operate = (machine, left, right) => OrNull(machine, left, Narrow(machine.Slot, right)),
            };
            if (of.IsX)
            {
                yield return of.New("width", "the divisor is not cut to 32 bits") with
                {
                    Operate = (machine, left, right) => OrNull(machine, Narrow(machine.Slot, left), right),
                };
            }
        }

        if (of.Code is 7 or 12)
        {
            yield return of.New("width", "the shifted number is taken for 64 bits with an amount of 5") with
            {
                Operate = (machine, left, right) => Numbers.Alu(Wider(machine.Slot), left, right & 31),
            };
        }
    }

    private static IEnumerable<Fault> Extensions(FaultOf of)
    {
        if (!of.IsK || of.Code is 6 or 7 or 12) yield break;
        foreach (var bits in FaultOf.Cuts)
        {
            yield return of.New("extension", $"imm is cut to {bits} bits") with { Right = (_, value) => Numbers.Cut(value, bits) };
            yield return of.New("extension", $"imm is taken for {bits} signed bits") with
            {
                Right = (_, value) => Numbers.Extend(value, bits),
            };
        }

        if (of.Bits == 64) yield return of.New("extension", "imm is zero-extended") with { Right = (_, value) => (uint)value };
        yield return of.New("extension", "the bytes of imm are reversed") with
        {
            Right = (_, value) => Numbers.Extend(Numbers.Swap(value, 32), 32),
        };
        if (of.Code == 1 && of.Bits == 64)
        {
            yield return of.New("extension", "imm is negated in 32 bits and added") with
            {
                Right = (_, value) => value == 0xffff_ffff_8000_0000 ? 0x8000_0000 : value,
            };
        }
    }

    private static IEnumerable<Fault> Registers(FaultOf of)
    {
        foreach (var fault in Destinations(of)) yield return fault;
        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
        if (!of.IsX || of.Code == 13) yield break;
        for (var register = 0; register <= 10; register++)
        {
            // How far a shift by r10 goes, and its lowest byte, are for the machine to choose.
            if (register == 10 && (of.Code is 6 or 7 or 12 || of.Form.Id.Contains("movsx8", StringComparison.Ordinal))) continue;
            var number = register;
            yield return of.New("registers", $"r{number} as the second operand is read as 0", slot => slot.Source == number) with
            {
                Right = (_, _) => 0,
            };
            yield return of.New("registers", $"r{number} as the second operand is read as another register", slot =>
                slot.Source == number) with
            {
                Right = (machine, _) => machine.R[number == 10 ? 9 : number ^ 1],
            };
        }

        yield return of.New("registers", "both operands in one register go wrong", slot => slot.Source == slot.Destination) with
        {
            Result = (_, _, _, result) => result ^ 1,
        };
        foreach (var (destination, source) in (IEnumerable<(int, int)>)[(0, 1), (1, 0), (0, 3), (3, 0), (3, 4), (4, 3), (9, 0), (6, 9)])
        {
            yield return of.New("registers", $"r{destination} with r{source} goes wrong", slot =>
                slot.Destination == destination && slot.Source == source) with
            {
                Result = (_, _, _, result) => result ^ 1,
            };
        }
    }

    private static Fields Wider(Fields slot) => slot with { Opcode = (byte)((slot.Opcode & ~7) | 7) };

    private static ulong Narrow(Fields slot, ulong value) => slot.Offset == 0 ? (uint)value : Numbers.Extend(value, 32);

    private static ulong? OrNull(PlainMachine machine, ulong left, ulong right) => OrNull(Wider(machine.Slot), left, right);

    private static ulong? OrNull(Fields slot, ulong left, ulong right) => Numbers.Alu(slot, left, right);
}

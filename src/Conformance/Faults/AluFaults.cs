namespace RbpfSpec.Conformance.Faults;

/// <summary>The faults of machines in arithmetic and wide loads, rule by rule.</summary>
internal static class AluFaults
{
    /// <summary>The faults of an arithmetic rule.</summary>
    public static IEnumerable<Fault> Of(FaultOf of) =>
        of.Code == 13 ? [.. ByteOrder(of), .. Registers(of)] : [.. Widths(of), .. Extensions(of), .. Registers(of), .. Divisions(of), .. Shifts(of), .. Moves(of), .. Special(of)];

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
                yield return of.New("wide load", $"imm is cut to {bits} bits") with { Result = (_, low, high, _) => Numbers.Cut(low, bits) | (high << 32) };
                yield return of.New("wide load", $"next_imm is cut to {bits} bits") with { Result = (_, low, high, _) => low | (Numbers.Cut(high, bits) << 32) };
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
                yield return of.New("width", "the first operand is taken for 32 signed bits") with { Left = (_, value) => Numbers.Extend(value, 32) };
            }

            if (of.IsX && of.Code is not (6 or 7 or 12) && !isExtending)
            {
                yield return of.New("width", "the second operand is cut to 32 bits") with { Right = (_, value) => (uint)value };
                yield return of.New("width", "the second operand is taken for 32 signed bits") with { Right = (_, value) => Numbers.Extend(value, 32) };
            }

            yield return of.New("width", "the result is cut to 32 bits") with { Result = (_, _, _, result) => (uint)result };

            // A moved or extended number of 32 bits or fewer, and a remainder by one, is the same with its sign.
            if (!isExtending && !(of.IsK && (of.Code == 11 || of.Form.Id.Contains("/smod", StringComparison.Ordinal))))
                yield return of.New("width", "the result is taken for 32 signed bits") with { Result = (_, _, _, result) => Numbers.Extend(result, 32) };
            yield return of.New("width", "the upper half stays what it was") with { Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result };
            yield break;
        }

        yield return of.New("width", "the upper half stays what it was") with { Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result };
        yield return of.New("width", "the result is sign-extended") with { Result = (_, _, _, result) => Numbers.Extend(result, 32) };
        yield return of.New("width", "it is computed with 64 bits") with { Result = (machine, left, right, _) => Numbers.Alu(Wider(machine.Slot), left, right) };
        if (of.Code is 3 or 7 or 9 or 12)
            yield return of.New("width", "it is computed with 64 bits, and the result cut") with { Operate = (machine, left, right) => OrNull(machine, left, right) };
        if (of.Code is 3 or 9)
        {
            yield return of.New("width", "the dividend is not cut to 32 bits") with { Operate = (machine, left, right) => OrNull(machine, left, Narrow(machine.Slot, right)) };
            if (of.IsX) yield return of.New("width", "the divisor is not cut to 32 bits") with { Operate = (machine, left, right) => OrNull(machine, Narrow(machine.Slot, left), right) };
        }

        if (of.Code is 7 or 12)
            yield return of.New("width", "the shifted number is taken for 64 bits with an amount of 5") with { Operate = (machine, left, right) => Numbers.Alu(Wider(machine.Slot), left, right & 31) };
    }

    private static IEnumerable<Fault> Extensions(FaultOf of)
    {
        if (!of.IsK || of.Code is 6 or 7 or 12) yield break;
        foreach (var bits in FaultOf.Cuts)
        {
            yield return of.New("extension", $"imm is cut to {bits} bits") with { Right = (_, value) => Numbers.Cut(value, bits) };
            yield return of.New("extension", $"imm is taken for {bits} signed bits") with { Right = (_, value) => Numbers.Extend(value, bits) };
        }

        if (of.Bits == 64) yield return of.New("extension", "imm is zero-extended") with { Right = (_, value) => (uint)value };
        yield return of.New("extension", "the bytes of imm are reversed") with { Right = (_, value) => Numbers.Extend(Numbers.Swap(value, 32), 32) };
        if (of.Code == 1 && of.Bits == 64)
            yield return of.New("extension", "imm is negated in 32 bits and added") with { Right = (_, value) => value == 0xffff_ffff_8000_0000 ? 0x8000_0000 : value };
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
            yield return of.New("registers", $"r{number} as the second operand is read as 0", slot => slot.Source == number) with { Right = (_, _) => 0 };
            yield return of.New("registers", $"r{number} as the second operand is read as another register", slot => slot.Source == number) with
            {
                Right = (machine, _) => machine.R[number == 10 ? 9 : number ^ 1],
            };
        }

        yield return of.New("registers", "both operands in one register go wrong", slot => slot.Source == slot.Destination) with { Result = (_, _, _, result) => result ^ 1 };
        foreach (var (destination, source) in (IEnumerable<(int, int)>)[(0, 1), (1, 0), (0, 3), (3, 0), (3, 4), (4, 3), (9, 0), (6, 9)])
        {
            yield return of.New("registers", $"r{destination} with r{source} goes wrong", slot => slot.Destination == destination && slot.Source == source) with
            {
                Result = (_, _, _, result) => result ^ 1,
            };
        }
    }

    private static IEnumerable<Fault> Divisions(FaultOf of)
    {
        if (of.Code is not (3 or 9)) yield break;
        var isSigned = of.Form.Id.Contains("/s", StringComparison.Ordinal);
        if (of.IsX)
        {
            yield return of.New("width", "the divisor is tested with the other number of bits") with { IsZero = of.Bits == 32 ? (_, value) => value == 0 : (_, value) => (uint)value == 0 };
            foreach (var bits in (int[])[8, 16, 31, 63])
            {
                if (bits < of.Bits) yield return of.New("width", $"the divisor is tested with {bits} bits") with { IsZero = (_, value) => Numbers.Cut(value, bits) == 0 };
            }

            yield return of.New("width", "the divisor's upper half is tested") with { IsZero = (_, value) => value >> 32 == 0 };
        }

        yield return of.New("traps", "a divisor of zero is not tested") with { IsZero = (_, _) => false };
        yield return of.New("traps", "zero by zero is let pass") with { IsZero = (machine, value) => Numbers.Cut(value, of.Bits) == 0 && machine.R[machine.Slot.Destination] != 0 };
        yield return of.New("traps", "a dividend of zero is tested, too") with { IsZero = (machine, value) => Numbers.Cut(value, of.Bits) == 0 || Numbers.Cut(machine.R[machine.Slot.Destination], of.Bits) == 0 };
        yield return of.New("traps", "the destination is lost at a trap") with { Trap = Lost };
        if (of.IsK)
        {
            yield return of.New("preflight", "a constant divisor of zero is rejected") with
            {
                Rejects = input => input.Problems.Length == 0 && Array.Exists(input.Code, slot => FaultOf.Matching(of.Form)(slot) && slot.Immediate == 0),
            };
            yield return of.New("division", "a power of two is divided by shifting one too far") with { Operate = (machine, left, right) => IsPower(right) && right > 1 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null };
            yield return of.New("division", "division by one goes wrong") with { Operate = (machine, left, right) => right == 1 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null };
            yield return of.New("division", "a negative constant goes wrong") with { Operate = (machine, left, right) => (long)right < 0 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null };
        }

        if (isSigned)
        {
            foreach (var fault in Signed(of)) yield return fault;
        }
        else
        {
            yield return of.New("division", "it is signed") with { Operate = (machine, left, right) => OrNull(machine.Slot with { Offset = 1 }, left, right) };
            yield return of.New("division", "a divisor with its sign bit set goes wrong") with
            {
                Operate = (machine, left, right) => (long)Numbers.Extend(right, of.Bits) < 0 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null,
            };
        }
    }

    private static IEnumerable<Fault> Signed(FaultOf of)
    {
        var bits = of.Bits;
        yield return of.New("signed division", "it is unsigned") with { Operate = (machine, left, right) => OrNull(machine.Slot with { Offset = 0 }, left, right) };
        yield return of.New("signed division", "it rounds down") with { Operate = (machine, left, right) => Floored(machine.Slot, left, right, bits) };
        yield return of.New("signed division", "the sign is that of the divisor") with { Operate = (machine, left, right) => SignOf(machine.Slot, left, right, bits, byDivisor: true) };
        yield return of.New("signed division", "the result is never negative") with { Operate = (machine, left, right) => SignOf(machine.Slot, left, right, bits, byDivisor: null) };
        foreach (var (what, isFirst, isSecond) in (IEnumerable<(string, bool, bool)>)[("dividend", true, false), ("divisor", false, true)])
        {
            if (bits == 32)
            {
                yield return of.New("signed division", $"only the {what} is sign-extended") with
                {
                    Operate = (machine, left, right) => OrNull(Wider(machine.Slot), isFirst ? Numbers.Extend(left, 32) : (uint)left, isSecond ? Numbers.Extend(right, 32) : (uint)right),
                };
            }
        }

        var least = 1UL << (bits - 1);
        foreach (var (what, result) in (IEnumerable<(string, ulong)>)[("0", 0), ("1", 1), ("the greatest number", least - 1), ("the least number", least), ("-1", ulong.MaxValue)])
        {
            if (result != (of.Code == 3 ? least : 0))
                yield return of.New("signed division", $"the least number by -1 yields {what}") with { Operate = (_, left, right) => IsOverflow(left, right, bits) ? result : null };
        }

        var clobbers = of.Clobbers("signed division", "the least number by -1", (machine, before) => IsOverflow(
            before[machine.Slot.Destination], machine.Slot.IsX ? before[machine.Slot.Source] : (ulong)machine.Slot.Immediate, bits));
        foreach (var fault in clobbers) yield return fault;
        clobbers = of.Clobbers("signed division", "-1 as the divisor", (machine, before) => Numbers.Extend(
            machine.Slot.IsX ? before[machine.Slot.Source] : (ulong)machine.Slot.Immediate, bits) == ulong.MaxValue);
        foreach (var fault in clobbers) yield return fault;
        yield return of.New("signed division", "-1 as the divisor yields 0") with { Operate = (_, left, right) => Numbers.Extend(right, bits) == ulong.MaxValue ? (of.Code == 3 ? 0UL : 1UL) : null };
        yield return of.New("signed division", "-1 as the divisor yields the dividend") with { Operate = (_, left, right) => Numbers.Extend(right, bits) == ulong.MaxValue ? left : null };
        if (bits == 32)
            yield return of.New("signed division", "the least number of 64 bits is looked for") with { Operate = (_, left, right) => left == 1UL << 63 && Numbers.Extend(right, bits) == ulong.MaxValue ? 1 : null };
    }

    private static IEnumerable<Fault> Shifts(FaultOf of)
    {
        if (of.Code is not (6 or 7 or 12)) yield break;
        var bits = of.Bits;
        var (other, all) = (bits == 64 ? 31UL : 63UL, of.Code == 12);
        yield return of.New("width", "the amount has the other width's mask") with { Operate = (machine, left, right) => By(machine.Slot, left, right & other, bits) };
        foreach (var (what, mask) in (IEnumerable<(string, ulong)>)[("its low 8 bits", 0xff), ("32 bits", 0xffff_ffff), ("64 bits", ulong.MaxValue), ("16 bits", 0xffff), ("6 bits", 63), ("7 bits", 127)])
        {
            if (mask >= (ulong)bits) yield return of.New("width", $"an amount from {what} is not masked") with { Operate = (machine, left, right) => By(machine.Slot, left, right & mask, bits) };
        }

        foreach (var (what, isLarge) in (IEnumerable<(string, Func<ulong, bool>)>)
        [
            ("an amount of the width", value => value == (ulong)bits), ("an amount above the width", value => value > (ulong)bits), ("a negative amount", value => (long)value < 0),
            ("an amount with bits above 32", value => value >> 32 != 0), ("an amount of the width in 32 bits", value => (uint)value == (uint)bits),
            ("an amount one below the width", value => (value & (ulong)(bits - 1)) == (ulong)(bits - 1)), ("an amount of zero", value => (value & (ulong)(bits - 1)) == 0),
            ("an amount of 31", value => value == 31), ("an amount of 32", value => value == 32), ("an amount of 33", value => value == 33), ("an amount of one", value => value == 1),
        ])
        {
            // An immediate has a sign, and no other bits above 32.
            if (of.IsK && what.Contains("bits above", StringComparison.Ordinal)) continue;
            yield return of.New("width", $"{what} yields 0") with { Operate = (_, _, right) => isLarge(right) ? 0 : null };
            yield return of.New("width", $"{what} yields the number") with { Result = (_, left, right, result) => isLarge(right) ? Numbers.Cut(left, bits) ^ ((right & (ulong)(bits - 1)) == 0 ? 1UL : 0) : result };
        }

        if (of.Code == 12) yield return of.New("extension", "zeros are shifted in") with { Operate = (machine, left, right) => Numbers.Cut(left, bits) >> (int)(right & (ulong)(bits - 1)) };
        if (of.Code == 7) yield return of.New("extension", "the sign is shifted in") with { Operate = (machine, left, right) => (ulong)((long)Numbers.Extend(left, bits) >> (int)(right & (ulong)(bits - 1))) };
        if (of.Code is 7 or 12) yield return of.New("extension", "the sign bit is lost") with { Left = (_, left) => left & ~(1UL << (bits - 1)) };
        if (of.IsK)
        {
            yield return Rejected("an amount of the width or more is rejected", immediate => immediate >= bits);
            yield return Rejected("a negative amount is rejected", immediate => immediate < 0);
            yield return Rejected("an amount of zero is rejected", immediate => immediate == 0);
        }

        foreach (var register in (int[])[0, 1, 3, 4, 9])
        {
            if (of.IsX) yield return of.New("registers", $"the amount is taken from r{register}", slot => slot.Destination != register) with { Right = (machine, _) => machine.R[register] };
        }

        Fault Rejected(string what, Func<int, bool> isMeant) => of.New("preflight", what) with
        {
            Rejects = input => input.Problems.Length == 0 && Array.Exists(input.Code, slot => FaultOf.Matching(of.Form)(slot) && isMeant(slot.Immediate)),
        };
    }

    private static IEnumerable<Fault> Moves(FaultOf of)
    {
        if (of.Code == 11 && of.IsX && of.Form.Layout[Semantics.Instructions.Field.Offset] is Semantics.Instructions.FieldUse.Selects(var selected) && selected != 0)
        {
            var from = (int)selected;
            yield return of.New("MOVSX", "it zero-extends") with { Operate = (_, _, right) => Numbers.Cut(right, from) };
            yield return of.New("MOVSX", "it moves all bits") with { Operate = (_, _, right) => right };
            yield return of.New("MOVSX", "it is sign-extended to 64 bits") with { Result = (_, _, right, result) => of.Bits == 32 ? Numbers.Extend(right, from) : (uint)result };
            foreach (var bits in (int[])[8, 16, 32, 7, 15, 31])
            {
                if (bits != from && !(bits == 32 && of.Bits == 32)) yield return of.New("MOVSX", $"it extends {bits} bits") with { Operate = (_, _, right) => Numbers.Extend(right, bits) };
            }

            yield return of.New("MOVSX", "the upper half is kept") with { Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result };
            yield return of.New("MOVSX", "the destination is extended") with { Operate = (machine, left, _) => Numbers.Extend(left, from) };
        }

        if (of.Code == 8)
        {
            yield return of.New("extension", "the complement is taken") with { Operate = (_, left, _) => ~left };
            yield return of.New("extension", "the least number goes wrong") with { Operate = (_, left, _) => Numbers.Cut(left, of.Bits) == 1UL << (of.Bits - 1) ? 0 : null };
            yield return of.New("extension", "imm is negated") with { Operate = (machine, _, _) => (ulong)-machine.Slot.Immediate };
            yield return of.New("extension", "it is not negated") with { Operate = (_, left, _) => left };
        }
    }

    private static IEnumerable<Fault> Special(FaultOf of)
    {
        if (of.IsK && of.Code is not (6 or 7 or 12))
        {
            foreach (var (what, isMeant) in (IEnumerable<(string, Func<long, bool>)>)
            [
                ("imm of 0", value => value == 0), ("imm of 1", value => value == 1), ("imm of -1", value => value == -1), ("imm of 127", value => value == 127),
                ("imm of 128", value => value == 128), ("imm of -128", value => value == -128), ("imm of 255", value => value == 255), ("imm of 256", value => value == 256),
                ("imm of 0x7fff", value => value == 0x7fff), ("imm of 0x8000", value => value == 0x8000), ("imm of 0xffff", value => value == 0xffff),
                ("the least imm", value => value == int.MinValue), ("the greatest imm", value => value == int.MaxValue),
            ])
            {
                if (of.Code is 3 or 9 && what == "imm of 0") continue;
                yield return of.New("extension", $"{what} goes wrong") with { Result = (_, _, right, result) => isMeant((long)right) ? result ^ 1 : result };
            }
        }

        if (of.Code == 2) yield return of.New("width", "the factors are cut to 32 bits, and the product is not") with { Result = (_, left, right, result) => of.Bits == 64 ? (ulong)(uint)left * (uint)right : (ulong)((long)Numbers.Extend(left, 32) * (long)Numbers.Extend(right, 32)) };
    }

    private static IEnumerable<Fault> ByteOrder(FaultOf of)
    {
        var own = (int)((Semantics.Instructions.FieldUse.Selects)of.Form.Layout[Semantics.Instructions.Field.Immediate]).Value;
        foreach (var bits in (int[])[16, 32, 64])
        {
            if (bits != own) yield return of.New("END", $"it is of {bits} bits") with { Result = (machine, left, _, _) => Numbers.Alu(machine.Slot with { Immediate = bits }, left, 0) };
            if (bits < own) yield return of.New("END", $"the result is cut to {bits} bits") with { Result = (_, _, _, result) => Numbers.Cut(result, bits) };
        }

        yield return of.New("END", "the bytes are in the other order") with { Result = (_, left, _, result) => result == Numbers.Swap(left, own) ? Numbers.Cut(left, own) : Numbers.Swap(left, own) };
        if (own < 64)
        {
            yield return of.New("END", "the bits above are kept") with { Result = (_, left, _, result) => (left & ~((1UL << own) - 1)) | result };
            yield return of.New("END", "the result is sign-extended") with { Result = (_, _, _, result) => Numbers.Extend(result, own) };
            yield return of.New("END", "the bytes of all 64 bits are reversed, and cut") with { Result = (_, left, _, _) => Numbers.Cut(Numbers.Swap(left, 64), own) };
            yield return of.New("END", "only the upper half is cleared") with { Result = (_, left, _, result) => own == 16 ? (left & 0xffff_0000) | result : (left & 0xffff_0000_0000_0000) | result };
        }
        else
        {
            yield return of.New("END", "the halves are exchanged") with { Result = (_, _, _, result) => (result << 32) | (result >> 32) };
            yield return of.New("END", "only the lower half is reversed") with { Result = (_, left, _, result) => (left & 0xffff_ffff_0000_0000) | Numbers.Swap(left, 32) };
            yield return of.New("END", "the result is taken for 32 signed bits") with { Result = (_, _, _, result) => Numbers.Extend(result, 32) };
        }

        yield return of.New("END", "pairs of bytes are exchanged") with { Result = (_, left, _, result) => own == 16 ? (result << 1) | (result >> 15) : ((result & 0xff00ff00ff00ff00) >> 8) | ((result & 0x00ff00ff00ff00ff) << 8) };
        yield return of.New("END", "it does nothing") with { Result = (_, left, _, _) => left };
    }

    private static Ending Lost(PlainMachine machine, Ending end)
    {
        if (end.Trap == "DivisionByZero") machine.R[machine.Slot.Destination] ^= 1;
        return end;
    }

    private static Fields Wider(Fields slot) => slot with { Opcode = (byte)((slot.Opcode & ~7) | 7) };

    private static ulong Narrow(Fields slot, ulong value) => slot.Offset == 0 ? (uint)value : Numbers.Extend(value, 32);

    private static ulong? OrNull(PlainMachine machine, ulong left, ulong right) => OrNull(Wider(machine.Slot), left, right);

    private static ulong? OrNull(Fields slot, ulong left, ulong right) => Numbers.Alu(slot, left, right);

    private static bool IsPower(ulong value) => value != 0 && (value & (value - 1)) == 0;

    private static bool IsOverflow(ulong left, ulong right, int bits) => Numbers.Cut(left, bits) == 1UL << (bits - 1) && Numbers.Extend(right, bits) == ulong.MaxValue;

    private static ulong By(Fields slot, ulong left, ulong amount, int bits)
    {
        var value = slot.Code == 12 ? Numbers.Extend(left, bits) : Numbers.Cut(left, bits);
        if (amount >= (ulong)Math.Max(bits, 1) && amount >= 64) return slot.Code == 12 && (long)value < 0 ? ulong.MaxValue : 0;
        return slot.Code switch { 6 => value << (int)amount, 7 => value >> (int)amount, _ => (ulong)((long)value >> (int)amount) };
    }

    private static ulong? Floored(Fields slot, ulong left, ulong right, int bits)
    {
        if (Numbers.Cut(right, bits) == 0 || IsOverflow(left, right, bits)) return null;
        var (x, y) = ((long)Numbers.Extend(left, bits), (long)Numbers.Extend(right, bits));
        var (quotient, remainder) = (y == -1 ? -x : x / y, y == -1 ? 0 : x % y);
        var isLower = remainder != 0 && (x < 0) != (y < 0);
        return (ulong)(slot.Code == 3 ? quotient - (isLower ? 1 : 0) : remainder + (isLower ? y : 0));
    }

    private static ulong? SignOf(Fields slot, ulong left, ulong right, int bits, bool? byDivisor)
    {
        if (Numbers.Cut(right, bits) == 0 || IsOverflow(left, right, bits)) return null;
        var (x, y) = ((long)Numbers.Extend(left, bits), (long)Numbers.Extend(right, bits));
        var result = (long)Numbers.Extend(Numbers.Alu(slot, left, right), bits);
        var isNegative = byDivisor is null ? false : y < 0;
        return (ulong)(result < 0 != isNegative ? -result : result);
    }
}

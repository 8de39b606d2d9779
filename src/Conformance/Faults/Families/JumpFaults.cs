using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>The faults of machines in jumps.</summary>
internal static class JumpFaults
{
    /// <summary>The faults of a jump that shows in its own vectors.</summary>
    public static IEnumerable<Fault> Of(FaultOf of) =>
        of.Code == 0 ? Always(of) : [.. Widths(of), .. Extensions(of), .. Orders(of), .. Registers(of), .. Places(of), .. Costs(of)];

    /// <summary>The faults of a jump that take a program of many slots, or of many jumps, to show.</summary>
    public static IEnumerable<Fault> Far(FaultOf of)
    {
        foreach (var bits in (int[])[8, 9, 10, 11, 12, 13, 14, 15])
        {
            yield return Distance(of, $"the distance is cut to {bits} bits", (_, distance) => (long)Numbers.Cut((ulong)distance, bits));
            yield return Distance(of, $"the distance is taken for {bits} signed bits", (_, distance) =>
                (long)Numbers.Extend((ulong)distance, bits));
        }

        yield return Distance(of, "the distance is unsigned", (_, distance) => (ushort)distance);
        if (of.Form.Id is "jmp/ja32" or "jmp/call-local")
        {
            yield return Distance(of, "the distance is cut to 16 bits", (_, distance) => (long)Numbers.Cut((ulong)distance, 16));
            yield return Distance(of, "the distance is taken for 16 signed bits", (_, distance) =>
                (long)Numbers.Extend((ulong)distance, 16));
        }

        yield return Distance(of, "the distance in bytes is cut to 16 bits", (_, distance) => (short)(distance * 8) / 8);
        yield return Distance(of, "the distance in bytes is cut to 15 bits", (_, distance) =>
            (long)Numbers.Extend((ulong)(distance * 8), 15) / 8);
        yield return Distance(of, "distances forward count instructions", (machine, distance) =>
            distance > 0 ? Instructions(machine, distance) : distance);
        yield return Distance(of, "distances backward count instructions", (machine, distance) =>
            distance < 0 ? Instructions(machine, distance) : distance);
        yield return Refused(of, "a distance of -1 is rejected", (slot, _, _) => Displacement(slot) == -1);
        yield return Refused(of, "a distance of 0 is rejected", (slot, _, _) => Displacement(slot) == 0);
        yield return Refused(of, "a jump to slot 0 is rejected", (slot, at, _) => at + 1 + Displacement(slot) == 0);
        yield return Refused(of, "a jump to the last slot is rejected", (slot, at, length) => at + 1 + Displacement(slot) == length - 1);
        yield return Refused(of, "jumps backward are rejected", (slot, _, _) => Displacement(slot) < -1);
        yield return Distance(of, "a jump to slot 0 leads to slot 1", (machine, distance) =>
            machine.Pc + 1 + distance == 0 ? distance + 1 : distance);
        foreach (var least in (int[])[127, 128, 255, 256, 1023, 2047])
        {
            yield return Refused(of, $"a distance above {least} is rejected", (slot, _, _) => Displacement(slot) > least);
            yield return Refused(of, $"a distance below -{least} is rejected", (slot, _, _) => Displacement(slot) < -least);
        }
    }

    /// <summary>The distance of a jump or a local call.</summary>
    public static int Displacement(Fields slot) => slot.Opcode is 0x06 or 0x85 ? slot.Immediate : slot.Offset;

    private static IEnumerable<Fault> Always(FaultOf of) =>
        [.. Places(of), .. Costs(of), .. of.Clobbers("registers", "it", (_, _) => true)];

    private static IEnumerable<Fault> Widths(FaultOf of)
    {
        if (of.Bits == 64)
        {
            yield return of.New("width", "the first operand is cut to 32 bits") with { Left = (_, value) => (uint)value };
            yield return of.New("width", "the first operand is taken for 32 signed bits") with
            {
                Left = (_, value) => Numbers.Extend(value, 32),
            };
            yield return of.New("width", "32 bits are compared") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 6), left, right),
            };
            yield return of.New("width", "only the upper halves are compared") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 6), left >> 32, right >> 32),
            };
            if (!of.IsX) yield break;
            yield return of.New("width", "the second operand is cut to 32 bits") with { Right = (_, value) => (uint)value };
            yield return of.New("width", "the second operand is taken for 32 signed bits") with
            {
                Right = (_, value) => Numbers.Extend(value, 32),
            };
            yield break;
        }

        yield return of.New("width", "64 bits are compared") with
        {
            Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 5), left, right),
        };
        if (of.Code == 4) yield break;
        yield return of.New("width", "the first operand is not cut") with
        {
            Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 5), left, Narrow(machine.Slot, right)),
        };
        if (of.IsX)
        {
            yield return of.New("width", "the second operand is not cut") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 5), Narrow(machine.Slot, left), right),
            };
        }

        if (of.Code is 6 or 7 or 12 or 13)
        {
            yield return of.New("width", "64 bits are compared of the numbers with zeros above") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(Class(machine.Slot, 5), (uint)left, (uint)right),
            };
        }
    }

    private static IEnumerable<Fault> Extensions(FaultOf of)
    {
        if (!of.IsK) yield break;
        foreach (var bits in FaultOf.Cuts)
        {
            yield return of.New("extension", $"imm is cut to {bits} bits") with { Right = (_, value) => Numbers.Cut(value, bits) };
            yield return of.New("extension", $"imm is taken for {bits} signed bits") with
            {
                Right = (_, value) => Numbers.Extend(value, bits),
            };
        }

        if (of.Bits == 64) yield return of.New("extension", "imm is zero-extended") with { Right = (_, value) => (uint)value };
        foreach (var (what, isMeant) in (IEnumerable<(string, Func<long, bool>)>)
        [
            ("imm of 0", value => value == 0),
            ("imm of 1", value => value == 1),
            ("imm of -1", value => value == -1),
            ("imm of 127", value => value == 127),
            ("imm of 128", value => value == 128),
            ("imm of -128", value => value == -128),
            ("the least imm", value => value == int.MinValue),
            ("the greatest imm", value => value == int.MaxValue),
            ("a negative imm", value => value < 0),
        ])
        {
            yield return of.New("extension", $"{what} goes wrong") with
            {
                Taken = (_, _, right, isTaken) => isTaken != isMeant((long)right),
            };
        }
    }

    private static IEnumerable<Fault> Orders(FaultOf of)
    {
        var bits = of.Bits;
        if (of.Code is 2 or 3 or 6 or 7 or 10 or 11 or 12 or 13)
        {
            yield return of.New("width", "the sign of the difference decides") with
            {
                Taken = (machine, left, right, _) => Sign(machine.Slot.Code, (long)Numbers.Extend(left - right, bits)),
            };
            yield return of.New("width", "the sign of the 32-bit difference decides") with
            {
                Taken = (machine, left, right, _) => Sign(machine.Slot.Code, (long)Numbers.Extend(left - right, 32)),
            };
            yield return of.New("width", "the comparison has the other sign") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(machine.Slot with { Opcode = Signed(machine.Slot) }, left, right),
            };
            yield return of.New("width", "magnitudes are compared") with
            {
                Taken = (machine, left, right, _) => Numbers.Holds(machine.Slot, Magnitude(left, bits), Magnitude(right, bits)),
            };
        }

        if (of.Code == 4)
        {
            yield return of.New("width", "a result with its sign bit set is not seen") with
            {
                Taken = (_, left, right, _) => (long)Numbers.Extend(left & right, bits) > 0,
            };
            yield return of.New("width", "all bits have to be set") with
            {
                Taken = (_, left, right, _) => Numbers.Cut(left & right, bits) == Numbers.Cut(right, bits) && Numbers.Cut(right, bits) != 0,
            };
            foreach (var low in (int[])[8, 16, 31, 32, 63])
            {
                if (low < bits)
                {
                    yield return of.New("width", $"only {low} bits of the result are tested") with
                    {
                        Taken = (_, left, right, _) => Numbers.Cut(left & right, low) != 0,
                    };
                }
            }
        }

        foreach (var (what, isMeant) in (IEnumerable<(string, Func<ulong, ulong, bool>)>)
        [
            ("equal operands", (left, right) => left == right),
            ("a first operand of zero", (left, _) => left == 0),
            ("a first operand with its sign bit set", (left, _) => left >> (bits - 1) != 0),
            ("operands with different sign bits", (left, right) => (left >> (bits - 1)) != (right >> (bits - 1))),
            ("a first operand greater by one", (left, right) => left == Numbers.Cut(right + 1, bits)),
            ("a first operand less by one", (left, right) => right == Numbers.Cut(left + 1, bits)),
            ("the least number", (left, _) => left == 1UL << (bits - 1)),
            ("all ones", (left, _) => left == Numbers.Cut(ulong.MaxValue, bits)),
            ("operands that differ in the highest bit only", (left, right) => (left ^ right) == 1UL << (bits - 1)),
            ("operands that differ in their lower halves only", (left, right) => left != right && left >> 16 == right >> 16),
        ])
        {
            yield return of.New("width", $"{what}: it goes wrong") with
            {
                Taken = (_, left, right, isTaken) => isTaken != isMeant(Numbers.Cut(left, bits), Numbers.Cut(right, bits)),
            };
        }
    }

    private static IEnumerable<Fault> Registers(FaultOf of)
    {
        for (var register = 0; register <= 10; register++)
        {
            var number = register;
            yield return of.New("registers", $"r{number} as the first operand goes wrong", slot => slot.Destination == number) with
            {
                Taken = (_, _, _, isTaken) => !isTaken,
            };
            if (number < 10)
            {
                yield return of.New("registers", $"r{number} as the first operand is read as another register", slot =>
                    slot.Destination == number) with
                {
                    Left = (machine, _) => machine.R[number ^ 1],
                };
            }

            if (!of.IsX) continue;
            yield return of.New("registers", $"r{number} as the second operand goes wrong", slot => slot.Source == number) with
            {
                Taken = (_, _, _, isTaken) => !isTaken,
            };
            if (number < 10)
            {
                yield return of.New("registers", $"r{number} as the second operand is read as another register", slot =>
                    slot.Source == number) with
                {
                    Right = (machine, _) => machine.R[number ^ 1],
                };
            }
        }

        if (of.IsX)
        {
            yield return of.New("registers", "one register twice goes wrong", slot => slot.Source == slot.Destination) with
            {
                Taken = (_, _, _, isTaken) => !isTaken,
            };
        }

        foreach (var fault in of.Clobbers("registers", "it", (_, _) => true)) yield return fault;
        if (of.Form.Operand is not Semantics.Instructions.SourceOperand.None)
        {
            yield return of.New("registers", "the first operand is overwritten by the difference") with
            {
                After = (machine, before) => machine.R[machine.Slot.Destination] = before[machine.Slot.Destination] ^ 1,
            };
        }
    }

    private static IEnumerable<Fault> Places(FaultOf of)
    {
        yield return Distance(of, "it leads one slot too far", (_, distance) => distance + 1);
        yield return Distance(of, "it leads one slot too near", (_, distance) => distance - 1);
        yield return Distance(of, "it is never far", (_, distance) => Math.Clamp(distance, -1, 1));
        yield return Distance(of, "jumps backward lead forward", (_, distance) => distance < -1 ? -distance : distance);
        yield return Distance(of, "jumps backward are not taken", (_, distance) => distance < 0 ? 0 : distance);
        yield return Distance(of, "jumps forward are not taken", (_, distance) => distance > 0 ? 0 : distance);
        yield return Distance(of, "a distance of 1 goes wrong", (_, distance) => distance == 1 ? 0 : distance);
        yield return Distance(of, "a distance of 0 goes wrong", (_, distance) => distance == 0 ? 1 : distance);
    }

    private static IEnumerable<Fault> Costs(FaultOf of)
    {
        yield return of.New("budget", "it costs nothing") with { Cost = (_, _, _) => 0 };
        yield return of.New("budget", "it costs two branches") with { Cost = (_, _, cost) => cost * 2 };
        yield return of.New("budget", "it gives a branch back") with { Cost = (_, _, cost) => -cost };
        if (of.Code != 0) yield return of.New("budget", "it costs a branch when it is not taken") with { Cost = (_, _, _) => 1 };
        yield return of.New("budget", "it costs nothing forward") with
        {
            Cost = (machine, _, cost) => Displacement(machine.Slot) >= 0 ? 0 : cost,
        };
        yield return of.New("budget", "the last branch is not granted") with
        {
            Cost = (machine, isTaken, cost) => isTaken && machine.Branches == 1 ? 2 : cost,
        };
        yield return of.New("budget", "one more branch is granted") with
        {
            Cost = (machine, isTaken, cost) => machine.Branches == 0 ? 0 : cost,
        };
        yield return of.New("budget", "the trap is told of the target") with
        {
            Trap = (machine, end) =>
                end.Trap == "BranchBudget" && FaultOf.Matching(of.Form)(machine.Slot)
                    ? end with
                    {
                        ProgramCounter = machine.Pc + 1 + Displacement(machine.Slot),
                    }
                    : end,
        };
    }

    private static Fault Distance(FaultOf of, string what, Func<PlainMachine, long, long> change) => of.New("jumps", what) with
    {
        Target = (machine, target) => machine.Pc + 1 + change(machine, target - machine.Pc - 1),
    };

    private static Fault Refused(FaultOf of, string what, Func<Fields, int, int, bool> isMeant)
    {
        var matches = FaultOf.Matching(of.Form);
        return of.New("jumps", what) with
        {
            Rejects = input =>
            {
                if (input.Problems.Length > 0) return false;
                for (var slot = 0; slot < input.Code.Length; slot++)
                {
                    if (matches(input.Code[slot]) && isMeant(input.Code[slot], slot, input.Code.Length)) return true;
                    if (input.Code[slot].IsWide) slot++;
                }

                return false;
            },
        };
    }

    // So many instructions on, in slots.
    private static long Instructions(PlainMachine machine, long distance)
    {
        var (code, at) = (machine.Input.Code, machine.Pc + 1);
        var starts = new List<int>();
        for (var slot = 0; slot < code.Length; slot += code[slot].IsWide ? 2 : 1) starts.Add(slot);
        var place = starts.IndexOf((int)at);
        if (place < 0) return distance;
        var target = place + distance;
        return target >= 0 && target < starts.Count ? starts[(int)target] - at : distance * 2;
    }

    private static Fields Class(Fields slot, int @class) => slot with { Opcode = (byte)((slot.Opcode & ~7) | @class) };

    private static ulong Narrow(Fields slot, ulong value) => slot.Code is 6 or 7 or 12 or 13 ? Numbers.Extend(value, 32) : (uint)value;

    private static bool Sign(int code, long difference) => code switch
    {
        2 or 6 => difference > 0,
        3 or 7 => difference >= 0,
        10 or 12 => difference < 0,
        _ => difference <= 0,
    };

    private static byte Signed(Fields slot)
    {
        var other = slot.Code switch { 2 => 6, 3 => 7, 6 => 2, 7 => 3, 10 => 12, 11 => 13, 12 => 10, _ => 11 };
        return (byte)((slot.Opcode & 0xf) | (other << 4));
    }

    private static ulong Magnitude(ulong value, int bits)
    {
        var number = (long)Numbers.Extend(value, bits);
        return (ulong)(number < 0 ? unchecked(-number) : number);
    }
}

using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

internal static partial class AluFaults
{
    private static IEnumerable<Fault> Divisions(FaultOf of)
    {
        if (of.Code is not (3 or 9)) yield break;
        var isSigned = of.Form.Id.Contains("/s", StringComparison.Ordinal);
        if (of.IsX)
        {
            yield return of.New("width", "the divisor is tested with the other number of bits") with
            {
                IsZero = of.Bits == 32 ? (_, value) => value == 0 : (_, value) => (uint)value == 0,
            };
            foreach (var bits in (int[])[8, 16, 31, 63])
            {
                if (bits < of.Bits)
                {
                    yield return of.New("width", $"the divisor is tested with {bits} bits") with
                    {
                        IsZero = (_, value) => Numbers.Cut(value, bits) == 0,
                    };
                }
            }

            yield return of.New("width", "the divisor's upper half is tested") with { IsZero = (_, value) => value >> 32 == 0 };
        }

        yield return of.New("traps", "a divisor of zero is not tested") with { IsZero = (_, _) => false };
        yield return of.New("traps", "zero by zero is let pass") with
        {
            IsZero = (machine, value) => Numbers.Cut(value, of.Bits) == 0 && machine.R[machine.Slot.Destination] != 0,
        };
        yield return of.New("traps", "a dividend of zero is tested, too") with
        {
            IsZero = (machine, value) => Numbers.Cut(value, of.Bits) == 0 || Numbers.Cut(machine.R[machine.Slot.Destination], of.Bits) == 0,
        };
        yield return of.New("traps", "the destination is lost at a trap") with { Trap = Lost };
        if (of.IsK)
        {
            yield return of.New("preflight", "a constant divisor of zero is rejected") with
            {
                Rejects = input =>
                    input.Problems.Length == 0 && Array.Exists(input.Code, slot => FaultOf.Matching(of.Form)(slot) && slot.Immediate == 0),
            };
            yield return of.New("division", "a power of two is divided by shifting one too far") with
            {
                Operate = (machine, left, right) => IsPower(right) && right > 1 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null,
            };
            yield return of.New("division", "division by one goes wrong") with
            {
                Operate = (machine, left, right) => right == 1 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null,
            };
            yield return of.New("division", "a negative constant goes wrong") with
            {
                Operate = (machine, left, right) => (long)right < 0 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null,
            };
        }

        if (isSigned)
        {
            foreach (var fault in Signed(of)) yield return fault;
        }
        else
        {
            yield return of.New("division", "it is signed") with
            {
                Operate = (machine, left, right) => OrNull(machine.Slot with { Offset = 1 }, left, right),
            };
            yield return of.New("division", "a divisor with its sign bit set goes wrong") with
            {
                Operate = (machine, left, right) =>
                    (long)Numbers.Extend(right, of.Bits) < 0 ? Numbers.Alu(machine.Slot, left, right) ^ 1 : null,
            };
        }
    }

    private static IEnumerable<Fault> Signed(FaultOf of)
    {
        var bits = of.Bits;
        yield return of.New("signed division", "it is unsigned") with
        {
            Operate = (machine, left, right) => OrNull(machine.Slot with { Offset = 0 }, left, right),
        };
        yield return of.New("signed division", "it rounds down") with
        {
            Operate = (machine, left, right) => Floored(machine.Slot, left, right, bits),
        };
        yield return of.New("signed division", "the sign is that of the divisor") with
        {
            Operate = (machine, left, right) => SignOf(machine.Slot, left, right, bits, byDivisor: true),
        };
        yield return of.New("signed division", "the result is never negative") with
        {
            Operate = (machine, left, right) => SignOf(machine.Slot, left, right, bits, byDivisor: null),
        };
        foreach (var (what, isFirst, isSecond) in (IEnumerable<(string, bool, bool)>)[("dividend", true, false), ("divisor", false, true)])
        {
            if (bits == 32)
            {
                yield return of.New("signed division", $"only the {what} is sign-extended") with
                {
                    Operate = (machine, left, right) =>
                        OrNull(
                            Wider(machine.Slot),
                            isFirst ? Numbers.Extend(left, 32) : (uint)left,
                            isSecond ? Numbers.Extend(right, 32) : (uint)right),
                };
            }
        }

        var least = 1UL << (bits - 1);
        foreach (var (what, result) in (IEnumerable<(string, ulong)>)
            [("0", 0), ("1", 1), ("the greatest number", least - 1), ("the least number", least), ("-1", ulong.MaxValue)])
        {
            if (result != (of.Code == 3 ? least : 0))
            {
                yield return of.New("signed division", $"the least number by -1 yields {what}") with
                {
                    Operate = (_, left, right) => IsOverflow(left, right, bits) ? result : null,
                };
            }
        }

        var clobbers = of.Clobbers("signed division", "the least number by -1", (machine, before) => IsOverflow(
            before[machine.Slot.Destination], machine.Slot.IsX ? before[machine.Slot.Source] : (ulong)machine.Slot.Immediate, bits));
        foreach (var fault in clobbers) yield return fault;
        clobbers = of.Clobbers("signed division", "-1 as the divisor", (machine, before) => Numbers.Extend(
            machine.Slot.IsX ? before[machine.Slot.Source] : (ulong)machine.Slot.Immediate, bits) == ulong.MaxValue);
        foreach (var fault in clobbers) yield return fault;
        yield return of.New("signed division", "-1 as the divisor yields 0") with
        {
            Operate = (_, left, right) => Numbers.Extend(right, bits) == ulong.MaxValue ? (of.Code == 3 ? 0UL : 1UL) : null,
        };
        yield return of.New("signed division", "-1 as the divisor yields the dividend") with
        {
            Operate = (_, left, right) => Numbers.Extend(right, bits) == ulong.MaxValue ? left : null,
        };
        if (bits == 32)
        {
            yield return of.New("signed division", "the least number of 64 bits is looked for") with
            {
                Operate = (_, left, right) => left == 1UL << 63 && Numbers.Extend(right, bits) == ulong.MaxValue ? 1 : null,
            };
        }
    }

    private static Ending Lost(PlainMachine machine, Ending end)
    {
        if (end.Trap == "DivisionByZero") machine.R[machine.Slot.Destination] ^= 1;
        return end;
    }

    private static bool IsPower(ulong value) => value != 0 && (value & (value - 1)) == 0;

    private static bool IsOverflow(ulong left, ulong right, int bits) =>
        Numbers.Cut(left, bits) == 1UL << (bits - 1) && Numbers.Extend(right, bits) == ulong.MaxValue;

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

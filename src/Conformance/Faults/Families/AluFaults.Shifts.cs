namespace RbpfSpec.Conformance.Faults.Families;

internal static partial class AluFaults
{
    private static IEnumerable<Fault> Shifts(FaultOf of)
    {
        if (of.Code is not (6 or 7 or 12)) yield break;
        var bits = of.Bits;
        var (other, all) = (bits == 64 ? 31UL : 63UL, of.Code == 12);
        yield return of.New("width", "the amount has the other width's mask") with
        {
            Operate = (machine, left, right) => By(machine.Slot, left, right & other, bits),
        };
        foreach (var (what, mask) in (IEnumerable<(string, ulong)>)
        [
            ("its low 8 bits", 0xff),
            ("32 bits", 0xffff_ffff),
            ("64 bits", ulong.MaxValue),
            ("16 bits", 0xffff),
            ("6 bits", 63),
            ("7 bits", 127),
        ])
        {
            if (mask >= (ulong)bits)
            {
                yield return of.New("width", $"an amount from {what} is not masked") with
                {
                    Operate = (machine, left, right) => By(machine.Slot, left, right & mask, bits),
                };
            }
        }

        foreach (var (what, isLarge) in (IEnumerable<(string, Func<ulong, bool>)>)
        [
            ("an amount of the width", value => value == (ulong)bits),
            ("an amount above the width", value => value > (ulong)bits),
            ("a negative amount", value => (long)value < 0),
            ("an amount with bits above 32", value => value >> 32 != 0),
            ("an amount of the width in 32 bits", value => (uint)value == (uint)bits),
            ("an amount one below the width", value => (value & (ulong)(bits - 1)) == (ulong)(bits - 1)),
            ("an amount of zero", value => (value & (ulong)(bits - 1)) == 0),
            ("an amount of 31", value => value == 31),
            ("an amount of 32", value => value == 32),
            ("an amount of 33", value => value == 33),
            ("an amount of one", value => value == 1),
        ])
        {
            // An immediate has a sign, and no other bits above 32.
            if (of.IsK && what.Contains("bits above", StringComparison.Ordinal)) continue;
            yield return of.New("width", $"{what} yields 0") with { Operate = (_, _, right) => isLarge(right) ? 0 : null };
            yield return of.New("width", $"{what} yields the number") with
            {
                Result = (_, left, right, result) =>
                    isLarge(right) ? Numbers.Cut(left, bits) ^ ((right & (ulong)(bits - 1)) == 0 ? 1UL : 0) : result,
            };
        }

        if (of.Code == 12)
        {
            yield return of.New("extension", "zeros are shifted in") with
            {
                Operate = (machine, left, right) => Numbers.Cut(left, bits) >> (int)(right & (ulong)(bits - 1)),
            };
        }

        if (of.Code == 7)
        {
            yield return of.New("extension", "the sign is shifted in") with
            {
                Operate = (machine, left, right) => (ulong)((long)Numbers.Extend(left, bits) >> (int)(right & (ulong)(bits - 1))),
            };
        }

        if (of.Code is 7 or 12)
        {
            yield return of.New("extension", "the sign bit is lost") with
            {
                Left = (_, left) => left & ~(1UL << (bits - 1)),
            };
        }

        if (of.IsK)
        {
            yield return Rejected("an amount of the width or more is rejected", immediate => immediate >= bits);
            yield return Rejected("a negative amount is rejected", immediate => immediate < 0);
            yield return Rejected("an amount of zero is rejected", immediate => immediate == 0);
        }

        foreach (var register in (int[])[0, 1, 3, 4, 9])
        {
            if (of.IsX)
            {
                yield return of.New("registers", $"the amount is taken from r{register}", slot => slot.Destination != register) with
                {
                    Right = (machine, _) => machine.R[register],
                };
            }
        }

        Fault Rejected(string what, Func<int, bool> isMeant) =>
            of.New("preflight", what) with
            {
                Rejects = input =>
                    input.Problems.Length == 0
                    && Array.Exists(input.Code, slot => FaultOf.Matching(of.Form)(slot) && isMeant(slot.Immediate)),
            };
    }

    private static ulong By(Fields slot, ulong left, ulong amount, int bits)
    {
        var value = slot.Code == 12 ? Numbers.Extend(left, bits) : Numbers.Cut(left, bits);
        if (amount >= (ulong)Math.Max(bits, 1) && amount >= 64) return slot.Code == 12 && (long)value < 0 ? ulong.MaxValue : 0;
        return slot.Code switch { 6 => value << (int)amount, 7 => value >> (int)amount, _ => (ulong)((long)value >> (int)amount) };
    }
}

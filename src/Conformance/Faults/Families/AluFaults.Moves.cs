namespace RbpfSpec.Conformance.Faults.Families;

internal static partial class AluFaults
{
    private static IEnumerable<Fault> Moves(FaultOf of)
    {
        if (of.Code == 11
            && of.IsX
            && of.Form.Layout[Semantics.Instructions.Field.Offset] is Semantics.Instructions.FieldUse.Selects(var selected)
            && selected != 0)
        {
            var from = (int)selected;
            yield return of.New("MOVSX", "it zero-extends") with { Operate = (_, _, right) => Numbers.Cut(right, from) };
            yield return of.New("MOVSX", "it moves all bits") with { Operate = (_, _, right) => right };
            yield return of.New("MOVSX", "it is sign-extended to 64 bits") with
            {
                Result = (_, _, right, result) => of.Bits == 32 ? Numbers.Extend(right, from) : (uint)result,
            };
            foreach (var bits in (int[])[8, 16, 32, 7, 15, 31])
            {
                if (bits != from && !(bits == 32 && of.Bits == 32))
                {
                    yield return of.New("MOVSX", $"it extends {bits} bits") with
                    {
                        Operate = (_, _, right) => Numbers.Extend(right, bits),
                    };
                }
            }

            yield return of.New("MOVSX", "the upper half is kept") with
            {
                Result = (machine, _, _, result) => (machine.R[machine.Slot.Destination] & 0xffff_ffff_0000_0000) | (uint)result,
            };
            yield return of.New("MOVSX", "the destination is extended") with { Operate = (machine, left, _) => Numbers.Extend(left, from) };
        }

        if (of.Code == 8)
        {
            yield return of.New("extension", "the complement is taken") with { Operate = (_, left, _) => ~left };
            yield return of.New("extension", "the least number goes wrong") with
            {
                Operate = (_, left, _) => Numbers.Cut(left, of.Bits) == 1UL << (of.Bits - 1) ? 0 : null,
            };
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
                ("imm of 0", value => value == 0),
                ("imm of 1", value => value == 1),
                ("imm of -1", value => value == -1),
                ("imm of 127", value => value == 127),
                ("imm of 128", value => value == 128),
                ("imm of -128", value => value == -128),
                ("imm of 255", value => value == 255),
                ("imm of 256", value => value == 256),
                ("imm of 0x7fff", value => value == 0x7fff),
                ("imm of 0x8000", value => value == 0x8000),
                ("imm of 0xffff", value => value == 0xffff),
                ("the least imm", value => value == int.MinValue),
                ("the greatest imm", value => value == int.MaxValue),
            ])
            {
                if (of.Code is 3 or 9 && what == "imm of 0") continue;
                yield return of.New("extension", $"{what} goes wrong") with
                {
                    Result = (_, _, right, result) => isMeant((long)right) ? result ^ 1 : result,
                };
            }
        }

        if (of.Code == 2)
        {
            yield return of.New("width", "the factors are cut to 32 bits, and the product is not") with
            {
                Result = (_, left, right, result) =>
                    of.Bits == 64
                        ? (ulong)(uint)left * (uint)right
                        : (ulong)((long)Numbers.Extend(left, 32) * (long)Numbers.Extend(right, 32)),
            };
        }
    }

    private static IEnumerable<Fault> ByteOrder(FaultOf of)
    {
        var own = (int)((Semantics.Instructions.FieldUse.Selects)of.Form.Layout[Semantics.Instructions.Field.Immediate]).Value;
        foreach (var bits in (int[])[16, 32, 64])
        {
            if (bits != own)
            {
                yield return of.New("END", $"it is of {bits} bits") with
                {
                    Result = (machine, left, _, _) => Numbers.Alu(machine.Slot with { Immediate = bits }, left, 0),
                };
            }

            if (bits < own)
            {
                yield return of.New("END", $"the result is cut to {bits} bits") with
                {
                    Result = (_, _, _, result) => Numbers.Cut(result, bits),
                };
            }
        }

        yield return of.New("END", "the bytes are in the other order") with
        {
            Result = (_, left, _, result) => result == Numbers.Swap(left, own) ? Numbers.Cut(left, own) : Numbers.Swap(left, own),
        };
        if (own < 64)
        {
            yield return of.New("END", "the bits above are kept") with
            {
                Result = (_, left, _, result) => (left & ~((1UL << own) - 1)) | result,
            };
            yield return of.New("END", "the result is sign-extended") with { Result = (_, _, _, result) => Numbers.Extend(result, own) };
            yield return of.New("END", "the bytes of all 64 bits are reversed, and cut") with
            {
                Result = (_, left, _, _) => Numbers.Cut(Numbers.Swap(left, 64), own),
            };
            yield return of.New("END", "only the upper half is cleared") with
            {
                Result = (_, left, _, result) => own == 16 ? (left & 0xffff_0000) | result : (left & 0xffff_0000_0000_0000) | result,
            };
        }
        else
        {
            yield return of.New("END", "the halves are exchanged") with { Result = (_, _, _, result) => (result << 32) | (result >> 32) };
            yield return of.New("END", "only the lower half is reversed") with
            {
                Result = (_, left, _, result) => (left & 0xffff_ffff_0000_0000) | Numbers.Swap(left, 32),
            };
            yield return of.New("END", "the result is taken for 32 signed bits") with
            {
                Result = (_, _, _, result) => Numbers.Extend(result, 32),
            };
        }

        yield return of.New("END", "pairs of bytes are exchanged") with
        {
            Result = (_, left, _, result) =>
                own == 16 ? (result << 1) | (result >> 15) : ((result & 0xff00ff00ff00ff00) >> 8) | ((result & 0x00ff00ff00ff00ff) << 8),
        };
        yield return of.New("END", "it does nothing") with { Result = (_, left, _, _) => left };
    }
}

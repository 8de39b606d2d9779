using RbpfSpec.Images.Packing;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>The claims about unpacking: it reads within its input, remembers within its window, and writes within its bound.</summary>
/// <remarks>About the compiled code of <see cref="Places"/>, <see cref="PackedNumber"/> and <see cref="FieldPacking"/>.</remarks>
public static class Packing
{
    private const int LeastWindowBits = 4;
    private const int MostWindowBits = 15;

    // Any place in the window, and any numbers of a stream.
    private static readonly Term Head = Make.Variable("head", 32);
    private static readonly Term Bits = Make.Variable("bits", 32);
    private static readonly Term Bit = Make.Variable("bit", 64);
    private static readonly Term Length = Make.Variable("length", 32);
    private static readonly Term Number = Make.Variable("number", 32);

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
        ((Sequence<CodeClaim>)[Window, History, Match, Input, BitsOfBytes, Room, Slots, Numbers, Signed, Fields])
            .Select(claim => claim.ToClaim());

    private static CodeClaim Window => new(
        "packing/window",
        "In every window that heatshrink has, a match reads, and every byte is remembered, at a place within the window.",
        Clause.Spec("LZSS"),
        [],
        code => OfEachWindow((size, head, distance) =>
            Before(code, head, distance, size).Below(size) & After(code, head, size).Below(size)),
        [
            new("the place is not taken modulo the size", nameof(Places.Before), (_, asked) => asked[0] - asked[1]),
            new("the mask is the size", nameof(Places.After), (_, asked) => (asked[0] + 1) & asked[1]),
            new("the window is twice as large", nameof(Places.Before), (code, asked) => code([asked[0], asked[1], asked[2] + asked[2]])),
        ]);

    // The window before a byte is remembered has, at each distance, the byte that was said so long before; so it has after it.
    private static CodeClaim History
    {
        get
        {
            var window = Make.Variable("window", new Sort.Array(32, 8));
            var said = Make.Variable("said", new Sort.Array(32, 8));
            var (time, value) = (Make.Variable("time", 32), Make.Variable("value", 8));
            return new(
                "packing/tokens",
                "A match yields the bytes that were said its distance before, whatever its distance within the window: "
                + "if that holds before a byte is remembered, it holds after it.",
                Clause.Spec("LZSS"),
                [],
                code => OfEachWindow((size, head, distance) =>
                {
                    // What holds of one distance less, before; the newest byte is the one that is remembered now.
                    var before = distance - 1;
                    var known = distance.EqualTo(1) | window[Before(code, head, before, size)].EqualTo(said[time - before]);
                    var (windowAfter, saidAfter) = (Make.Store(window, head, value), Make.Store(said, time, value));
                    var next = After(code, head, size);
                    return known.Implies(
                        windowAfter[Before(code, next, distance, size)].EqualTo(saidAfter[time + 1 - distance]));
                }),
                [
                    new("a match reads the byte after", nameof(Places.Before), (code, asked) => code([asked[0] + 1, asked[1], asked[2]])),
                    new("the distance is 1 less", nameof(Places.Before), (code, asked) => code([asked[0], asked[1] - 1, asked[2]])),
                    new("a place of the window is left out", nameof(Places.After), (code, asked) => code([asked[0] + 1, asked[1]])),
                ]);
        }
    }

    private static CodeClaim Match => new(
        "packing/match",
        "The distance of a match is 1 to the size of the window, and its length 1 to the longest match.",
        Clause.Spec("LZSS"),
        [],
        code => Make.All(Enumerable.Range(LeastWindowBits - 1, MostWindowBits - LeastWindowBits + 2).Select(count =>
        {
            var bits = Bits & Make.Constant((1UL << count) - 1, 32);
            var said = code.Call(typeof(Places), nameof(Places.Count), bits);
            return said.EqualTo(bits + 1) & said.DiffersFrom(0) & !Make.Constant(1UL << count, 32).Below(said);
        })),
        [
            new("the number is what the bits say, and not 1 more", nameof(Places.Count), (_, asked) => asked[0]),
            new("the number is 2 more", nameof(Places.Count), (code, asked) => code([asked[0]]) + 1),
            new("a number has 8 bits", nameof(Places.Count), (code, asked) => code(asked) & Make.Constant(0xff, 32)),
        ]);

    // A reader asks whether so many bits are there, and then reads the bytes that each of them is in.
    private static CodeClaim Input
    {
        get
        {
            var (count, offset) = (Make.Variable("count", 4).ZeroExtended(32), Make.Variable("offset", 4).ZeroExtended(64));
            return new(
                "packing/input",
                "Each of some bits that are there is in a byte of the input, whose length is below 2^31; and the bytes taken are of it.",
                Clause.Spec("Packing"),
                [Length.Below(1UL << 31), Bit.Below(1UL << 35), offset.Below(count.ZeroExtended(64))],
                code =>
                {
                    var at = Bit + offset;
                    return code.Holds(typeof(Places), nameof(Places.AreThere), Bit, count, Length).Implies(
                        code.Call(typeof(Places), nameof(Places.ByteOf), at).Below(Length)
                        & !Length.Below(code.Call(typeof(Places), nameof(Places.Taken), at + 1)));
                },
                [
                    new("one bit more may be there", nameof(Places.AreThere), (code, asked) => code([asked[0], asked[1] - 1, asked[2]])),
                    new("the length counts a byte more", nameof(Places.AreThere), (code, asked) =>
                        code([asked[0], asked[1], asked[2] + 1])),
                    new("how many bits are asked for does not count", nameof(Places.AreThere), (code, asked) =>
                        code([asked[0], Make.Constant(0UL, 32), asked[2]])),
                ])
            {
                // Close to the end of a short input.
                Suggested =
                [
                    (Length, Bits.Bits(0, 4).ZeroExtended(32) + 2),
                    (Bit, Make.Concatenate(Length, Make.Constant(0UL, 3)).ZeroExtended(64) - Bits.Bits(4, 4).ZeroExtended(64)),
                ],
            };
        }
    }

    private static CodeClaim BitsOfBytes => new(
        "packing/bits",
        "Eight bits from the start of a byte on are those of the byte, the most significant first.",
        Clause.Spec("LZSS"),
        [Bits.Below(0x100), Bit.Below(1UL << 35)],
        code =>
        {
            // The bits of the byte that the bit is in.
            var first = Bit & Make.Constant(~7UL, 64);
            return Make.All(Enumerable.Range(0, 8).Select(index =>
                code.Call(typeof(Places), nameof(Places.BitOf), Bits, first + (ulong)index)
                    .EqualTo(Bits.Bits(7 - index, 1).ZeroExtended(32))));
        },
        [
            new("the least significant bit is the first", nameof(Places.BitOf), (code, asked) => code([asked[0], asked[1] ^ Sevens])),
            new("the bit after", nameof(Places.BitOf), (code, asked) => code([asked[0], asked[1] + 1])),
            new("all bits from it on", nameof(Places.BitOf), (_, asked) => asked[0]),
        ]);

    private static Term Sevens { get; } = Make.Constant(7, 64);

    private static CodeClaim Room
    {
        get
        {
            var (count, end) = (Make.Variable("count", 32), Make.Variable("end", 32));
            return new(
                "packing/bound",
                "Where there is room for a byte, there are no more bytes after it than there may be.",
                Clause.Spec("The file"),
                [count.Below(1UL << 31), end.Below(1UL << 31)],
                code => code.Holds(typeof(Places), nameof(Places.HasRoom), count, end).EqualTo(!end.Below(count + 1)),
                [
                    new("the bound is one byte further", nameof(Places.HasRoom), (code, asked) => code([asked[0], asked[1] + 1])),
                    new("the bound may be reached again", nameof(Places.HasRoom), (_, asked) => Truth(!asked[1].Below(asked[0]))),
                    new("the last byte is left out", nameof(Places.HasRoom), (code, asked) => code([asked[0] + 1, asked[1]])),
                ]);
        }
    }

    private static CodeClaim Slots
    {
        get
        {
            var (start, slots) = (Make.Variable("start", 32), Make.Variable("slots", 32));
            return new(
                "packing/parts",
                "Where the slots of a content begin within it, and are no more than there is room for, they end within it.",
                Clause.Spec("The file"),
                [Length.Below(1UL << 31), !Length.Below(start)],
                code =>
                {
                    var most = code.Call(typeof(Places), nameof(Places.MostSlots), Length, start);
                    return (!most.Below(slots)).Implies(Ends(start, slots))
                        & (!Ends(start, most + 1));
                },
                [
                    new("there is room for one slot more", nameof(Places.MostSlots), (code, asked) => code(asked) + 1),
                    new("the bytes before the slots do not count", nameof(Places.MostSlots), (code, asked) =>
                        code([asked[0], Make.Constant(0UL, 32)])),
                    new("a slot that is cut short counts", nameof(Places.MostSlots), (code, asked) => code([asked[0] + 7, asked[1]])),
                ]);

            // In numbers that cannot wrap around.
            Term Ends(Term from, Term count) => !Length.ZeroExtended(64).Below(
                from.ZeroExtended(64) + Make.Concatenate(count, Make.Constant(0UL, 3)).ZeroExtended(64));
        }
    }

    private static CodeClaim Numbers => new(
        "packing/number",
        "A number of 32 bits, in groups of 7, ends within 5 bytes and is read as it was.",
        Clause.Spec("The file"),
        [],
        code =>
        {
            var (left, sum, continues, holds) = (Number, Make.Constant(0UL, 64), Make.True, Make.False);
            for (var index = 0; index < PackedNumber.MostGroups; index++)
            {
                var group = code.Call(typeof(PackedNumber), nameof(PackedNumber.Group), left);
                left = code.Call(typeof(PackedNumber), nameof(PackedNumber.Rest), left);
                sum = code.Call(typeof(PackedNumber), nameof(PackedNumber.With), sum, group, Make.Constant((ulong)index, 32));
                var goesOn = code.Holds(typeof(PackedNumber), nameof(PackedNumber.Continues), group);
                holds |= continues & !goesOn & sum.EqualTo(Number.ZeroExtended(64));
                continues &= goesOn;
            }

            return holds;
        },
        [
            new("a group has 8 bits", nameof(PackedNumber.Rest), (_, asked) => asked[0].Bits(8, 24).ZeroExtended(32)),
            new("the top bit counts", nameof(PackedNumber.With), (code, asked) => code(asked) | asked[1].ZeroExtended(64)),
            new("every group is the last", nameof(PackedNumber.Continues), (_, _) => Make.Constant(0UL, 32)),
        ]);

    private static CodeClaim Signed
    {
        get
        {
            var offset = Make.Variable("offset", 16).SignExtended(32);
            return new(
                "packing/signed",
                "Offsets and immediates are found again in their numbers, of which that of an offset has 16 bits.",
                Clause.Spec("Field packing"),
                [],
                code =>
                {
                    var ofOffset = code.Call(typeof(PackedNumber), nameof(PackedNumber.OfOffset), offset);
                    var ofImmediate = code.Call(typeof(PackedNumber), nameof(PackedNumber.OfImmediate), Number);
                    return Make.All(
                        ofOffset.Below(1UL << 16),
                        code.Call(typeof(PackedNumber), nameof(PackedNumber.Signed), ofOffset).EqualTo(offset),
                        code.Call(typeof(PackedNumber), nameof(PackedNumber.Signed), ofImmediate).EqualTo(Number),
                        ofImmediate.EqualTo(Make.Choose(
                            Number.BelowSigned(Make.Constant(0UL, 32)),
                            Make.Constant(ulong.MaxValue, 32) - (Number + Number),
                            Number + Number)));
                },
                [
                    new("the sign is lost", nameof(PackedNumber.Signed), (_, asked) => asked[0].Bits(1, 31).ZeroExtended(32)),
                    new("-1 is 0, too", nameof(PackedNumber.OfImmediate), (code, asked) => code([asked[0] +
                        Make.Choose(asked[0].EqualTo(Make.Constant(ulong.MaxValue, 32)), Make.Constant(1, 32), Make.Constant(0UL, 32))])),
                    new("an offset is taken without its sign", nameof(PackedNumber.OfOffset), (code, asked) =>
                        code([asked[0].Bits(0, 16).ZeroExtended(32)]) + code([asked[0]])),
                ]);
        }
    }

    private static CodeClaim Fields
    {
        get
        {
            var fields = Make.Variable("fields", 3).ZeroExtended(32);
            var opcode = Make.Variable("opcode", 8).ZeroExtended(32);
            var registers = Make.Variable("registers", 8).ZeroExtended(32);
            var offset = Make.Variable("offset", 16).SignExtended(32);
            return new(
                "packing/fields",
                "Whatever fields an opcode has, a slot whose packed form leaves out others has zeros in them, "
                + "and its opcode is not the mark 0xff.",
                Clause.Spec("Field packing"),
                [],
                code => code.Holds(typeof(FieldPacking), nameof(FieldPacking.IsWhole), fields, opcode, registers, offset, Number)
                    .EqualTo(!Make.All(
                        opcode.DiffersFrom(FieldPacking.Whole),
                        Has(fields, SlotFields.Registers) | registers.EqualTo(0),
                        Has(fields, SlotFields.Offset) | offset.EqualTo(0),
                        Has(fields, SlotFields.Immediate) | Number.EqualTo(0))),
                [
                    new("registers that are left out are lost", nameof(FieldPacking.IsWhole), (code, asked) =>
                        code([asked[0], asked[1], Make.Constant(0UL, 32), asked[3], asked[4]])),
                    new("the mark is an opcode as others", nameof(FieldPacking.IsWhole), (code, asked) =>
                        code([asked[0], Make.Constant(0UL, 32), asked[2], asked[3], asked[4]])),
                    new("no slot is whole", nameof(FieldPacking.IsWhole), (_, _) => Make.Constant(0UL, 32)),
                    new("every slot is whole", nameof(FieldPacking.IsWhole), (_, _) => Make.Constant(1, 32)),
                ]);

            static Term Has(Term all, SlotFields one) => (all & Make.Constant((ulong)one, 32)).DiffersFrom(0);
        }
    }

    // Of each size of a window: any place in it, and any distance that a match can have.
    private static Term OfEachWindow(Func<Term, Term, Term, Term> holds) => Make.All(
        from bits in Enumerable.Range(LeastWindowBits, MostWindowBits - LeastWindowBits + 1)
        let mask = Make.Constant((1UL << bits) - 1, 32)
        select holds(Make.Constant(1UL << bits, 32), Head & mask, (Bits & mask) + 1));

    private static Term Before(CompiledCode code, Term head, Term distance, Term size) =>
        code.Call(typeof(Places), nameof(Places.Before), head, distance, size);

    private static Term After(CompiledCode code, Term head, Term size) => code.Call(typeof(Places), nameof(Places.After), head, size);

    private static Term Truth(Term condition) => Make.Choose(condition, Make.Constant(1, 32), Make.Constant(0UL, 32));
}

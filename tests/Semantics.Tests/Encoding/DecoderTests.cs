using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Encoding;

public sealed class DecoderTests
{
    private static readonly short[] Offsets = [0, 1, 2, 8, 16, 32, 64, -1];

    private static readonly int[] Immediates =
    [
        0, 1, 8, 16, 32, 64, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe0, 0xe1, 0xf0, 0xf1, 0x101, -1,
    ];

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 16)];

    /// <summary>Sixteen opcodes with all registers and a few other fields, and with many other fields and few registers.</summary>
    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Blocks))]
    public void A_slot_is_an_instruction_iff_the_RFC_has_it_and_encodes_back_to_itself(int block)
    {
        var slots =
            from opcode in Enumerable.Range(block * 16, 16)
            from fields in
                (from destination in Enumerable.Range(0, 16)
                 from source in Enumerable.Range(0, 16)
                 from rest in ((short, int)[])[(0, 0), (1, 0), (0, 16)]
                 select (destination, source, offset: rest.Item1, immediate: rest.Item2))
                .Concat(
                    from source in (int[])[0, 2, 7]
                    from offset in Offsets
                    from immediate in Immediates
                    select (destination: 0, source, offset, immediate))
            select Slot.Of((byte)opcode, (byte)fields.destination, (byte)fields.source, fields.offset, fields.immediate);

        foreach (var slot in slots) Check(slot, default);
    }

    [Fact]
    public void Any_two_slots_are_an_instruction_iff_the_RFC_has_it() =>
        Law.Holds(seed: 70, 5000, dice =>
        {
            var encoded = Encoder.Encode(dice.AnyInstruction());
            return (
                First: new Slot(encoded[0].Bits ^ Damage(dice)),
                Second: new Slot((encoded.Count > 1 ? encoded[1].Bits : 0) ^ Damage(dice)));
        },
        drawn => Check(drawn.First, drawn.Second));

    [Fact]
    public void An_instruction_decodes_from_its_own_encoding() =>
        Law.Holds(seed: 71, 5000, dice => dice.AnyInstruction(), instruction =>
            Preflight.Decode(Program.Of([instruction]), 0).ShouldBe(new Decoded.Valid(instruction)));

    [Fact]
    public void At_most_one_encoding_matches_a_slot() =>
        Law.Holds(seed: 72, 5000, dice => new Slot(Encoder.Encode(dice.AnyInstruction())[0].Bits ^ Damage(dice)), slot =>
            OperationTable.Forms.Count(form => Decoder.Matches(form, slot.Fields).Value).ShouldBeLessThanOrEqualTo(1));

    [Fact]
    public void No_two_encodings_can_match_one_slot()
    {
        var clashes =
            from opcode in Enumerable.Range(0, 256)
            from one in OperationTable.WithOpcode((byte)opcode)
            from other in OperationTable.WithOpcode((byte)opcode)
            where string.CompareOrdinal(one.Id, other.Id) < 0 && !Decoder.InSlot.Any(field => TellsApart(field, one, other))
            select $"{one} and {other}";

        clashes.ShouldBeEmpty();
    }

    [Fact]
    public void The_candidates_of_a_slot_are_the_encodings_of_its_opcode()
    {
        foreach (var opcode in Enumerable.Range(0, 256))
        {
            var slot = Slot.Of((byte)opcode, 0, 0, 0, 0);

            Decoder.Candidates(slot.Fields).ShouldBe(OperationTable.Forms.Where(form => form.Opcode == opcode), ignoreOrder: true);
        }
    }

    [Fact]
    public void The_fields_that_rules_read_are_those_of_both_slots()
    {
        var first = Slot.Of(0x18, 3, 4, -5, 6);
        var second = Slot.Of(0, 0, 0, 0, -7);

        var fields = Decoder.Fields(first.Fields, second.Fields);

        fields.ShouldBe(new(
            Word.Wrap(3, Width.Bits4),
            Word.Wrap(4, Width.Bits4),
            Word.Wrap(0xfffb, Width.Bits16),
            Word.Wrap(6, Width.Bits32),
            Word.Wrap(0xffff_fff9, Width.Bits32)));
    }

    [Fact]
    public void An_index_outside_the_program_is_refused()
    {
        var program = Samples.ProgramOf("9500000000000000");

        Should.Throw<ArgumentOutOfRangeException>(() => Preflight.Decode(program, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => Preflight.Decode(program, 1));
    }

    private static ulong Damage(Dice dice) => dice.Between(0, 2) switch
    {
        0 => 0,
        1 => 1UL << dice.Between(0, 63),
        _ => dice.Next() & dice.Next() & dice.Next(),
    };

    private static bool TellsApart(Field field, Form one, Form other) =>
        one.Layout[field] is FieldUse.Selects(var left)
        && other.Layout[field] is FieldUse.Selects(var right)
        && left != right;

    private static void Check(Slot slot, Slot following)
    {
        var program = new Program([slot, following]);

        var decoded = Preflight.Decode(program, 0);

        if (decoded is Decoded.Valid(var instruction))
        {
            IsInRfc(slot, following).ShouldBeTrue($"{slot} {following} is {instruction}");
            var encoded = Encoder.Encode(instruction);
            encoded[0].ShouldBe(slot);
            if (encoded.Count > 1) encoded[1].ShouldBe(following);
        }
        else
        {
            IsInRfc(slot, following).ShouldBeFalse($"{slot} {following} is no instruction");
            decoded.ShouldBeOfType<Decoded.Malformed>().Problems.ShouldNotBeEmpty();
        }
    }

    // RFC 9669 §3 to §5 by hand: which slots are instructions.
    private static bool IsInRfc(Slot slot, Slot following)
    {
        int code = slot.Opcode >> 4, dst = slot.Destination, src = slot.Source, offset = slot.Offset, imm = slot.Immediate;
        var usesRegister = (slot.Opcode & 8) != 0;
        var mode = slot.Opcode >> 5;
        var isDoubleWord = (slot.Opcode & 0x18) == 0x18;
        var hasOperand = usesRegister ? src <= 10 && imm == 0 : src == 0;
        switch (slot.Opcode & 7)
        {
            case 0 when slot.Opcode == 0x18:
                return dst <= 10 && src <= 6 && offset == 0 && (following.Bits & 0xffff_ffff) == 0
                    && (src is 0 or 2 or 6 || following.Immediate == 0);
            case 0:
                return !isDoubleWord && dst == 0 && offset == 0 && (mode == 1 ? src == 0 : mode == 2 && src <= 10);
            case 1:
                return dst <= 10 && src <= 10 && imm == 0 && (mode == 3 || (mode == 4 && !isDoubleWord));
            case 2:
                return dst <= 10 && src == 0 && mode == 3;
            case 3 when mode == 3:
                return dst <= 10 && src <= 10 && imm == 0;
            case 3:
                return dst <= 10 && src <= 10 && mode == 6 && slot.Opcode is 0xc3 or 0xdb
                    && imm is 0x00 or 0x01 or 0x40 or 0x41 or 0x50 or 0x51 or 0xa0 or 0xa1 or 0xe1 or 0xf1;
            case 4 or 7:
                var isWide = (slot.Opcode & 7) == 7;
                return dst <= 10 && code switch
                {
                    3 or 9 => hasOperand && offset is 0 or 1,
                    8 => !usesRegister && src == 0 && offset == 0 && imm == 0,
                    11 when usesRegister => src <= 10 && imm == 0 && (offset is 0 or 8 or 16 || (isWide && offset == 32)),
                    13 => !(isWide && usesRegister) && src == 0 && offset == 0 && imm is 16 or 32 or 64,
                    14 or 15 => false,
                    _ => hasOperand && offset == 0,
                };
            default:
                var is32 = (slot.Opcode & 7) == 6;
                return code switch
                {
                    0 => !usesRegister && dst == 0 && src == 0 && (is32 ? offset == 0 : imm == 0),
                    8 => !is32 && !usesRegister && dst == 0 && src <= 2 && offset == 0,
                    9 => !is32 && !usesRegister && dst == 0 && src == 0 && offset == 0 && imm == 0,
                    14 or 15 => false,
                    _ => dst <= 10 && hasOperand,
                };
        }
    }
}

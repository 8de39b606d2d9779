using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Tests.Encoding;

public sealed class SlotTests
{
    // Little-endian, RFC 9669 §3.1: opcode, dst in the low half of the next byte, src in the high one, offset, imm.
    [Fact]
    public void Fields_are_where_the_RFC_puts_them()
    {
        var slot = Program.Of(Convert.FromHexString("0721feff44332291")).Slots[0];

        slot.Opcode.ShouldBe((byte)0x07);
        slot.Destination.ShouldBe((byte)1);
        slot.Source.ShouldBe((byte)2);
        slot.Offset.ShouldBe((short)-2);
        slot.Immediate.ShouldBe(unchecked((int)0x91223344));
        slot.ToString().ShouldBe("0721feff44332291");
    }

    [Fact]
    public void A_slot_is_made_of_its_fields() =>
        Law.Holds(seed: 77, 3000, dice => new Slot(dice.Next()), slot =>
            Slot.Of(slot.Opcode, slot.Destination, slot.Source, slot.Offset, slot.Immediate).ShouldBe(slot));

    [Fact]
    public void The_fields_as_words_are_the_same_numbers() =>
        Law.Holds(seed: 78, 3000, dice => new Slot(dice.Next()), slot =>
        {
            var fields = slot.Fields;

            fields.Opcode.ShouldBe(Word.Wrap(slot.Opcode, Width.Bits8));
            fields[Field.Destination].ShouldBe(Word.Wrap(slot.Destination, Width.Bits4));
            fields[Field.Source].ShouldBe(Word.Wrap(slot.Source, Width.Bits4));
            fields[Field.Offset].ShouldBe(Word.Wrap((ushort)slot.Offset, Width.Bits16));
            fields[Field.Immediate].ShouldBe(Word.Wrap((uint)slot.Immediate, Width.Bits32));
            fields[Field.NextImmediate].ShouldBe(Word.Wrap(0, Width.Bits32));
        });
}

using System.Globalization;
using RbpfSpec.Images.Packing;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Images.Tests.Packing;

public class FieldPackingTests
{
    [Fact]
    public void Opcodes_have_the_fields_of_the_table_in_the_specification()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "spec", "89-packing.md"))
            .SkipWhile(line => line != "## Field packing").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).ToList();

        for (var opcode = 0; opcode < FieldPacking.Whole; opcode++)
        {
            var row = rows.First(row => Names(row[1], opcode));
            FieldPacking.Of((byte)opcode).ShouldBe(
                (Says(row[2], opcode) ? SlotFields.Registers : SlotFields.None)
                    | (Says(row[3], opcode) ? SlotFields.Offset : SlotFields.None)
                    | (Says(row[4], opcode) ? SlotFields.Immediate : SlotFields.None),
                $"opcode 0x{opcode:x2}");
        }
    }

    // What an instruction says in an offset that tells encodings apart, few use: it is not worth a byte in all others.
    [Fact]
    public void An_instruction_uses_no_field_that_its_opcode_has_not()
    {
        foreach (var form in OperationTable.Forms)
        {
            var used = (Uses(form, Field.Destination) || Uses(form, Field.Source) ? SlotFields.Registers : SlotFields.None)
                | (Uses(form, Field.Offset) ? SlotFields.Offset : SlotFields.None)
                | (Uses(form, Field.Immediate) ? SlotFields.Immediate : SlotFields.None);
            (used & ~FieldPacking.Of(form.Opcode)).ShouldBe(SlotFields.None, form.Id);
        }
    }

    [Fact]
    public void A_slot_takes_at_most_thirteen_bytes() =>
        FieldPacking.Pack([0x95, 0x21, 0, 0x80, 0, 0, 0, 0x80]).Length.ShouldBe(1 + 1 + 1 + 3 + 5);

    private static bool Uses(Form form, Field field) => form.Layout[field] is FieldUse.NamesRegister or FieldUse.HoldsValue;

    private static bool Names(string cell, int opcode) => cell switch
    {
        _ when cell.StartsWith("0x", StringComparison.Ordinal) =>
            cell.Split(", ").Any(name => int.Parse(name[2..], NumberStyles.HexNumber, null) == opcode),
        "others of classes 5 and 6" => (opcode & 7) is 5 or 6,
        "others of classes 4 and 7" => (opcode & 7) is 4 or 7,
        _ when cell.StartsWith("others of class ", StringComparison.Ordinal) => (opcode & 7) == int.Parse(cell[^1..], null),
        _ => false,
    };

    private static bool Says(string cell, int opcode) => cell switch
    {
        "yes" => true,
        "" => false,
        "if the opcode is 0xc0 or more" => opcode >= 0xc0,
        "if bit 3 of the opcode is 0" => (opcode & 8) == 0,
        _ => throw new InvalidDataException(cell),
    };
}

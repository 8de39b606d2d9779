using System.Globalization;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public class EncodingDiagramTests
{
    // Where a field is, a slot with one bit set tells; the opcode is below all of them.
    [Fact]
    public void The_bits_above_the_columns_are_those_of_the_fields()
    {
        var first = EncodingDiagram.Of(OperationTable.All[0].Forms).First();
        var places = ((Field[])[Field.Immediate, Field.Offset, Field.Source, Field.Destination]).SelectMany(field =>
        {
            var lowest = Enumerable.Range(0, 8 * Slot.Size).First(bit => new Slot(1ul << bit).Fields[field].Value == 1);
            return (int[])[lowest + field.Width().Bits - 1, lowest];
        });

        first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            .ShouldBe([.. places, 7, 0]);
    }

    [Fact]
    public void Every_row_is_as_wide_as_the_frame()
    {
        foreach (var operation in OperationTable.All)
        {
            var lines = EncodingDiagram.Of(operation.Forms).ToList();
            var frame = lines[1].Length;

            lines.Where(line => line.StartsWith('|')).ShouldAllBe(line => line[frame - 1] == '|' && line.Length <= 100);
        }
    }
}

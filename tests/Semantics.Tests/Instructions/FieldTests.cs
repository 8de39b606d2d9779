using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Tests.Instructions;

public sealed class FieldTests
{
    // RFC 9669 §3.1 and §3.2.
    [Theory]
    [InlineData(Field.Destination, "dst_reg", 4)]
    [InlineData(Field.Source, "src_reg", 4)]
    [InlineData(Field.Offset, "offset", 16)]
    [InlineData(Field.Immediate, "imm", 32)]
    [InlineData(Field.NextImmediate, "next_imm", 32)]
    public void A_field_has_the_name_and_width_of_the_RFC(Field field, string name, int bits)
    {
        field.Name().ShouldBe(name);
        field.Width().ShouldBe(Width.Of(bits));
    }

    [Fact]
    public void A_layout_tells_the_use_of_each_field()
    {
        var layout = Layout.Empty with { Offset = Layout.Only(1), NextImmediate = Layout.Value, IsWide = true };

        layout[Field.Destination].ShouldBe(new FieldUse.Reserved());
        layout[Field.Offset].ShouldBe(new FieldUse.Selects(1));
        layout[Field.NextImmediate].ShouldBe(new FieldUse.HoldsValue());
        layout.Slots.ShouldBe(2);
        Layout.Empty.Slots.ShouldBe(1);
    }
}

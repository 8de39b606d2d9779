using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Tests.Instructions;

public sealed class AccessSizeTests
{
    // RFC 9669 §5, table 12.
    [Theory]
    [InlineData(AccessSize.Word, 0x00, 32, "w")]
    [InlineData(AccessSize.HalfWord, 0x08, 16, "h")]
    [InlineData(AccessSize.Byte, 0x10, 8, "b")]
    [InlineData(AccessSize.DoubleWord, 0x18, 64, "dw")]
    public void A_size_has_the_bits_the_width_and_the_letters_of_the_RFC(AccessSize size, int bits, int width, string letters)
    {
        ((int)size).ShouldBe(bits);
        size.Width().Bits.ShouldBe(width);
        size.Letters().ShouldBe(letters);
    }

    [Fact]
    public void The_opcode_of_every_access_tells_how_many_bits_it_reaches()
    {
        foreach (var form in OperationTable.Forms.Where(form => form.Operation is MemoryOperation or AtomicOperation or PacketLoad))
            ((AccessSize)(form.Opcode & 0x18)).Width().ShouldBe(form.Width, form.Id);
    }
}

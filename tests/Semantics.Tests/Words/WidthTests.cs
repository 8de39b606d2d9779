using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Tests.Words;

public sealed class WidthTests
{
    [Theory]
    [InlineData(Width.Bits4, 0xf, 0)]
    [InlineData(Width.Bits8, 0xff, 1)]
    [InlineData(Width.Bits16, 0xffff, 2)]
    [InlineData(Width.Bits32, 0xffff_ffff, 4)]
    [InlineData(Width.Bits64, ulong.MaxValue, 8)]
    public void A_width_has_that_many_ones_and_bytes(Width width, ulong mask, int bytes)
    {
        width.Mask().ShouldBe(mask);
        width.Bytes().ShouldBe(bytes);
    }
}

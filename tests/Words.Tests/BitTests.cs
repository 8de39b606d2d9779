
namespace RbpfSpec.Words.Tests;

public sealed class BitTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Bits_are_Booleans(bool left, bool right)
    {
        (Bit.Of(left) & Bit.Of(right)).Value.ShouldBe(left && right);
        (Bit.Of(left) | Bit.Of(right)).Value.ShouldBe(left || right);
        (!Bit.Of(left)).Value.ShouldBe(!left);
        Bit.Of(left).IsKnown(out var known).ShouldBeTrue();
        known.ShouldBe(left);
    }
}

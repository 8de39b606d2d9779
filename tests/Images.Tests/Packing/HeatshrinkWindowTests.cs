using RbpfSpec.Images.Packing;

namespace RbpfSpec.Images.Tests.Packing;

public class HeatshrinkWindowTests
{
    [Theory]
    [InlineData(4, 3)]
    [InlineData(15, 14)]
    public void A_window_of_heatshrink_is_one(int bits, int lookahead) =>
        new HeatshrinkWindow(bits, lookahead).ToString().ShouldBe($"{bits},{lookahead}");

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(4, 4)]
    [InlineData(16, 4)]
    [InlineData(0, 0)]
    public void Any_other_is_none(int bits, int lookahead) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new HeatshrinkWindow(bits, lookahead)).Message
            .ShouldContain("a window has 4 to 15 bits, and a lookahead at least 3 and fewer than the window");
}

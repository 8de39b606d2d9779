namespace RbpfSpec.Words.Tests;

public sealed class TruthTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Truth_values_are_Booleans(bool left, bool right)
    {
        (Truth<Word>.Of(left) & Truth<Word>.Of(right)).Value.ShouldBe(left && right);
        (Truth<Word>.Of(left) | Truth<Word>.Of(right)).Value.ShouldBe(left || right);
        (!Truth<Word>.Of(left)).Value.ShouldBe(!left);
        Truth<Word>.Of(left).IsKnown(out var known).ShouldBeTrue();
        known.ShouldBe(left);
    }
}

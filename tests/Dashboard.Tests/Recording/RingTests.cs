using RbpfSpec.Dashboard.Recording;

namespace RbpfSpec.Dashboard.Tests.Recording;

/// <summary>The latest of some things.</summary>
public sealed class RingTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(2, new[] { 0, 1 })]
    [InlineData(3, new[] { 0, 1, 2 })]
    [InlineData(4, new[] { 1, 2, 3 })]
    [InlineData(8, new[] { 5, 6, 7 })]
    public void It_keeps_the_latest_in_order(int added, int[] kept)
    {
        Ring<int> ring = new(3);
        for (var i = 0; i < added; i++)
        {
            ring.Add(i);
            ring.Latest.ShouldBe(i);
        }

        ring.All().ShouldBe(kept);
        ring.Count.ShouldBe(kept.Length);
    }

    [Fact]
    public void The_latest_can_be_replaced_when_there_is_one()
    {
        Ring<int> ring = new(2);
        Should.Throw<InvalidOperationException>(() => ring.Latest);
        Should.Throw<InvalidOperationException>(() => ring.Latest = 1);

        for (var i = 0; i < 3; i++) ring.Add(i);
        ring.Latest = 9;

        ring.All().ShouldBe([1, 9]);
    }
}

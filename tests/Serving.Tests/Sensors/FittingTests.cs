using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Serving.Tests.Sensors;

public sealed class FittingTests
{
    [Theory]
    [InlineData(0, -3, 0, -3)]
    [InlineData(32767, -3, 32767, -3)]
    [InlineData(-32768, -3, -32768, -3)]
    [InlineData(32768, -3, 3277, -2)]
    [InlineData(-32769, -3, -3277, -2)]
    [InlineData(45_000, -3, 4500, -2)]
    [InlineData(327_674, -3, 32767, -2)]
    [InlineData(327_675, -3, 3277, -1)]
    [InlineData(327_649, 0, 32765, 1)]
    [InlineData(long.MaxValue, 0, 9223, 15)]
    [InlineData(long.MinValue, 0, -9223, 15)]
    public void A_number_has_as_many_digits_as_fit(long value, sbyte scale, short fitted, sbyte power) =>
        Fitting.Fit(value, 2, scale).ShouldBe(Reading.Of(fitted, 2, power));

    [Fact]
    public void A_scale_that_cannot_grow_yields_nothing() => Fitting.Fit(32768, 2, 127).ShouldBeNull();
}

using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Dashboard.Tests.Recording;

/// <summary>Readings as people read them.</summary>
public sealed class ScaledTests
{
    [Theory]
    [InlineData(2716, -2, 27.16)]
    [InlineData(-5, -1, -0.5)]
    [InlineData(3, 2, 300.0)]
    [InlineData(29, -2, 0.29)]
    [InlineData(short.MinValue, 0, -32768.0)]
    public void The_value_is_the_number_nearest_to_it(short value, sbyte scale, double expected) =>
        Scaled.Values(Reading.Of(value, Reading.Celsius, scale)).ShouldBe([expected]);

    [Fact]
    public void As_many_values_as_there_are_dimensions() =>
        Scaled.Values(new(3, 1, 2, 3, 9, -1)).ShouldBe([0.1, 0.2, 0.3]);

    [Fact]
    public void No_reading_has_no_values() => Scaled.Values(null).ShouldBeEmpty();

    [Theory]
    [InlineData(Reading.Celsius, "°C")]
    [InlineData(12, "A")]
    [InlineData(23, "Pa")]
    [InlineData(27, "%")]
    [InlineData(34, "1/m³")]
    [InlineData(1, "")]
    [InlineData(255, "")]
    public void Units_have_the_numbers_of_RIOT(byte unit, string sign) => Scaled.Unit(unit).ShouldBe(sign);
}

using System.Globalization;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class TextHelpersTests
{
    [Theory]
    [InlineData(2150, -2, "21.50")]
    [InlineData(-5, -2, "-0.05")]
    [InlineData(0, -1, "0.0")]
    [InlineData(short.MinValue, 2, "-3276800")]
    [InlineData(7, 0, "7")]
    [InlineData(1, 8, "")]
    [InlineData(1, -8, "")]
    public void A_number_is_moved_by_its_power_of_ten(int value, int power, string text) =>
        TextHelpers.Decimal((short)value, power).ShouldBe(text);

    [Fact]
    public void The_text_says_the_number() =>
        Law.Holds(seed: 2001, 1000, dice => (Value: (short)dice.Next(), Power: dice.Between(-7, 7)), drawn =>
        {
            var text = TextHelpers.Decimal(drawn.Value, drawn.Power);

            var expected = drawn.Value * (decimal)Math.Pow(10, Math.Abs(drawn.Power));
            if (drawn.Power < 0) expected = drawn.Value / (decimal)Math.Pow(10, -drawn.Power);
            decimal.Parse(text, CultureInfo.InvariantCulture).ShouldBe(expected);
            (text.Split('.') is [_, var places] ? places.Length : 0).ShouldBe(Math.Max(-drawn.Power, 0));
        });

    // The context is where the text goes: as long as it is, and no longer.
    [Theory]
    [InlineData(5, 5, "21.50")]
    [InlineData(4, 0, "....")]
    [InlineData(6, 5, "21.50.")]
    public void A_text_is_written_where_it_fits(int room, ulong result, string left)
    {
        var device = Devices.Empty.With(0, "r2 = 2150\nr3 = -2\ncall 0x50\nexit").Attached(Devices.Packets, 0);

        var step = device.Step(new DeviceEvent.Packet(Sequence.Generate(room, _ => (byte)'.')));

        step.Result().ShouldBe(result);
        Passed(step).ShouldBe(left);
    }

    [Fact]
    public void The_low_half_is_written_as_a_decimal_number()
    {
        var device = Devices.Empty.With(0, "r2 = -1\ncall 0x51\nexit").Attached(Devices.Packets, 0);

        var step = device.Step(new DeviceEvent.Packet(new byte[10].ToSequence()));

        step.Result().ShouldBe(10UL);
        Passed(step).ShouldBe("4294967295");
    }

    private static string Passed(Step step) => System.Text.Encoding.Latin1.GetString(
        step.Effects.OfType<DeviceEffect.Passed>().ShouldHaveSingleItem().Bytes.AsSpan());
}

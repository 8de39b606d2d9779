using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class MemoryHelpersTests
{
    [Theory]
    [InlineData("abc\0def", 3)]
    [InlineData("\0", 0)]
    [InlineData("abc", 3)]
    public void A_text_ends_before_a_zero_byte_or_with_its_region(string text, ulong length) =>
        Devices.Empty.With(0, "call 0x52\nexit").Run(0, System.Text.Encoding.Latin1.GetBytes(text)).Result().ShouldBe(length);

    [Fact]
    public void A_number_is_printed_in_decimal() =>
        Devices.Empty.With(0, "r1 = -1\ncall 3\nexit").Run(0).Effects
            .ShouldBe([new DeviceEffect.Printed(0, "18446744073709551615"), new DeviceEffect.Ran(0, 0)]);

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(150)]
    public void What_a_run_prints_beyond_the_most_is_lost(int times)
    {
        var program = $"r6 = {times}\nagain:\nr1 = r6\ncall 3\nr6 -= 1\nif r6 != 0 goto again\nr0 = r6\nexit";
        var device = Devices.Empty.With(0, program);

        for (var run = 0; run < 2; run++)
        {
            var step = device.Run(0);
            step.Effects.ShouldBe([
                .. Enumerable.Range(0, Math.Min(times, HostDataOf.MostOutput))
                    .Select(index => new DeviceEffect.Printed(0, $"{times - index}")),
                new DeviceEffect.Ran(0, 0),
            ]);
            device = step.Device;
        }
    }
}

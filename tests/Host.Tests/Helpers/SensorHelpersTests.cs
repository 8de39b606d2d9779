using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class SensorHelpersTests
{
    private const string ReadInto = "r1 = r0\nr2 = r10\nr2 += -8\ncall 0x32\n";

    [Theory]
    [InlineData("r1 = 0", 1)]
    [InlineData("r1 = 1", 1)]
    [InlineData("r1 = 3", 0)]
    [InlineData("r1 = -1", 0)]
    public void The_nth_sensor_has_a_handle_if_there_is_one(string place, ulong handle) =>
        Devices.Empty.With(0, $"{place}\ncall 0x30\nexit").Run(0).Result().ShouldBe(handle);

    [Theory]
    [InlineData(0x82, 1)]
    [InlineData(0x182, 1)]
    [InlineData(0x84, 0)]
    public void The_low_8_bits_are_the_type(int type, ulong handle) =>
        Devices.Empty.With(0, $"r1 = {type}\ncall 0x31\nexit").Run(0).Result().ShouldBe(handle);

    [Fact]
    public void A_reading_is_three_values_with_unit_and_scale()
    {
        var device = Devices.Empty.After(new DeviceEvent.Sample(0, new(3, -1, 2, -3, 9, -4)));

        device.With(0, $"r1 = 0\ncall 0x30\n{ReadInto}exit").Run(0).Result().ShouldBe(3UL);
        device.With(0, $"r1 = 0\ncall 0x30\n{ReadInto}r0 = *(u64 *)(r10 - 8)\nexit").Run(0).Result().ShouldBe(0xfc09_fffd_0002_ffffUL);
    }

    [Fact]
    public void One_value_is_read_with_its_sign() =>
        Devices.Empty.After(new DeviceEvent.Sample(0, Reading.Of(-2, 2, 0)))
            .With(0, "r1 = 0\ncall 0x30\nr1 = r0\nr2 = r10\nr2 += -8\ncall 0x34\nr0 = *(u32 *)(r10 - 8)\nexit")
            .Run(0).Result().ShouldBe(0xffff_fffeUL);

    [Theory]
    [InlineData("r1 = 2\ncall 0x30\n", -140)]
    [InlineData("r0 = 0\n", -19)]
    [InlineData("r0 = 1\n", -19)]
    [InlineData("r1 = 0\ncall 0x30\nr0 += 1\n", -19)]
    public void A_number_that_is_no_handle_of_the_container_or_a_sensor_without_values_yields_an_error(string found, long error)
    {
        var step = Devices.Empty.With(0, $"*(u64 *)(r10 - 8) = 7\n{found}{ReadInto}exit").Run(0);

        ((long)step.Result()).ShouldBe(error);
    }

    [Fact]
    public void What_fails_writes_nothing() =>
        Devices.Empty.With(0, $"*(u64 *)(r10 - 8) = 7\nr0 = 1\n{ReadInto}r0 = *(u64 *)(r10 - 8)\nexit").Run(0).Result().ShouldBe(7UL);

    [Fact]
    public void A_handle_of_another_container_means_nothing_here()
    {
        var device = Devices.Empty.With(0, "r1 = 0\ncall 0x30\nexit").With(1, $"r0 = 1\n{ReadInto}exit").Run(0).Device;

        ((long)device.Run(1).Result()).ShouldBe(SensorError.NoDevice);
    }

    [Fact]
    public void A_handle_lasts_from_run_to_run()
    {
        var device = Devices.Empty.With(0, $"if r2 != 0 goto read\nr1 = 0\ncall 0x30\nexit\nread: r0 = 1\n{ReadInto}exit");

        device.Run(0).Device.Run(0, 1).Result().ShouldBe(1UL);
    }

    [Fact]
    public void An_actuator_is_set_and_a_sensor_is_not()
    {
        var set = "r1 = {0}\ncall 0x30\nr1 = r0\n*(u64 *)(r10 - 8) = 5\nr2 = r10\nr2 += -8\ncall 0x33\nexit";

        var step = Devices.Empty.With(0, string.Format(null, set, 1)).Run(0);
        var refused = Devices.Empty.With(0, string.Format(null, set, 0)).Run(0);

        step.Effects.ShouldBe([new DeviceEffect.Actuated(1, new(1, 5, 0, 0, 0, 0)), new DeviceEffect.Ran(0, 1)]);
        step.Device.Sensors[1].Reading.ShouldBe(new(1, 5, 0, 0, 0, 0));
        ((long)refused.Result()).ShouldBe(SensorError.NotSupported);
        refused.Device.Sensors.ShouldBe(Devices.Empty.Sensors);
    }
}

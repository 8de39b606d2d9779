using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class ClockHelpersTests
{
    // The time of the last run is at r10 - 8, kept under the key 0.
    private const string Periodic =
        """
        r1 = 0
        r2 = r10
        r2 += -8
        call 0x12
        r1 = r10
        r1 += -8
        r2 = 1000
        call 0x61
        r1 = 0
        r2 = *(u32 *)(r10 - 8)
        call 0x10
        r0 = *(u32 *)(r10 - 8)
        exit
        """;

    [Fact]
    public void Both_clocks_are_those_of_the_device_in_32_bits()
    {
        var device = Devices.Empty.After(new DeviceEvent.Clock(0x7_8000_1234_5678));

        device.With(0, "call 0x60\nexit").Run(0).Result().ShouldBe(0x1234_5678UL);
        device.With(0, "call 0x20\nexit").Run(0).Result().ShouldBe(0x7_8000_1234_5678UL / 1000 % (1UL << 32));
    }

    [Fact]
    public void A_container_that_waits_is_run_again_at_its_time_and_not_before()
    {
        var device = Devices.Empty.With(0, Periodic);

        device = device.Run(0).Device;
        device.At(0)!.Wakeup.ShouldBe(1000UL);
        device.Step(new DeviceEvent.Clock(999)).Effects.ShouldBeEmpty();
        var step = device.Step(new DeviceEvent.Clock(1000));

        step.Effects.ShouldBe([new DeviceEffect.Ran(0, 2000)]);
        step.Device.Due.ShouldBe(2000UL);
    }

    [Fact]
    public void A_time_that_is_past_comes_at_once()
    {
        var step = Devices.Empty.After(new DeviceEvent.Clock(50_000)).With(0, Periodic).Run(0);

        step.Device.At(0)!.Wakeup.ShouldBe(50_000UL);
    }

    [Fact]
    public void Stopping_a_container_ends_its_waiting() =>
        Devices.Empty.With(0, Periodic).Run(0).Device.After(new DeviceEvent.Stop(0))
            .Step(new DeviceEvent.Clock(5000)).Effects.ShouldBeEmpty();
}

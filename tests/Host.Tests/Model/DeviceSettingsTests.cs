using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Model;

public sealed class DeviceSettingsTests
{
    public static TheoryData<DeviceSettings, string> Wrong => new()
    {
        { new() { Slots = 0 }, "a store of 0 slots; the least is 1" },
        { new() { Hooks = [new("t", new Trigger.Timer(0), [])] }, "the timer 't' has the period 0; the least is 1 microsecond" },
        { new() { Hooks = [new("h", new Trigger.Threshold(1, 0, Above: true), [])] }, "the hook 'h' watches the sensor 1; there are 0" },
        { new() { Hooks = [new("h", new Trigger.Packet(), []), new("h", new Trigger.Packet(), [])] }, "several hooks are called 'h'" },
        { new() { Hooks = [new("h", new Trigger.Packet(), [new(0, Policy.Single)])] }, "the hook 'h' has containers before there are any" },
        { new() { LargestProgram = 7 }, "programs of at most 7 bytes; the least is 8" },
        { new() { Transfers = 0 }, "0 uploads at a time; the least is 1" },
        { new() { Remembered = 0 }, "0 messages remembered; the least is 1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_of_no_device_are_told(DeviceSettings settings, string problem)
    {
        settings.Problems()[0].ShouldBe(problem);
        Should.Throw<ArgumentException>(() => Device.Of(settings)).Message.ShouldStartWith(problem);
    }

    [Fact]
    public void What_survived_of_another_device_is_refused() =>
        Should.Throw<ArgumentException>(() => Device.Of(new(), Persisted.Of(Devices.Empty)))
            .Message.ShouldStartWith("4 slots and 4 hooks survived, of a device with 4 and 0");
}

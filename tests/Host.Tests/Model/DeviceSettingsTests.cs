using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;

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
    public void An_upload_is_what_the_reader_makes_of_it()
    {
        Sequence<byte> upload = [1];
        var data = Region.Of("data", AddressSpace.Image, new byte[16], Permission.Read);
        var program = Devices.Program("exit\nr0 = 7\nexit");
        var settings = new DeviceSettings { Reader = bytes => bytes == upload ? new UploadContent.Program(program, 1, [data]) : Refused };

        settings.Admit(Manifest.Least, upload, out _).ShouldBe(
            Host.Containers.Application.Admit(Manifest.Least, program, out _, entry: 1, regions: [data]));
        settings.Admit(Manifest.Least, [2], out var problem).ShouldBeNull();
        problem.ShouldBe("one is expected");
    }

    [Theory]
    [InlineData(40, "")]
    [InlineData(39, "the program and its data have 40 bytes; the most are 39")]
    public void A_program_and_its_data_are_within_the_limit(int most, string problem)
    {
        var data = Region.Of("data", AddressSpace.Image, new byte[16], Permission.Read);
        var program = Devices.Program("exit\nr0 = 7\nexit");
        var settings = new DeviceSettings { LargestProgram = most, Reader = _ => new UploadContent.Program(program, 1, [data]) };

        (settings.Admit(Manifest.Least, [], out var found) is null).ShouldBe(problem != "");
        found.ShouldBe(problem);
    }

    private static UploadContent Refused { get; } = new UploadContent.Refused("one is expected");

    [Fact]
    public void What_survived_of_another_device_is_refused() =>
        Should.Throw<ArgumentException>(() => Device.Of(new(), Persisted.Of(Devices.Empty)))
            .Message.ShouldStartWith("4 slots and 4 hooks survived, of a device with 4 and 0");
}

using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Model;

public sealed class PersistedTests
{
    public static TheoryData<string, DeviceEvent, bool> Happenings => new()
    {
        { "a run that changes its store", new DeviceEvent.Run(0, []), false },
        { "a run that changes no store", new DeviceEvent.Run(1, []), true },
        { "a stop", new DeviceEvent.Stop(1), false },
        { "a start of one that is started", new DeviceEvent.Start(1), true },
        { "an installation", new DeviceEvent.Install(2, Devices.Application("exit")), false },
        { "a removal", new DeviceEvent.Remove(1), false },
        { "an attachment", new DeviceEvent.Attach(Devices.Timer, 1, Policy.Continue), false },
        { "an attachment that is there", new DeviceEvent.Attach(Devices.Packets, 1, Policy.Single), true },
        { "another policy", new DeviceEvent.Attach(Devices.Packets, 1, Policy.Continue), false },
        { "time", new DeviceEvent.Clock(10), true },
    };

    [Theory]
    [MemberData(nameof(Happenings))]
    public void The_same_survives_of_two_devices_if_what_survives_is_equal(string name, DeviceEvent happening, bool expected)
    {
        var before = Devices.Empty.With(0, Devices.Counter).With(1, "r0 = 1\nexit").Attached(Devices.Packets, 1, Policy.Single);

        var after = before.After(happening);

        Persisted.IsSame(before, after).ShouldBe(expected, name);
        Persisted.IsSame(before, after).ShouldBe(Persisted.Of(before) == Persisted.Of(after), name);
    }

    // They change nothing of what runs: the states are equal, and a shell has to write them down all the same.
    [Fact]
    public void Lines_of_source_survive()
    {
        var before = Devices.Empty.With(0, "r0 = 1\nexit");
        var lined = before.At(0)!.Application.With([new(0, "a.c:1")]);
        var after = before.After(new DeviceEvent.Install(0, lined));

        Persisted.IsSame(before, after).ShouldBeFalse();
        Device.Of(Devices.Settings, Persisted.Of(after)).At(0)!.Application.SourceAt(1).ShouldBe("a.c:1");
    }

    // No event of the owner changes one.
    [Fact]
    public void A_sequence_number_survives()
    {
        var after = Devices.Empty with { Numbers = Devices.Empty.Numbers.With(2, 7) };

        Persisted.IsSame(Devices.Empty, after).ShouldBeFalse();
        Device.Of(Devices.Settings, Persisted.Of(after)).Numbers.ShouldBe(after.Numbers);
    }
}

using RbpfSpec.Assembly;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Dashboard.Tests;

/// <summary>A device with known containers, and a clock that goes when a test says so.</summary>
internal static class Devices
{
    /// <summary>Counts its runs in its store under 7, and yields the count; it takes a branch.</summary>
    public const string Counter =
        """
        r1 = 7
        r2 = r10
        r2 += -8
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 7
        r2 = r6
        call 0x10
        goto end
        end:
        r0 = r6
        exit
        """;

    /// <summary>Traps in slot 2.</summary>
    public const string Division = "r0 = 7\nr1 = 0\nr0 /= r1\nexit";

    public const string SourceOfDivision = "average.c:12: return sum / count;";

    public static DeviceSettings Settings { get; } = new()
    {
        Updates = new UpdatePolicy.Unsigned(),
        Hooks =
        [
            new("tick", new Trigger.Timer(1_000_000), []),
            new("hot", new Trigger.Threshold(0, 3000, Above: true), []),
            new("hello", new Trigger.Request("hello/you"), []),
            new("all", new Trigger.Packet(), []),
        ],
        Sensors =
        [
            new("temperature", 0x82, Reading.Of(2716, Reading.Celsius, -2)),
            new("lamp", 0x42, Reading.Of(0, 1, 0), IsActuator: true),
            new("broken", 0x83, null),
        ],
    };

    /// <summary>A container that ran twice in slot 0, at two hooks; one that trapped in slot 1; two free slots.</summary>
    public static Device Known { get; } = Device.Of(Settings)
        .After(new DeviceEvent.Install(0, Application(Counter)))
        .After(new DeviceEvent.Install(1, Application(Division, BudgetClass.Logic).With([new(0, ""), new(2, SourceOfDivision)])))
        .After(new DeviceEvent.Attach("tick", 1, Policy.Continue))
        .After(new DeviceEvent.Attach("tick", 0, Policy.AbortOnNegative))
        .After(new DeviceEvent.Attach("hot", 0, Policy.Single))
        .After(new DeviceEvent.Clock(1_000_000))
        .After(new DeviceEvent.Run(0, []));

    public static Application Application(string text, BudgetClass budget = BudgetClass.Snippet) => Host.Containers.Application.Admit(
        new(Profile.Rbpf, budget, [0x10, 0x12]),
        Sequence.Of<byte>(Assembler.Parse(text).ShouldBeOfType<Assembled.Success>().Program.ToBytes()),
        out var problem).ShouldNotBeNull(problem);

    public static Device After(this Device device, DeviceEvent happening) => device.Step(happening).Device;
}

/// <summary>The sensors of <see cref="Devices.Settings"/>, which yield what a test gives them.</summary>
internal sealed class GivenSensors : ISensorSource
{
    private readonly Queue<DeviceEvent.Sample> samples = [];

    public Sequence<Sensor> Sensors { get; init; } = Devices.Settings.Sensors;

    public ulong? Due => samples.Count > 0 ? 0 : null;

    public void Give(int sensor, Reading? reading) => samples.Enqueue(new(sensor, reading));

    public IEnumerable<DeviceEvent.Sample> Take(ulong now)
    {
        while (samples.TryDequeue(out var sample)) yield return sample;
    }
}

/// <summary>A time of day that goes on when a test says so.</summary>
internal sealed class GivenTime : TimeProvider
{
    /// <summary>Milliseconds since 1970.</summary>
    public long Now { get; set; } = 1_700_000_000_000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}

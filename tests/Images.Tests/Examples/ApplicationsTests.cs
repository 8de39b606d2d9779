using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;
using SensorReading = RbpfSpec.Host.Sensors.Reading;

namespace RbpfSpec.Images.Tests.Examples;

/// <summary>The applications under <c>examples/applications</c> do on a device what <c>examples/README.md</c> says.</summary>
public sealed class ApplicationsTests
{
    private const int Lamp = 1;

    private static readonly Device Empty = Device.Of(Devices.Settings with { Reader = UploadReader.Read });

    public static TheoryData<string> Names => [.. Repository.Applications];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bytes_of_an_application_are_those_of_the_page(string name)
    {
        var row = File.ReadLines(Path.Combine(Repository.Root, "examples", "README.md"))
            .Where(line => line.StartsWith($"| `{name}.c` |", StringComparison.Ordinal)).ShouldHaveSingleItem();

        row.TrimEnd('|', ' ').Split('|')[^1].Trim()
            .ShouldBe(Reading.Image(Repository.Application(name)).Program.Count.ToString(CultureInfo.InvariantCulture));
    }

    // The bytes of the networked sensor read in the paper on rBPF.
    [Fact]
    public void The_reply_of_a_sensor_is_no_longer_than_the_published_one() =>
        Reading.Image(Repository.Application("sensor_reply")).Program.Count.ShouldBeLessThanOrEqualTo(296);

    [Fact]
    public void Every_application_is_tested() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "applications"), "*.c").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Repository.Applications, ignoreOrder: true);

    [Fact]
    public void The_value_of_the_sensor_is_the_reply()
    {
        var device = Installed(Empty, 0, "sensor_reply").Attached(Devices.Requests, 0);

        var answer = Ask(device, "c/0", 1).Answer();

        answer.Code.ShouldBe(CoapCode.Content);
        answer.Option(CoapOptions.ContentFormat)!.Unsigned.ShouldBe((uint)CoapOptions.PlainText);
        answer.Text().ShouldBe("27.16");
        Ask(device, "temp", 2).Answer().Text().ShouldBe("27.16");
        Text(device.After(Sampled(-5)), "c/0", 3).ShouldBe("-0.05");
        Ask(device.After(new DeviceEvent.Sample(0, null)), "c/0", 4).Answer().Code.ShouldBe(CoapCode.InternalServerError);
    }

    [Fact]
    public void Thermometer_and_pulse_keep_their_state_apart()
    {
        var device = Installed(Installed(Empty, 0, "temperature"), 1, "heart_rate")
            .Attached(Devices.Timer, 0).Attached(Devices.Timer, 1).Attached(Devices.Hot, 0);

        Ask(device, "c/0", 1).Answer().Code.ShouldBe(CoapCode.InternalServerError);
        Text(device, "c/1", 2).ShouldBe("60");

        device = After(device, 1000, 2000);
        Text(device, "c/0", 3).ShouldBe("27.16");
        Text(device, "c/1", 4).ShouldBe("62");
        Text(device, "kv/global", 5).ShouldBe("1 2716\n2 62\n");
        Text(device, "kv/0", 6).ShouldBe($"1 2716\n2 {uint.MaxValue - 1}\n3 2\n");
        Text(device, "kv/1", 7).ShouldBe("1 62\n2 0\n");

        // The threshold is a sample between two ticks; what was kept outlives a loss of power.
        device = device.After(Sampled(3100)).After(new DeviceEvent.Restart());
        Text(device, "c/0", 8).ShouldBe("31.00");
        Text(device, "c/1", 9).ShouldBe("62");
        Text(device, "kv/0/3", 10).ShouldBe("3");
    }

    [Fact]
    public void The_pulse_goes_up_and_down_between_its_ends()
    {
        var device = Installed(Empty, 0, "heart_rate").Attached(Devices.Timer, 0);
        List<ulong> rates = [];
        for (var tick = 1UL; tick <= 100; tick++)
        {
            var step = device.Step(new DeviceEvent.Clock(tick * 1000));
            rates.Add(step.Result());
            device = step.Device;
        }

        IEnumerable<int> expected = [.. Enumerable.Range(61, 40), .. Enumerable.Range(60, 40).Reverse(), .. Enumerable.Range(61, 20)];
        rates.ShouldBe(expected.Select(rate => (ulong)rate));
    }

    [Fact]
    public void A_counter_goes_on_after_a_restart()
    {
        var device = Installed(Empty, 3, "counter");
        for (ushort id = 1; id <= 3; id++)
        {
            var step = Ask(device, "c/3", id);
            step.Answer().Text().ShouldBe(id.ToString(CultureInfo.InvariantCulture));
            device = step.Device;
        }

        Text(device.After(new DeviceEvent.Restart()), "c/3", 4).ShouldBe("4");
    }

    // The string of the published benchmark is within a snippet's budget.
    [Fact]
    public void A_payload_is_answered_with_its_checksum()
    {
        var device = Installed(Empty, 0, "checksum");
        var text = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "fletcher32.input"));

        Ask(device, "c/0", 1, text).Answer().Text().ShouldBe(0x5bac8c3dU.ToString(CultureInfo.InvariantCulture));
        Ask(device, "c/0", 2).Answer().Code.ShouldBe(CoapCode.BadRequest);
        Ask(device, "c/0", 4, new byte[380]).Answer().Code.ShouldBe(CoapCode.Content);
        Ask(device, "c/0", 3, new byte[480]).Answer().Code.ShouldBe(CoapCode.GatewayTimeout);
    }

    [Fact]
    public void Any_payload_has_the_checksum_of_its_definition()
    {
        var device = Installed(Empty, 0, "checksum", "&class=logic");
        for (ushort seed = 1; seed <= 50; seed++)
        {
            var dice = new Dice(seed);
            var payload = dice.Bytes(dice.Between(1, 480));

            Ask(device, "c/0", seed, payload).Answer().Text()
                .ShouldBe(Fletcher32(payload).ToString(CultureInfo.InvariantCulture), $"seed {seed}");
        }
    }

    [Fact]
    public void Wakeups_are_logged_with_the_time_between_them()
    {
        var device = Installed(Empty, 0, "thread_log").Attached(Devices.Timer, 0);

        device = After(device, 1000, 2000);
        var late = device.Step(new DeviceEvent.Clock(9000));
        device = After(late.Device, 12_000);

        late.Effects.ShouldContain(new DeviceEffect.Printed(0, "wakeup 3 after 7 ms\n"));
        Text(device, "kv/global", 1).ShouldBe("112 4\n113 1\n114 7\n");
        Text(device, "c/0", 2).ShouldBe("4");
        Text(device, "kv/global/112", 3).ShouldBe("4");
    }

    [Fact]
    public void No_time_is_told_from_a_wakeup_before_a_restart_to_one_after_it()
    {
        var device = Installed(Empty, 0, "thread_log").Attached(Devices.Timer, 0);
        device = After(device, 1000, 2000, 9000);

        var restarted = device.After(new DeviceEvent.Restart()).Step(new DeviceEvent.Clock(1000));

        restarted.Effects.ShouldNotContain(effect => effect is DeviceEffect.Printed);
        Text(restarted.Device, "kv/global", 1).ShouldBe("112 4\n113 1\n114 7\n");
        Text(After(restarted.Device, 5000), "kv/global", 2).ShouldBe("112 5\n113 1\n114 7\n");
    }

    [Fact]
    public void No_time_is_told_from_before_a_container_left_its_hook_to_after_it_came_back()
    {
        var device = After(Installed(Empty, 0, "thread_log").Attached(Devices.Timer, 0), 1000, 2000, 9000)
            .After(new DeviceEvent.Detach(Devices.Timer, 0)).After(new DeviceEvent.Restart());
        device = After(device, 1000, 2000, 3000, 4000, 5000).Attached(Devices.Timer, 0);

        device = After(device, 15_000);
        Text(device, "kv/global", 1).ShouldBe("112 4\n113 1\n114 7\n");
        Text(After(device, 24_000), "kv/global", 2).ShouldBe("112 5\n113 1\n114 9\n");
    }

    [Fact]
    public void An_average_beyond_the_limit_raises_an_alarm_once()
    {
        var device = Installed(Empty, 0, "moving_average").Attached(Devices.Timer, 0);
        List<DeviceEffect> effects = [];
        List<int> samples = [2716, 2716, 3400, 3400, 3000, 3000, 2900, 2800, 2700, 2000, -9000];
        foreach (var (index, sample) in samples.Index())
        {
            var step = device.After(Sampled((short)sample)).Step(new DeviceEvent.Clock((ulong)(index + 1) * 1000));
            device = step.Device;
            effects.AddRange(step.Effects.Where(effect => effect is not DeviceEffect.Ran));
            var known = samples.Take(index + 1).TakeLast(8).ToList();
            device.Global.Fetch(Word.Wrap(0x50, Width.Bits32)).Value.ShouldBe((uint)(known.Sum() / known.Count), $"after {index}");
        }

        effects.ShouldBe(
        [
            new DeviceEffect.Printed(0, "alarm 1, average 3058\n"), new DeviceEffect.Actuated(Lamp, SensorReading.Of(1, 0, 0)),
            new DeviceEffect.Printed(0, "alarm 0, average 2991\n"), new DeviceEffect.Actuated(Lamp, SensorReading.Of(0, 0, 0)),
        ]);
        Text(device, "c/0", 1).ShouldBe("13.50");
    }

    // From -191 to -128 a result without a response is the code of an error: one that is a response is none.
    [Fact]
    public void An_average_below_zero_is_no_error()
    {
        var device = Installed(Empty, 0, "moving_average").Attached(Devices.Timer, 0).After(Sampled(-150));

        Text(After(device, 1000), "c/0", 1).ShouldBe("-1.50");
    }

    private static DeviceEvent.Sample Sampled(short value) => new(0, SensorReading.Of(value, SensorReading.Celsius, -2));

    private static Device After(Device device, params ulong[] times) =>
        times.Aggregate(device, (now, time) => now.After(new DeviceEvent.Clock(time)));

    // The object as it goes over the air, granted the helpers that it calls and no other.
    private static Device Installed(Device device, int slot, string name, string conditions = "")
    {
        var file = Repository.Application(name);
        var called = Imports.Of(Program.Of(Reading.Image(file).Program.AsSpan()), Profile.Rbpf);
        var helpers = string.Join(',', called.Select(import => import.Id.ToString("x2", CultureInfo.InvariantCulture)));
        CoapMessage? answer = null;
        foreach (var block in Devices.Upload(slot, Sequence.Of<byte>(file), exponent: 4, query: $"?helpers={helpers}{conditions}",
            id: (ushort)(1000 * (slot + 1))))
        {
            var step = device.Receive(block);
            (device, answer) = (step.Device, step.Answer());
        }

        answer!.Code.ShouldBe(CoapCode.Created, answer.Text());
        return device;
    }

    private static Step Ask(Device device, string path, ushort id, byte[]? payload = null) => device.Receive(
        Devices.Request(payload is null ? CoapCode.Get : CoapCode.Post, path, id) with { Payload = Sequence.Of<byte>(payload ?? []) });

    private static string Text(Device device, string path, ushort id) => Ask(device, path, id).Answer().Text();

    // With the modulus in every step; a sum that is 0 modulo 65535 is written 65535.
    private static uint Fletcher32(byte[] data)
    {
        var (sum1, sum2) = (0xffffU, 0xffffU);
        for (var at = 0; at + 1 < data.Length; at += 2)
        {
            sum1 = (sum1 + BitConverter.ToUInt16(data, at)) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }

        return (Written(sum2) << 16) | Written(sum1);

        static uint Written(uint sum) => sum == 0 ? 65535 : sum;
    }
}

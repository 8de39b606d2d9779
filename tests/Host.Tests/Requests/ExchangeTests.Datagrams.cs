using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Tests.Requests;

public sealed partial class ExchangeTests
{
    private const int PerDevice = 1_000;

    private static readonly string[] Paths =
    [
        "app", "app/0", "app/1", "app/2?class=logic&helpers=10,12", "app/3", "c/0", "c/1", "c/2", "kv/global", "kv/0", "kv/0/1", "sensors",
        "sensors/0", "sensors/2", "hooks", "hooks/timer/0", "hooks/packets/1?policy=single", "temp", "bpf/submit", "bpf/handle",
        "bpf/exec/1", ".well-known/core",
    ];

    // RBPFSPEC_DATAGRAMS is how many; RBPFSPEC_DATAGRAM_SEED with which device to begin.
    [Fact]
    [Trait("Needs", "time")]
    public void Whatever_datagrams_come_each_is_answered_as_the_RFC_says()
    {
        var wanted = Number("RBPFSPEC_DATAGRAMS", 50_000);
        var seed = (ulong)Number("RBPFSPEC_DATAGRAM_SEED", 1);
        for (var done = 0L; done < wanted; done += PerDevice, seed++)
        {
            if (Problem(new(seed)) is { } problem)
                Assert.Fail($"RBPFSPEC_DATAGRAM_SEED={seed} RBPFSPEC_DATAGRAMS={PerDevice}: {problem}");
        }
    }

    // A device meets datagrams from two peers, with time and new values of a sensor between.
    private static string? Problem(Dice dice)
    {
        var device = Devices.Empty.With(0, Devices.Counter).With(1, Devices.SensorReply).With(2, Devices.Faulty)
            .Attached(Devices.Requests, 0);
        List<(string Peer, int Id, byte[] Answer)> remembered = [];
        for (var i = 0; i < PerDevice; i++)
        {
            if (dice.OnceIn(20)) device = device.After(new DeviceEvent.Clock(device.Now + (ulong)dice.Between(0, 4_000_000)));
            if (dice.OnceIn(20)) device = device.After(new DeviceEvent.Sample(0, Reading.Of((short)dice.Between(0, 9), 2, 0)));
            var (peer, datagram) = (dice.Pick(Devices.Peer, "127.0.0.1:5000"), Mutated(dice));
            Step step;
            try
            {
                step = device.Receive(datagram, peer);
            }
            catch (Exception exception)
            {
                return $"{Convert.ToHexStringLower(datagram)} from {peer}: {exception}";
            }

            var sent = step.Effects.OfType<DeviceEffect.Send>().Select(send => send.Bytes.AsSpan().ToArray()).ToList();
            var isAnswered = DatagramOracle.IsAnswered(datagram);
            var id = datagram.Length >= 4 ? (datagram[2] << 8) | datagram[3] : -1;
            var known = DatagramOracle.IsRequest(datagram) ? remembered.FindLast(one => one.Peer == peer && one.Id == id).Answer : null;
            if (DatagramOracle.Problem(datagram, sent, known) is { } problem)
            {
                var answers = string.Join(" and ", sent.Select(Convert.ToHexStringLower));
                return $"{Convert.ToHexStringLower(datagram)} from {peer}: {problem}; answered {answers}";
            }

            if (isAnswered && known is null) remembered.Add((peer, id, sent[0]));
            if (remembered.Count > device.Settings.Remembered) remembered.RemoveAt(0);
            device = step.Device;
            if (device.Now < 200_000_000) continue;
            device = device.After(new DeviceEvent.Restart());
            remembered.Clear();
        }

        return null;
    }

    private static byte[] Mutated(Dice dice)
    {
        if (dice.OnceIn(20)) return dice.Bytes(dice.Between(0, 40));
        List<byte> bytes = [.. Real(dice)];
        for (var changes = dice.OnceIn(4) ? 0 : dice.Between(1, 3); changes > 0 && bytes.Count > 0; changes--)
        {
            // Most of what matters is at the start.
            var at = dice.Between(0, Math.Min(bytes.Count, dice.OnceIn(4) ? bytes.Count : 24) - 1);
            var count = dice.Between(1, Math.Min(4, bytes.Count - at));
            switch (dice.Between(0, 5))
            {
                case 0: bytes[at] ^= (byte)(1 << dice.Between(0, 7)); break;
                case 1: bytes[at] = dice.Pick<byte>(0, 0x0d, 0x0e, 0x0f, 0xd0, 0xe0, 0xf0, 0xff); break;
                case 2: bytes.RemoveRange(at, count); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, count)); break;
                case 4: bytes.InsertRange(at, dice.Bytes(count)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Real(Dice dice)
    {
        var id = (ushort)dice.Between(0, 400);
        if (dice.OnceIn(10)) return CoapWriter.Write(CoapMessage.Empty((CoapType)dice.Between(0, 3), id));
        var message = Devices.Request(
            dice.Pick(CoapCode.Get, CoapCode.Get, CoapCode.Post, CoapCode.Put, CoapCode.Delete),
            dice.Pick(Paths), id, (CoapType)dice.Between(0, 1));
        if (dice.OnceIn(3)) message = message.With(CoapOption.Of(CoapOptions.Observe, (uint)dice.Between(0, 2)));
        if (dice.OnceIn(4))
        {
            message = message.With(new CoapBlock(dice.Between(0, 5), dice.OnceIn(2), dice.Between(0, 3))
                .ToOption(dice.Pick(CoapOptions.Block1, CoapOptions.Block2)));
        }

        if (dice.OnceIn(6)) message = message.With(CoapOption.Of(dice.Pick(CoapOptions.Accept, CoapOptions.ContentFormat), 42));
        if (dice.OnceIn(8)) message = message.With(new(dice.Pick(3, 4, 7, 9, 35, 39, 2049, 65001), [1, 2]));
        var payload = dice.Pick(0, 1, 2) switch
        {
            0 => Devices.Program(dice.Pick(Devices.Counter, Devices.Endless, "r0 = 7\nexit")),
            1 => Sequence.Of<byte>(dice.Bytes(dice.Pick(0, 16, 32, 64, 600))),
            _ => Sequence.Of("start"u8),
        };
        return CoapWriter.Write(message with { Payload = payload });
    }

    private static long Number(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

using RbpfSpec.Assembly;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Tests;

/// <summary>Devices, programs and datagrams that many tests use.</summary>
internal static class Devices
{
    public const string Peer = "[::1]:40000";

    public const string Packets = "packets";

    public const string Timer = "timer";

    public const string Hot = "hot";

    public const string Requests = "requests";

    /// <summary>Stores the low 32 bits of its result under a key of its own, and counts up.</summary>
    public const string Counter =
        """
        r1 = 1
        r2 = r10
        r2 += -8
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 1
        r2 = r6
        call 0x10
        r0 = r6
        exit
        """;

    /// <summary>Traps: it reads what it is not granted.</summary>
    public const string Faulty = "r0 = *(u64 *)(r1 + 0)\nr1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit";

    /// <summary>Never ends by itself.</summary>
    public const string Endless = "loop: goto loop\nexit";

    /// <summary>The reply of a sensor over CoAP: Listing 1 of the rBPF paper, with helper 0x30 to find it.</summary>
    public const string SensorReply =
        """
        r9 = r1
        r1 = 0
        call 0x30
        r1 = r0
        r2 = r10
        r2 += -8
        call 0x32
        if r0 s> 0 goto read
        r0 = -160
        exit
        read:
        r1 = r9
        r2 = 69
        call 0x40
        r1 = r9
        r2 = 0
        call 0x42
        r1 = r9
        r2 = 1
        call 0x41
        r6 = r0
        r1 = r9
        call 0x43
        r1 = r0
        r2 = *(u16 *)(r10 - 8)
        r3 = *(u8 *)(r10 - 1)
        r3 <<= 56
        r3 s>>= 56
        call 0x50
        r0 += r6
        exit
        """;

    public static DeviceSettings Settings { get; } = new()
    {
        Updates = new UpdatePolicy.Unsigned(),
        Hooks =
        [
            new(Packets, new Trigger.Packet(), []),
            new(Timer, new Trigger.Timer(1000), []),
            new(Hot, new Trigger.Threshold(0, 3000, Above: true), []),
            new(Requests, new Trigger.Request("temp"), []),
        ],
        Sensors =
        [
            new("temperature", 0x82, Reading.Of(2716, Reading.Celsius, -2)),
            new("lamp", 0x42, Reading.Of(0, 1, 0), IsActuator: true),
            new("broken", 0x83, null),
        ],
    };

    public static Device Empty { get; } = Device.Of(Settings);

    /// <summary>The bytes of a program in assembly.</summary>
    public static Sequence<byte> Program(string text) =>
        Sequence.Of<byte>(Assembler.Parse(text).ShouldBeOfType<Assembled.Success>().Program.ToBytes());

    /// <summary>An application with every helper.</summary>
    public static Application Application(string text, BudgetClass budget = BudgetClass.Snippet) =>
        Host.Containers.Application.Admit(new(Profile.Rbpf, budget, HelperCatalogue.Ids), Program(text), out var problem)
            .ShouldNotBeNull(problem);

    public static Device With(this Device device, int slot, string text) => device.After(new DeviceEvent.Install(slot, Application(text)));

    public static Device Attached(this Device device, string hook, int slot, Policy policy = Policy.Continue) =>
        device.After(new DeviceEvent.Attach(hook, slot, policy));

    public static Device After(this Device device, DeviceEvent happening) => device.Step(happening).Device;

    public static Step Run(this Device device, int slot, params byte[] context) =>
        device.Step(new DeviceEvent.Run(slot, Sequence.Of<byte>(context)));

    /// <summary>The result of the one run among the effects.</summary>
    public static ulong Result(this Step step) => step.Effects.OfType<DeviceEffect.Ran>().ShouldHaveSingleItem().Result;

    public static CoapMessage Request(CoapCode method, string path, ushort id = 1, CoapType type = CoapType.Confirmable)
    {
        var parts = path.Split('?');
        var message = new CoapMessage(type, method, id, [0xab, (byte)id], [], []);
        foreach (var part in parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
            message = message.With(CoapOption.Of(CoapOptions.UriPath, part));
        if (parts.Length > 1)
        {
            foreach (var part in parts[1].Split('&')) message = message.With(CoapOption.Of(CoapOptions.UriQuery, part));
        }

        return message;
    }

    public static Step Receive(this Device device, CoapMessage message, string peer = Peer) =>
        device.Receive(CoapWriter.Write(message), peer);

    public static Step Receive(this Device device, byte[] datagram, string peer = Peer) =>
        device.Step(new DeviceEvent.Datagram(peer, Sequence.Of<byte>(datagram)));

    /// <summary>The one message that is sent.</summary>
    public static CoapMessage Answer(this Step step) =>
        CoapReader.Read(step.Effects.OfType<DeviceEffect.Send>().ShouldHaveSingleItem().Bytes.AsSpan())
            .ShouldBeOfType<CoapReading.Read>().Message;

    public static string Text(this CoapMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.AsSpan());

    /// <summary>The parts of an upload.</summary>
    public static CoapMessage[] Upload(int slot, Sequence<byte> program, int exponent, ushort id = 100, string query = "")
    {
        var size = 16 << exponent;
        var count = Math.Max((program.Count + size - 1) / size, 1);
        return
        [
            .. Enumerable.Range(0, count).Select(number => Request(CoapCode.Put, $"app/{slot}{query}", (ushort)(id + number))
                .With(new CoapBlock(number, number < count - 1, exponent).ToOption(CoapOptions.Block1)) with
            {
                Payload = Sequence.Of(program.AsSpan()[(number * size)..Math.Min((number + 1) * size, program.Count)]),
            }),
        ];
    }
}

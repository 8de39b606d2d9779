using RbpfSpec.Assembly;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Events, as scenarios write them.</summary>
internal static class Happening
{
    /// <summary>The usual sender.</summary>
    public const string Peer = "a";

    private const byte TokenStart = 0xab;

    /// <summary>The bytes of a program in assembly.</summary>
    public static Sequence<byte> Program(string text) => Assembler.Parse(text) switch
    {
        Assembled.Success success => Sequence.Of<byte>(success.Program.ToBytes()),
        Assembled.Failure(var errors) => throw new ArgumentException($"{errors[0]}: {text}", nameof(text)),
    };

    /// <summary>The owner installs a program with every helper.</summary>
    public static HostEvent Install(int slot, string text, BudgetClass budget = BudgetClass.Snippet) =>
        Install(slot, text, HelperCatalogue.Ids, budget: budget);

    /// <summary>The owner installs a program.</summary>
    public static HostEvent Install(
        int slot, string text, Sequence<uint> grants, Profile? profile = null, BudgetClass budget = BudgetClass.Snippet,
        params Sequence<Region<Word>> regions) =>
        new HostEvent.Install(slot, new(profile ?? Profile.Rbpf, budget, grants), Program(text), 0, regions);

    /// <summary>The time.</summary>
    public static HostEvent Clock(ulong now) => new HostEvent.Other(new DeviceEvent.Clock(now));

    /// <summary>A new value of a sensor, in hundredths of a degree.</summary>
    public static HostEvent Sample(short value, int sensor = 0) =>
        new HostEvent.Other(new DeviceEvent.Sample(sensor, Reading.Of(value, Reading.Celsius, -2)));

    /// <summary>A sensor fails.</summary>
    public static HostEvent Fails(int sensor) => new HostEvent.Other(new DeviceEvent.Sample(sensor, null));

    /// <summary>A packet passes.</summary>
    public static HostEvent Packet(params byte[] bytes) => new HostEvent.Other(new DeviceEvent.Packet(Sequence.Of<byte>(bytes)));

    /// <summary>A container is started.</summary>
    public static HostEvent Start(int slot) => new HostEvent.Other(new DeviceEvent.Start(slot));

    /// <summary>A container is stopped.</summary>
    public static HostEvent Stop(int slot) => new HostEvent.Other(new DeviceEvent.Stop(slot));

    /// <summary>A container is removed.</summary>
    public static HostEvent Remove(int slot) => new HostEvent.Other(new DeviceEvent.Remove(slot));

    /// <summary>A container is attached to a hook.</summary>
    public static HostEvent Attach(string hook, int slot, Policy policy = Policy.Continue) =>
        new HostEvent.Other(new DeviceEvent.Attach(hook, slot, policy));

    /// <summary>A container is detached from a hook.</summary>
    public static HostEvent Detach(string hook, int slot) => new HostEvent.Other(new DeviceEvent.Detach(hook, slot));

    /// <summary>A container is run.</summary>
    public static HostEvent Run(int slot, params byte[] context) =>
        new HostEvent.Other(new DeviceEvent.Run(slot, Sequence.Of<byte>(context)));

    /// <summary>A loss of power.</summary>
    public static HostEvent Restart() => new HostEvent.Other(new DeviceEvent.Restart());

    /// <summary>A datagram.</summary>
    public static HostEvent Datagram(string peer, params byte[] bytes) =>
        new HostEvent.Other(new DeviceEvent.Datagram(peer, Sequence.Of<byte>(bytes)));

    /// <summary>A datagram with a message.</summary>
    public static HostEvent Message(CoapMessage message, string peer = Peer) => Datagram(peer, CoapWriter.Write(message));

    /// <summary>A GET.</summary>
    public static HostEvent Get(string path, ushort id, string peer = Peer) => Message(Request(CoapCode.Get, path, id), peer);

    /// <summary>A POST.</summary>
    public static HostEvent Post(string path, ushort id, string payload = "", string peer = Peer) =>
        Message(Request(CoapCode.Post, path, id) with { Payload = Utf8(payload) }, peer);

    /// <summary>A DELETE.</summary>
    public static HostEvent Delete(string path, ushort id, string peer = Peer) => Message(Request(CoapCode.Delete, path, id), peer);

    /// <summary>A PUT of a whole.</summary>
    public static HostEvent Put(string path, ushort id, Sequence<byte> payload, int? format = null, string peer = Peer)
    {
        var message = Request(CoapCode.Put, path, id) with { Payload = payload };
        return Message(format is { } known ? message.With(CoapOption.Of(CoapOptions.ContentFormat, (uint)known)) : message, peer);
    }

    /// <summary>The blocks of a PUT.</summary>
    /// <param name="path">The path.</param>
    /// <param name="first">The id of the first message.</param>
    /// <param name="payload">The whole.</param>
    /// <param name="exponent">Blocks have 16 bytes times two to this power.</param>
    /// <param name="peer">The sender.</param>
    public static HostEvent[] Blocks(string path, ushort first, Sequence<byte> payload, int exponent = 0, string peer = Peer)
    {
        var size = 16 << exponent;
        var count = (payload.Count + size - 1) / size;
        return [.. Enumerable.Range(0, count).Select(number => Message(
            Request(CoapCode.Put, path, (ushort)(first + number))
                .With(new CoapBlock(number, number < count - 1, exponent).ToOption(CoapOptions.Block1)) with
            {
                Payload = Sequence.Of(payload.AsSpan()[(number * size)..Math.Min((number + 1) * size, payload.Count)]),
            },
            peer))];
    }

    /// <summary>A confirmable request, with a token of its own.</summary>
    public static CoapMessage Request(CoapCode method, string path, ushort id, CoapType type = CoapType.Confirmable)
    {
        var parts = path.Split('?');
        var message = new CoapMessage(type, method, id, [TokenStart, (byte)id], [], []);
        foreach (var part in parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
            message = message.With(CoapOption.Of(CoapOptions.UriPath, part));
        foreach (var part in parts.Skip(1).SelectMany(query => query.Split('&')))
            message = message.With(CoapOption.Of(CoapOptions.UriQuery, part));
        return message;
    }

    /// <summary>The bytes of a text.</summary>
    public static Sequence<byte> Utf8(string text) => Sequence.Of<byte>(System.Text.Encoding.UTF8.GetBytes(text));
}

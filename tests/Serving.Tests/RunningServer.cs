using System.Net;
using System.Net.Sockets;
using RbpfSpec.Assembly;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests;

/// <summary>A server on a thread of its own, on any free port of this computer, with a thermometer and a hook for requests.</summary>
internal sealed class RunningServer : IDisposable
{
    /// <summary>So long a test waits for what has to come at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Endpoint endpoint;
    private readonly IDeviceStore store;
    private readonly Thread thread;

    public RunningServer(IDeviceStore? store = null, Sequence<Hook> hooks = default, ISensorSource? sensors = null)
    {
        this.store = store ?? new MemoryStore();
        endpoint = Endpoint.Open(Endpoint.Loopback, 0, out var problem).ShouldNotBeNull(problem);
        sensors ??= new Thermometer();
        var settings = new DeviceSettings
        {
            Updates = new UpdatePolicy.Unsigned(),
            Hooks = hooks,
            Sensors = sensors.Sensors,
            Default = new(Profile.Rbpf, BudgetClass.Logic, HelperCatalogue.Ids),
            Machine = Machines.Kept(program => new ContainerMachine(program)),
        };
        Server = new(settings, endpoint, this.store, sensors, effect =>
        {
            lock (Effects) Effects.Add(effect);
        });
        thread = new(Server.Run) { IsBackground = true };
        thread.Start();
    }

    public Server Server { get; }

    /// <summary>The effects that the server told; to be locked.</summary>
    public List<DeviceEffect> Effects { get; } = [];

    public int Port => endpoint.Addresses[0].Port;

    public static Sequence<byte> Program(string text) =>
        Sequence.Of<byte>(Assembler.Parse(text).ShouldBeOfType<Assembled.Success>().Program.ToBytes());

    public static CoapMessage Request(CoapCode method, ushort id, string path, CoapType type = CoapType.Confirmable) =>
        path.Split('/').Aggregate(
            new CoapMessage(type, method, id, [1, 2], [], []), (message, part) => message.With(CoapOption.Of(CoapOptions.UriPath, part)));

    public Socket Client(bool isIPv6 = false)
    {
        var address = isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        socket.Connect(address, Port);
        return socket;
    }

    /// <summary>Installs a program, and waits until it is there.</summary>
    public void Install(int slot, string text)
    {
        using var client = Client();
        var put = Request(CoapCode.Put, (ushort)(1000 + slot), $"app/{slot}") with { Payload = Program(text) };
        Exchange(client, CoapWriter.Write(put)).Code.Class.ShouldBe(2);
    }

    public static CoapMessage Exchange(Socket client, byte[] datagram)
    {
        client.Send(datagram);
        return Receive(client);
    }

    public static CoapMessage Receive(Socket client)
    {
        var buffer = new byte[Endpoint.LargestDatagram];
        var length = client.Receive(buffer);
        return CoapReader.Read(buffer.AsSpan(0, length)).ShouldBeOfType<CoapReading.Read>().Message;
    }

    /// <summary>Ends the run, and waits until it has ended.</summary>
    public void End()
    {
        Server.Stop();
        thread.Join(Patience).ShouldBeTrue();
    }

    public void Dispose()
    {
        End();
        endpoint.Dispose();
        store.Dispose();
    }

    /// <summary>One thermometer, at 21 degrees.</summary>
    private sealed class Thermometer : ISensorSource
    {
        public Sequence<Sensor> Sensors => [new("temperature", 0x82, Reading.Of(21, Reading.Celsius, 0))];

        public ulong? Due => null;

        public IEnumerable<DeviceEvent.Sample> Take(ulong now) => [];
    }
}

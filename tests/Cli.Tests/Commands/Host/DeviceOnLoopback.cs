using System.Net;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images;
using RbpfSpec.Serving;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Cli.Tests.Commands.Host;

/// <summary>A device on any free port of this computer, for the commands that speak to one.</summary>
internal sealed class DeviceOnLoopback : IDisposable
{
    private readonly Endpoint endpoint;
    private readonly MemoryStore store = new();
    private readonly Server server;
    private readonly Thread thread;

    public DeviceOnLoopback(string sensor = "counter:heart,least=60,greatest=62,every=0.01", UpdatePolicy? updates = null)
    {
        endpoint = Endpoint.Open(Endpoint.Loopback, 0, out var problem).ShouldNotBeNull(problem);
        var sensors = SensorText.Parse(sensor).ShouldBeOfType<SensorParsing.Parsed>().Source;
        var settings = new DeviceSettings
        {
            Updates = updates ?? new UpdatePolicy.Unsigned(),
            Reader = UploadReader.Read,
            Default = Manifest.Least,
            Hooks = [new("hello", new Trigger.Request("hello"), [])],
            Sensors = sensors.Sensors,
        };
        server = new(settings, endpoint, store, sensors, _ => { });
        thread = new(server.Run) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Its address of IPv4.</summary>
    public string Address => $"coap://{endpoint.Addresses.First(address => address.Address.Equals(IPAddress.Loopback))}";

    /// <summary>Its address of IPv6.</summary>
    public string AddressOfIPv6 => $"coap://{endpoint.Addresses.First(address => address.Address.Equals(IPAddress.IPv6Loopback))}";

    /// <summary>A command line of <c>rbpf host</c> that speaks to it.</summary>
    public Ending Line(string line, string input = "") => Rbpf.Line($"host {line} --server {Address}", input);

    public void Dispose()
    {
        server.Stop();
        thread.Join();
        endpoint.Dispose();
        store.Dispose();
    }
}

using System.Globalization;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests;

/// <summary>An object that clang made goes over the network, and answers a client that others wrote.</summary>
public sealed class ApplicationsTests : Scratch
{
    private const string Client = "coap-client-notls";

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_client_sees_the_value_of_the_sensor()
    {
        External.Find(Client).ShouldNotBeNull($"{Client} is missing: ./rbpf test installs it, or 'apt-get install libcoap3-bin'");
        var sensors = new Thermometer();
        using var endpoint = Endpoint.Open(Endpoint.Loopback, 0, out var problem).ShouldNotBeNull(problem);
        using var store = new MemoryStore();
        var settings = new DeviceSettings
        {
            Sensors = sensors.Sensors,
            Updates = new UpdatePolicy.Unsigned(),
            Reader = UploadReader.Read,
            Default = new(Profile.Rbpf, BudgetClass.Snippet, HelperCatalogue.Ids),
            Machine = Machines.Kept(static program => new ContainerMachine(program)),
        };
        var server = new Server(settings, endpoint, store, sensors, _ => { });
        var run = new Thread(server.Run);
        run.Start();
        try
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"coap://127.0.0.1:{endpoint.Addresses[0].Port}");
            var file = Path.Combine(Repository.Root, "examples/applications/sensor_reply.o");

            External.Run(Client, "-m", "put", "-b", "64", "-f", file, $"{address}/app/0").ExitCode.ShouldBe(0);
            External.Run(Client, "-m", "get", $"{address}/c/0").ShouldBe((0, "27.16\n"));
            server.Post(new DeviceEvent.Sample(0, Reading.Of(-305, Reading.Celsius, -1)));
            External.Run(Client, "-m", "get", $"{address}/bpf/handle").ShouldBe((0, "-30.5\n"));

            var text = Write("no-program.o", "\u007fELF");
            External.Run(Client, "-m", "put", "-f", text, $"{address}/app/1").Output
                .ShouldContain("4.00 ELF header: the file ends after 4 bytes; the header has 64");
        }
        finally
        {
            server.Stop();
            run.Join();
        }
    }

    private sealed class Thermometer : ISensorSource
    {
        public Sequence<Sensor> Sensors { get; } = [new("temperature", 0x82, Reading.Of(2716, Reading.Celsius, -2))];

        public ulong? Due => null;

        public IEnumerable<DeviceEvent.Sample> Take(ulong now) => [];
    }
}

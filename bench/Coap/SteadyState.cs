using System.Globalization;
using System.Net;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Bench.Coap;

/// <summary>Whether a running server needs more memory the longer it runs: a server in this process, asked over loopback.</summary>
internal static class SteadyState
{
    /// <summary>The first argument that asks for it; a second one is a number of requests.</summary>
    public const string Verb = "steady";

    private const int Rows = 10;

    // As the command remembers.
    private const int Remembered = 1024;

    // Without what asking takes.
    private static long AllocatedByOthers => GC.GetTotalAllocatedBytes(precise: true) - GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Prints a row for each tenth of the requests.</summary>
    public static int Run(string[] args)
    {
        var requests = args.Length == 0 ? 100_000 : int.Parse(args[0], CultureInfo.InvariantCulture);
        using var endpoint = Endpoint.Open([IPAddress.Loopback], 0, out var problem) ?? throw new InvalidOperationException(problem);
        using var store = new MemoryStore();
        var settings = new DeviceSettings
        {
            Remembered = Remembered,
            Machine = Machines.Kept(static program => new ContainerMachine(program)),
        };
        Server server = new(settings, endpoint, store, new NoSensors(), static _ => { });
        var manifest = new Manifest(Profile.Rbpf, BudgetClass.Snippet, SensorReply.Ids);
        var application = Application.Admit(manifest, SensorReply.Program, out problem) ?? throw new InvalidOperationException(problem);
        server.Post(new DeviceEvent.Install(0, application));
        Thread thread = new(server.Run);
        thread.Start();
        try
        {
            Console.WriteLine("requests  bytes each  heap, KiB  collections");
            for (var row = 1; row <= Rows; row++)
            {
                var (bytes, collections) = (AllocatedByOthers, GC.CollectionCount(0));
                Flood.Run(endpoint.Addresses[0], SensorReply.Request(0), requests / Rows);
                bytes = AllocatedByOthers - bytes;
                collections = GC.CollectionCount(0) - collections;
                var heap = GC.GetTotalMemory(forceFullCollection: true) / 1024;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row * (requests / Rows),8} {(double)bytes * Rows / requests,11:0} {heap,10} {collections,12}"));
            }

            return 0;
        }
        finally
        {
            server.Stop();
            thread.Join();
        }
    }
}

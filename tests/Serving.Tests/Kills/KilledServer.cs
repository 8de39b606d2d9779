using System.Globalization;
using System.Net;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests.Kills;

/// <summary>A process with a server, to be killed: <c>dotnet RbpfSpec.Serving.Tests.dll sqlite FILE</c>.</summary>
/// <remarks>It tells its port, or what is wrong, and ends when its standard input does.</remarks>
internal static class KilledServer
{
    /// <summary>The settings of its device.</summary>
    public static DeviceSettings Settings { get; } = new()
    {
        Updates = new UpdatePolicy.Unsigned(),
        Default = Manifest.Least,
        Remembered = 1024,
    };

    public static int Main(string[] args)
    {
        var endsWithParent = new Thread(() =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        })
        { IsBackground = true };
        endsWithParent.Start();
        if (StoreOf(args[0], args[1], out var problem) is not { } store)
        {
            Console.Out.WriteLine(problem);
            return 1;
        }

        using (store)
        {
            using var endpoint = Endpoint.Open([IPAddress.Loopback], 0, out problem);
            if (endpoint is null) return 1;
            var server = new Server(Settings, endpoint, store, new NoSensors(), _ => { });
            Console.Out.WriteLine(endpoint.Addresses[0].Port.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
            server.Run();
        }

        return 0;
    }

    private static IDeviceStore? StoreOf(string kind, string file, out string problem)
    {
        if (kind == InPlaceStore.Kind) return InPlaceStore.Open(file, Settings, out problem);
        switch (SqliteStore.Open(file, Settings))
        {
            case StoreOpening.Opened(var store):
                problem = "";
                return store;
            case StoreOpening.Refused(var why):
                problem = why;
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

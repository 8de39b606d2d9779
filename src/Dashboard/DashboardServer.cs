using System.Net;
using System.Runtime.CompilerServices;
using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Dashboard.Web;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Dashboard;

/// <summary>A page in the browser that shows what a device does, and can change nothing.</summary>
public sealed class DashboardServer : IDisposable
{
    private readonly IDisposable server;

    private DashboardServer(IDisposable server, Uri address) => (this.server, Address) = (server, address);

    /// <summary>The address of the page.</summary>
    public Uri Address { get; }

    /// <summary>Begins to answer; null if it cannot.</summary>
    /// <param name="address">Where it listens; the port 0 for any that is free.</param>
    /// <param name="device">The device as it is; any thread may ask.</param>
    /// <param name="recorder">The things that happened to it.</param>
    /// <param name="addresses">Where the device listens, for people.</param>
    /// <param name="problem">Why it cannot, and what would be right; empty if it can.</param>
    public static DashboardServer? Open(
        IPEndPoint address, Func<Device> device, Recorder recorder, Sequence<string> addresses, out string problem)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(recorder);
        return AspNetCore.TryLoad(out problem)
            ? Opened(address, () => StateJson.Of(device(), recorder, addresses), out problem)
            : null;
    }

    /// <summary>Answers no longer.</summary>
    public void Dispose() => server.Dispose();

    // A method of its own: what it names is looked for when it is compiled, and by then it has to be known where.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DashboardServer? Opened(IPEndPoint address, Func<ReadOnlyMemory<byte>> state, out string problem) =>
        WebServer.Open(address, new Answers(state, IPAddress.IsLoopback(address.Address)), out problem) is { } server
            ? new(server, server.Address)
            : null;
}

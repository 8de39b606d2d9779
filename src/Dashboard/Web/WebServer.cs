using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace RbpfSpec.Dashboard.Web;

/// <summary>Kestrel on one address, without the host, the configuration and the handlers of signals that come with it elsewhere.</summary>
internal sealed class WebServer : IHttpApplication<HttpContext>, IDisposable
{
    private const int MostConnections = 64;

    private readonly KestrelServer server;
    private readonly Answers answers;

    private WebServer(KestrelServer server, Answers answers) => (this.server, this.answers) = (server, answers);

    /// <summary>The address of the page.</summary>
    public Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Listens and answers; null if it cannot.</summary>
    /// <param name="address">Where; the port 0 for any that is free.</param>
    /// <param name="answers">What it answers.</param>
    /// <param name="problem">Why it cannot, and what would be right; empty if it can.</param>
    public static WebServer? Open(IPEndPoint address, Answers answers, out string problem)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var made = new WebServer(kestrel, answers);
        try
        {
            problem = "";
            kestrel.StartAsync(made, CancellationToken.None).GetAwaiter().GetResult();
            return made;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            kestrel.Dispose();
            problem = Told(address, exception);
            return null;
        }
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) => answers.Answer(context);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
        // It holds nothing.
    }

    /// <summary>Ends the connections, and listens no longer.</summary>
    public void Dispose()
    {
        // Pages ask again and again: nobody waits for the end of what they ask.
        server.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
        server.Dispose();
    }

    private static string Told(IPEndPoint address, Exception exception)
    {
        var cause = exception;
        while (cause is not SocketException && cause.InnerException is { } inner) cause = inner;
        return (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => string.Create(
                CultureInfo.InvariantCulture,
                $"the TCP port {address.Port} of {address.Address} is in use; expected one that is free, or 0 for any"),
            SocketError.AddressNotAvailable => $"{address.Address} is no address of this computer; expected one that is",
            SocketError.AccessDenied => string.Create(
                CultureInfo.InvariantCulture, $"the TCP port {address.Port} is not allowed to this user; expected one from 1024 on"),
            _ => $"cannot listen on {address}: {cause.Message}",
        };
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace RbpfSpec.Serving.Secure;

/// <summary>CoAP over DTLS 1.2 with shared keys (RFC 7252 §9.1.3.1): a port in front of the device's own.</summary>
/// <remarks>
/// What a client sends under its keys comes to the device from a port of this computer, one for each session. Who has not shown that he
/// gets what is sent to his address (the cookie of RFC 6347 §4.2.1) costs nothing but an answer that is no longer than what he sent.
/// </remarks>
public sealed class DtlsFront : IDisposable
{
    /// <summary>The port for CoAP over DTLS; RFC 7252 §6.2.</summary>
    public const int DefaultPort = 5684;

    private const int MostSessions = 64;

    // Of a record of DTLS: its type, two bytes of version, and two of the epoch, which is 0 before keys are agreed upon.
    private const byte Handshake = 22;
    private const int EpochAt = 3;

    private readonly Socket socket;
    private readonly IPEndPoint device;
    private readonly Sequence<SharedKey> keys;
    private readonly BcTlsCrypto crypto = new();
    private readonly DtlsVerifier verifier;
    private readonly ConcurrentDictionary<IPEndPoint, DtlsSession> sessions = [];
    private readonly Thread thread;
    private volatile bool isStopped;

    private DtlsFront(Socket socket, IPEndPoint device, Sequence<SharedKey> keys)
    {
        (this.socket, this.device, this.keys) = (socket, device, keys);
        verifier = new(crypto);
        Address = (IPEndPoint)socket.LocalEndPoint!;
        thread = new(Receive) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Listens; null, with the reason, if it cannot.</summary>
    /// <param name="address">An address of this computer, and a port; 0 for any that is free.</param>
    /// <param name="device">Where the device listens.</param>
    /// <param name="keys">The keys of those who may speak to it.</param>
    /// <param name="problem">The reason; else empty.</param>
    public static DtlsFront? Open(IPEndPoint address, IPEndPoint device, Sequence<SharedKey> keys, out string problem)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(device);
        var listening = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            listening.Bind(address);
            problem = "";
            return new(listening, Reachable(device), keys);
        }
        catch (SocketException exception)
        {
            listening.Dispose();
            problem = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"the UDP port {address.Port} of {address.Address} is in use; expected one that is free, or 0 for any",
                SocketError.AddressNotAvailable => $"{address.Address} is no address of this computer; expected one that is",
                _ => $"cannot listen on {address}: {exception.Message}",
            };
            return null;
        }
    }

    /// <summary>Ends all sessions, and listens no more.</summary>
    public void Dispose()
    {
        isStopped = true;
        socket.Dispose();
        thread.Join();
        foreach (var session in sessions.Values) session.Dispose();
    }

    // One that listens on all addresses is reached on the loopback.
    private static IPEndPoint Reachable(IPEndPoint device) => device.Address switch
    {
        var address when address.Equals(IPAddress.Any) => new(IPAddress.Loopback, device.Port),
        var address when address.Equals(IPAddress.IPv6Any) => new(IPAddress.IPv6Loopback, device.Port),
        _ => device,
    };

    private void Receive()
    {
        var buffer = new byte[Network.Endpoint.LargestDatagram];
        EndPoint any = new IPEndPoint(socket.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!isStopped)
        {
            try
            {
                var from = any;
                var length = socket.ReceiveFrom(buffer, ref from);
                Take((IPEndPoint)from, buffer, length);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // A client's port that is closed, or the end.
            }
        }
    }

    private void Take(IPEndPoint client, byte[] datagram, int length)
    {
        // A client that begins anew from the same port has its old session until it is verified.
        var isBeginning = length > EpochAt + 1 && datagram[0] == Handshake && datagram[EpochAt] == 0 && datagram[EpochAt + 1] == 0;
        if (sessions.TryGetValue(client, out var session) && !(session.IsOpen && isBeginning))
        {
            session.Add(datagram.AsSpan(0, length));
            return;
        }

        if (!isBeginning || Verified(client, datagram, length) is not { } request) return;
        if (session is null && sessions.Count >= MostSessions) return;
        session?.Dispose();
        sessions[client] = DtlsSession.Begin(
            socket, client, device, request, new PskServer(crypto, keys), over => sessions.TryRemove(new(client, over)));
    }

    private DtlsRequest? Verified(IPEndPoint client, byte[] datagram, int length)
    {
        try
        {
            return verifier.VerifyRequest(
                [.. client.Address.GetAddressBytes(), (byte)(client.Port >> 8), (byte)client.Port], datagram, 0, length,
                new ClientTransport(socket, client));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or IndexOutOfRangeException)
        {
            // No first message of a handshake: nobody answers.
            return null;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Serving.Network;

/// <summary>A UDP port, on an address of IPv4, one of IPv6, or both.</summary>
/// <remarks>
/// Each socket is for one thread, which waits in the receiving call itself: on a busy device a call that only tells that something
/// came costs as much as the call that takes it. What is done with the senders' names is for one thread at a time.
/// </remarks>
public sealed class Endpoint : IDisposable
{
    /// <summary>The port of CoAP.</summary>
    public const int DefaultPort = 5683;

    /// <summary>The most bytes of a datagram.</summary>
    public const int LargestDatagram = 65_535;

    // Where any port will do, that of the first address may be taken on the second one.
    private const int Attempts = 16;

    // The system takes fewer if it has not so many: what a burst brings waits here.
    private const int ReceiveBuffer = 1 << 20;

    private readonly Socket[] sockets;
    private readonly SocketAddress[] senders;
    private readonly Peers peers = new();

    private Endpoint(Socket[] sockets)
    {
        this.sockets = sockets;
        senders = Array.ConvertAll(sockets, socket => new SocketAddress(socket.AddressFamily));
        Addresses = [.. sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];
    }

    /// <summary>Where it listens: an address for each socket.</summary>
    public Sequence<IPEndPoint> Addresses { get; }

    /// <summary>The addresses of this computer itself: that of IPv4, and that of IPv6 if it has one.</summary>
    public static Sequence<IPAddress> Loopback =>
        Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    /// <summary>Listens; null if it cannot.</summary>
    /// <param name="addresses">One or two, of different families.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="problem">Why it cannot, and what would be right; empty if it can.</param>
    public static Endpoint? Open(Sequence<IPAddress> addresses, int port, out string problem)
    {
        problem = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            List<Socket> bound = [];
            problem = "";
            foreach (var address in addresses)
            {
                var chosen = bound.Count > 0 ? ((IPEndPoint)bound[0].LocalEndPoint!).Port : port;
                if (Bound(new(address, chosen), out problem) is not { } socket) break;
                bound.Add(socket);
            }

            if (problem == "") return new([.. bound]);
            foreach (var socket in bound) socket.Dispose();
            if (port != 0) break;
        }

        return null;
    }

    /// <summary>Waits for a datagram, or until it is woken.</summary>
    /// <param name="socket">Which of the sockets, from 0.</param>
    /// <param name="buffer">At least <see cref="LargestDatagram"/> bytes.</param>
    /// <param name="length">How many of them are the datagram; of a wake-up, none.</param>
    /// <returns>Whether one came: not if it was lost on its way up.</returns>
    public bool Receive(int socket, Span<byte> buffer, out int length)
    {
        try
        {
            length = sockets[socket].ReceiveFrom(buffer, SocketFlags.None, senders[socket]);
            return true;
        }
        catch (SocketException)
        {
            // A datagram with a wrong sum, or the news that nobody took one of ours.
            length = 0;
            return false;
        }
    }

    /// <summary>Whether a datagram waits at a socket.</summary>
    public bool IsWaiting(int socket) => sockets[socket].Poll(0, SelectMode.SelectRead);

    /// <summary>Who sent the latest datagram of a socket.</summary>
    public string SenderOf(int socket) => peers.NameOf(senders[socket]);

    /// <summary>Ends the waiting of the threads that wait, or will, with an empty datagram to each socket.</summary>
    /// <remarks>Any thread may call it.</remarks>
    public void Wake()
    {
        foreach (var address in Addresses)
        {
            var isAny = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any);
            var loopback = address.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
            using var waker = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            waker.SendTo([], SocketFlags.None, new IPEndPoint(isAny ? loopback : address.Address, address.Port));
        }
    }

    /// <summary>Sends a datagram; if it cannot be sent, it is lost, as datagrams may be.</summary>
    /// <param name="peer">To whom.</param>
    /// <param name="datagram">The bytes.</param>
    public void Send(string peer, ReadOnlySpan<byte> datagram)
    {
        if (peers.AddressOf(peer) is not { } address) return;
        foreach (var socket in sockets)
        {
            if (socket.AddressFamily != address.Family) continue;
            try
            {
                socket.SendTo(datagram, SocketFlags.None, address);
            }
            catch (SocketException)
            {
                // No way there, or no room at present.
            }

            return;
        }
    }

    public void Dispose()
    {
        foreach (var socket in sockets) socket.Dispose();
    }

    private static Socket? Bound(IPEndPoint address, out string problem)
    {
        problem = "";
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.AddressFamily is AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.ReceiveBufferSize = ReceiveBuffer;
            socket.Bind(address);
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            problem = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => string.Create(
                    CultureInfo.InvariantCulture,
                    $"the UDP port {address.Port} of {address.Address} is in use; expected one that is free, or 0 for any"),
                SocketError.AddressNotAvailable => $"{address.Address} is no address of this computer; expected one that is",
                SocketError.AccessDenied => string.Create(
                    CultureInfo.InvariantCulture, $"the UDP port {address.Port} is not allowed to this user; expected one from 1024 on"),
                _ => $"cannot listen on {address}: {exception.Message}",
            };
            return null;
        }
    }
}

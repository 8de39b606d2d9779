using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Serving.Network;

/// <summary>A UDP port, on an address of IPv4, one of IPv6, or both.</summary>
/// <remarks>For one thread, but for <see cref="Wake"/>.</remarks>
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
    private readonly Arrival[] arrivals;
    private readonly Socket waker;
    private readonly List<Socket> readable = [];
    private readonly Peers peers = new();

    private Endpoint(Socket[] sockets)
    {
        this.sockets = sockets;
        senders = Array.ConvertAll(sockets, socket => new SocketAddress(socket.AddressFamily));
        arrivals = new Arrival[sockets.Length];
        Addresses = [.. sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];
        waker = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        waker.Connect(waker.LocalEndPoint!);
        waker.Blocking = false;
    }

    // Whether a datagram waits.
    private enum Arrival
    {
        None,
        Perhaps,
        Sure,
    }

    /// <summary>Where it listens.</summary>
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

    /// <summary>Waits until a datagram comes, it is woken, or the time is over.</summary>
    /// <param name="time">How long; null without end.</param>
    public void Wait(TimeSpan? time)
    {
        readable.Clear();
        readable.AddRange(sockets);
        readable.Add(waker);
        Socket.Select(readable, null, null, time ?? Timeout.InfiniteTimeSpan);
        for (var i = 0; i < sockets.Length; i++) arrivals[i] = readable.Contains(sockets[i]) ? Arrival.Sure : Arrival.None;
        if (!readable.Contains(waker)) return;
        Span<byte> bytes = stackalloc byte[1];
        while (waker.Poll(0, SelectMode.SelectRead)) waker.Receive(bytes, SocketFlags.None, out _);
    }

    /// <summary>Ends the waiting of the thread that waits, or will; any thread may call it.</summary>
    public void Wake() => waker.Send([0], SocketFlags.None, out _);

    /// <summary>Takes a datagram that came before the waiting ended, or since.</summary>
    /// <param name="buffer">At least <see cref="LargestDatagram"/> bytes.</param>
    /// <param name="length">How many of them are the datagram.</param>
    /// <param name="peer">Who sent it.</param>
    public bool TryReceive(Span<byte> buffer, out int length, out string peer)
    {
        for (var i = 0; i < sockets.Length; i++)
        {
            if (arrivals[i] is Arrival.None) continue;
            if (arrivals[i] is Arrival.Perhaps && !sockets[i].Poll(0, SelectMode.SelectRead))
            {
                arrivals[i] = Arrival.None;
                continue;
            }

            arrivals[i] = Arrival.Perhaps;
            try
            {
                length = sockets[i].ReceiveFrom(buffer, SocketFlags.None, senders[i]);
                peer = peers.NameOf(senders[i]);
                return true;
            }
            catch (SocketException)
            {
                // A datagram with a wrong sum, or the news that nobody took one of ours: there is none to take.
            }
        }

        (length, peer) = (0, "");
        return false;
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
        waker.Dispose();
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
            socket.Blocking = false;
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

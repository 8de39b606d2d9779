using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Serving.Client;

/// <summary>Datagrams over UDP.</summary>
/// <remarks>A name can have several addresses: as long as nobody has answered, the next one is tried where nobody listens.</remarks>
public sealed class UdpChannel : IDatagramChannel
{
    // How long a wait lasts before it looks whether it is to end.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Queue<IPEndPoint> others;
    private readonly byte[] buffer = new byte[ushort.MaxValue + 1];
    private Socket socket;
    private byte[] latest = [];
    private bool isAnswered;

    private UdpChannel(Socket socket, Queue<IPEndPoint> others)
    {
        this.socket = socket;
        this.others = others;
    }

    public TimeSpan Now => Stopwatch.GetElapsedTime(began);

    /// <summary>A channel to a server; null if its name has no address.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="problem">What is wrong; empty if nothing is.</param>
    public static UdpChannel? Open(CoapAddress address, out string problem)
    {
        ArgumentNullException.ThrowIfNull(address);
        problem = "";
        IPAddress[] found = [];
        try
        {
            found = Dns.GetHostAddresses(address.Host);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            problem = $"'{address.Host}' has no address: {exception.Message}";
            return null;
        }

        var left = new Queue<IPEndPoint>();
        foreach (var one in found) left.Enqueue(new(one, address.Port));
        while (left.TryDequeue(out var first))
        {
            if (Connect(first) is { } connected) return new(connected, left);
        }

        problem = $"'{address.Host}' has no address that can be reached";
        return null;
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        latest = datagram.ToArray();

        // What the network says of the datagram before it comes first, and then nothing is sent.
        if (!IsSent(datagram)) IsSent(datagram);
    }

    public Arrival Receive(TimeSpan until, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var left = until - Now;
            if (left <= TimeSpan.Zero) break;
            try
            {
                // What the network says against it is an error, and nothing to read.
                if (!socket.Poll(left < Slice ? left : Slice, SelectMode.SelectRead) && !socket.Poll(0, SelectMode.SelectError)) continue;
                var count = socket.Receive(buffer);
                isAnswered = true;
                return new Arrival.Datagram(Sequence.Of<byte>(buffer.AsSpan(0, count)));
            }
            catch (SocketException exception) when (
                exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                if (isAnswered || !Next()) return new Arrival.Unreachable();
            }
        }

        return new Arrival.Nothing();
    }

    public void Dispose() => socket.Dispose();

    private bool IsSent(ReadOnlySpan<byte> datagram)
    {
        try
        {
            socket.Send(datagram);
            return true;
        }
        catch (SocketException)
        {
            // It is lost; whoever waits for an answer is told.
            return false;
        }
    }

    private bool Next()
    {
        while (others.TryDequeue(out var next))
        {
            if (Connect(next) is not { } connected) continue;
            socket.Dispose();
            socket = connected;
            Send(latest);
            return true;
        }

        return false;
    }

    private static Socket? Connect(IPEndPoint peer)
    {
        var connected = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            connected.Connect(peer);
            return connected;
        }
        catch (SocketException)
        {
            connected.Dispose();
            return null;
        }
    }
}

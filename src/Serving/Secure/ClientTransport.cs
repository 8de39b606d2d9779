using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;

namespace RbpfSpec.Serving.Secure;

/// <summary>The datagrams of one client: what came for it from a socket of all, and the way back.</summary>
internal sealed class ClientTransport(Socket socket, IPEndPoint client) : DatagramTransport
{
    // A UDP datagram that no link in between cuts in pieces.
    private const int Largest = 1452;

    private const int MostWaiting = 64;

    private readonly Queue<byte[]> waiting = [];
    private bool isClosed;

    /// <summary>Hands a datagram over; it is lost if many wait already, or the transport is closed.</summary>
    public void Add(ReadOnlySpan<byte> datagram)
    {
        lock (waiting)
        {
            if (isClosed || waiting.Count >= MostWaiting) return;
            waiting.Enqueue(datagram.ToArray());
            Monitor.Pulse(waiting);
        }
    }

    public int GetReceiveLimit() => Largest;

    public int GetSendLimit() => Largest;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    /// <summary>The next datagram.</summary>
    /// <returns>Its bytes; -1 if none comes in time.</returns>
    /// <exception cref="IOException">The transport is closed.</exception>
    public int Receive(Span<byte> buffer, int waitMillis)
    {
        lock (waiting)
        {
            if (waiting.Count == 0 && !isClosed) Monitor.Wait(waiting, waitMillis);
            if (isClosed) throw new IOException("the session is over");
            if (!waiting.TryDequeue(out var datagram) || datagram.Length > buffer.Length) return -1;
            datagram.CopyTo(buffer);
            return datagram.Length;
        }
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer)
    {
        try
        {
            socket.SendTo(buffer, client);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // As any datagram, it may be lost.
        }
    }

    public void Close()
    {
        lock (waiting)
        {
            isClosed = true;
            Monitor.PulseAll(waiting);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;

namespace RbpfSpec.Serving.Secure;

/// <summary>A client with its keys: what it sends goes to the device as a datagram of a peer of its own, and back.</summary>
internal sealed class DtlsSession : IDisposable
{
    // A client that says nothing for so long has to begin anew.
    private const int PatienceMilliseconds = 600_000;

    private readonly ClientTransport transport;
    private readonly Socket inner;
    private readonly Action<DtlsSession> ended;
    private volatile bool isOpen;
    private int isEnding;

    private DtlsSession(ClientTransport transport, Socket inner, Action<DtlsSession> ended) =>
        (this.transport, this.inner, this.ended) = (transport, inner, ended);

    /// <summary>Whether the handshake is over.</summary>
    public bool IsOpen => isOpen;

    /// <summary>Begins a session with a client whose address is verified.</summary>
    /// <param name="socket">The socket that the client sends to.</param>
    /// <param name="client">Its address.</param>
    /// <param name="device">The address of the device.</param>
    /// <param name="request">Its verified first message.</param>
    /// <param name="server">The side of the device in the handshake.</param>
    /// <param name="ended">Told when it is over.</param>
    public static DtlsSession Begin(
        Socket socket, IPEndPoint client, IPEndPoint device, DtlsRequest request, PskServer server, Action<DtlsSession> ended)
    {
        var toDevice = new Socket(device.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        toDevice.Connect(device);
        var session = new DtlsSession(new(socket, client), toDevice, ended);
        new Thread(() => session.Run(request, server)) { IsBackground = true }.Start();
        return session;
    }

    /// <summary>A datagram of the client.</summary>
    public void Add(ReadOnlySpan<byte> datagram) => transport.Add(datagram);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isEnding, 1) != 0) return;
        transport.Close();
        inner.Dispose();
    }

    // Whatever a client sends, it may end its own session, and nothing else: the library meets what it cannot read with exceptions.
    private void Run(DtlsRequest request, PskServer server)
    {
        try
        {
            var open = new DtlsServerProtocol().Accept(server, transport, request);
            isOpen = true;
            new Thread(() => Answer(open)) { IsBackground = true }.Start();
            var buffer = new byte[open.GetReceiveLimit()];
            while (open.Receive(buffer, 0, buffer.Length, PatienceMilliseconds) is >= 0 and var length)
                inner.Send(buffer.AsSpan(0, length));
            open.Close();
            Dispose();
        }
        catch (Exception)
        {
            Dispose();
        }

        ended(this);
    }

    private void Answer(DtlsTransport open)
    {
        var buffer = new byte[Network.Endpoint.LargestDatagram];
        try
        {
            while (true)
            {
                var length = inner.Receive(buffer);
                if (length <= open.GetSendLimit()) open.Send(buffer, 0, length);
            }
        }
        catch (Exception)
        {
            // So is this direction, and with it the other.
            Dispose();
        }
    }
}

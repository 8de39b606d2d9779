using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Tests.Secure;

/// <summary>A client of DTLS with a shared key, from any port or a given one.</summary>
internal sealed class DtlsClient : IDisposable
{
    private readonly Udp udp;
    private readonly DtlsTransport transport;

    /// <summary>Agrees upon keys with a server; an <see cref="IOException"/> if it does not want to.</summary>
    public DtlsClient(IPEndPoint server, string identity, Sequence<byte> key, int port = 0)
    {
        udp = new(server, port);
        try
        {
            transport = new DtlsClientProtocol().Connect(
                new Client(new BasicTlsPskIdentity(identity, key.AsSpan().ToArray())), udp);
        }
        catch
        {
            udp.Dispose();
            throw;
        }
    }

    /// <summary>The port of the client.</summary>
    public int Port => udp.Port;

    /// <summary>The answer to a message, which is sent again as long as there is none; null if none comes at all.</summary>
    public CoapMessage? Ask(CoapMessage message)
    {
        var bytes = CoapWriter.Write(message);
        var buffer = new byte[2048];
        for (var second = 0; second < RunningServer.Patience.TotalSeconds; second++)
        {
            transport.Send(bytes, 0, bytes.Length);
            if (transport.Receive(buffer, 0, buffer.Length, 1000) is not (>= 0 and var length)) continue;
            var answer = CoapReader.Read(buffer.AsSpan(0, length)).ShouldBeOfType<CoapReading.Read>().Message;
            if (answer.MessageId == message.MessageId) return answer;
        }

        return null;
    }

    /// <summary>Goes away without a word, as one does whose power fails.</summary>
    public void Vanish() => udp.Dispose();

    public void Dispose()
    {
        transport.Close();
        udp.Dispose();
    }

    private sealed class Client(TlsPskIdentity identity) : PskTlsClient(new BcTlsCrypto(), identity)
    {
        protected override int[] GetSupportedCipherSuites() => [CipherSuite.TLS_PSK_WITH_AES_128_CCM_8];

        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

        // Who has another key gets no word from the server.
        public override int GetHandshakeTimeoutMillis() => 2000;
    }

    private sealed class Udp : DatagramTransport, IDisposable
    {
        private readonly Socket socket;

        public Udp(IPEndPoint server, int port)
        {
            socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Connect(server);
        }

        public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

        public int GetReceiveLimit() => 2048;

        public int GetSendLimit() => 1400;

        public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

        public int Receive(Span<byte> buffer, int waitMillis) =>
            socket.Poll(TimeSpan.FromMilliseconds(waitMillis), SelectMode.SelectRead) ? socket.Receive(buffer) : -1;

        public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

        public void Send(ReadOnlySpan<byte> buffer) => socket.Send(buffer);

        public void Close() => Dispose();

        public void Dispose() => socket.Dispose();
    }
}

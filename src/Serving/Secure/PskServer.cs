using System.Text;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace RbpfSpec.Serving.Secure;

/// <summary>The side of the device in a handshake of DTLS 1.2 with a shared key, RFC 4279.</summary>
internal sealed class PskServer(TlsCrypto crypto, Sequence<SharedKey> keys) : PskTlsServer(crypto, new Identities(keys))
{
    private const int HandshakeMilliseconds = 20_000;

    /// <summary>A client that stops in the middle is given up.</summary>
    public override int GetHandshakeTimeoutMillis() => HandshakeMilliseconds;

    // The first is what RFC 7252 §9.1.3.1 asks for; libraries that find its short tags too weak take the next.
    protected override int[] GetSupportedCipherSuites() =>
    [
        CipherSuite.TLS_PSK_WITH_AES_128_CCM_8, CipherSuite.TLS_PSK_WITH_AES_128_CCM, CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
    ];

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    private sealed class Identities(Sequence<SharedKey> keys) : TlsPskIdentityManager
    {
        public byte[] GetHint() => [];

        public byte[]? GetPsk(byte[] identity)
        {
            var name = Encoding.UTF8.GetString(identity);
            return keys.FirstOrDefault(key => key.Identity == name)?.Key.AsSpan().ToArray();
        }
    }
}

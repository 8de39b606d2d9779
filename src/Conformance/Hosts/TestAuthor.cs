using System.Formats.Cbor;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using RbpfSpec.Updates;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>An author whose signatures are the same each time, so that vectors are: ECDSA on P-256 with the nonces of RFC 6979.</summary>
/// <remarks>For vectors alone: its private key is in this file.</remarks>
internal sealed class TestAuthor
{
    private const int Size = 32;

    // So many points the curve has; FIPS 186-4 D.1.2.3.
    private static readonly BigInteger N = Number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    // What stands before the point in a SubjectPublicKeyInfo of P-256.
    private static readonly byte[] InfoStart = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private readonly BigInteger secret;

    private TestAuthor(string name)
        : this(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))
    {
    }

    /// <summary>The author with a private key.</summary>
    /// <param name="number">The key, 32 bytes, the most significant first.</param>
    internal TestAuthor(byte[] number)
    {
        secret = Number(Convert.ToHexString(number)) % N;
        var point = PointOf(secret);
        Point = [4, .. point.X!, .. point.Y!];
        Key = TrustedKey.TryOfPem(Pem(Point), out var key, out var problem) ? key : throw new InvalidOperationException(problem);
    }

    /// <summary>The author that devices of vectors trust.</summary>
    public static TestAuthor Known { get; } = new("the author of the vectors");

    /// <summary>One whom they do not trust.</summary>
    public static TestAuthor Stranger { get; } = new("a stranger");

    /// <summary>The public key: a point in the uncompressed form.</summary>
    public Sequence<byte> Point { get; }

    /// <summary>The public key as devices have it.</summary>
    public TrustedKey Key { get; }

    /// <summary>A public key in the form PEM.</summary>
    /// <param name="point">In the uncompressed form.</param>
    public static string Pem(Sequence<byte> point) =>
        PemEncoding.WriteString("PUBLIC KEY", [.. InfoStart, .. point.AsSpan()]);

    /// <summary>The bytes of a signed update.</summary>
    /// <param name="manifest">The bytes of the manifest.</param>
    /// <param name="program">The program.</param>
    /// <param name="id">The id of the key that the message names; this one's if it is null.</param>
    /// <param name="header">The protected header; that of ES256 if it is null.</param>
    public Sequence<byte> Update(byte[] manifest, Sequence<byte> program, Sequence<byte>? id = null, byte[]? header = null)
    {
        header ??= [0xa1, 0x01, 0x26];
        var signed = new CborWriter(CborConformanceMode.Ctap2Canonical);
        signed.WriteStartArray(4);
        signed.WriteTextString("Signature1");
        signed.WriteByteString(header);
        signed.WriteByteString([]);
        signed.WriteByteString(manifest);
        signed.WriteEndArray();
        var message = new CborWriter(CborConformanceMode.Canonical);
        message.WriteTag((CborTag)18);
        message.WriteStartArray(4);
        message.WriteByteString(header);
        message.WriteStartMap(2);
        message.WriteInt32(4);
        message.WriteByteString((id ?? Key.Id).AsSpan());
        message.WriteTextString(Envelope.ProgramLabel);
        message.WriteByteString(program.AsSpan());
        message.WriteEndMap();
        message.WriteByteString(manifest);
        message.WriteByteString(Sign(signed.Encode()));
        message.WriteEndArray();
        return Sequence.Of<byte>(message.Encode());
    }

    /// <summary>The signature of a message, 64 bytes.</summary>
    /// <remarks>
    /// FIPS 186-4 §6.4 with the nonce of RFC 6979 §3.2; the cases that ask for another nonce have a chance of 2 to the power of -32, and
    /// less.
    /// </remarks>
    internal byte[] Sign(byte[] message)
    {
        var digest = SHA256.HashData(message);
        var nonce = Nonce(digest);
        var r = Number(Convert.ToHexString(PointOf(nonce).X!)) % N;
        var s = BigInteger.ModPow(nonce, N - 2, N) * (Number(Convert.ToHexString(digest)) + (r * secret)) % N;
        return [.. Bytes(r), .. Bytes(s)];
    }

    private BigInteger Nonce(byte[] digest)
    {
        byte[] seed = [.. Bytes(secret), .. Bytes(Number(Convert.ToHexString(digest)) % N)];
        var (k, v) = (new byte[Size], new byte[Size]);
        Array.Fill(v, (byte)1);
        foreach (byte round in (byte[])[0, 1])
        {
            k = HMACSHA256.HashData(k, (byte[])[.. v, round, .. seed]);
            v = HMACSHA256.HashData(k, v);
        }

        return Number(Convert.ToHexString(HMACSHA256.HashData(k, v)));
    }

    // The public point of a private key: so many times the generator.
    private static ECPoint PointOf(BigInteger secret)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(secret) });
        return key.ExportParameters(includePrivateParameters: false).Q;
    }

    private static BigInteger Number(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Size - bytes.Length], .. bytes];
    }
}

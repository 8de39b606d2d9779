using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace RbpfSpec.Updates;

/// <summary>The public key of an author: of ECDSA on the curve P-256.</summary>
/// <param name="Info">The key as SubjectPublicKeyInfo, in DER.</param>
/// <param name="Id">The id by which an update names it: the first 8 bytes of its thumbprint with SHA-256, RFC 9679.</param>
public sealed record TrustedKey(Sequence<byte> Info, Sequence<byte> Id)
{
    /// <summary>How many bytes an id has.</summary>
    public const int IdSize = 8;

    /// <summary>The id in hexadecimal digits, for people.</summary>
    public string Name => Convert.ToHexStringLower(Id.AsSpan());

    /// <summary>The key that a file in the form PEM has, as <c>PUBLIC KEY</c>.</summary>
    /// <param name="pem">The text of the file.</param>
    /// <param name="key">The key; null if there is a problem.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    public static bool TryOfPem(string pem, [NotNullWhen(true)] out TrustedKey? key, out string problem)
    {
        key = null;
        using var found = PemKey.Of(pem, out var isPrivate, out problem);
        if (found is null) return false;
        if (isPrivate)
        {
            problem = "it has a private key, which is for signing alone; expected the public one, in the file .pub beside it";
            return false;
        }

        key = Of(found);
        return true;
    }

    /// <summary>The key in the form PEM.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", Info.AsSpan()) + "\n";

    /// <summary>The public part of a key.</summary>
    internal static TrustedKey Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt32(-1);
        writer.WriteInt32(1);
        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return new(
            Sequence.Of<byte>(key.ExportSubjectPublicKeyInfo()),
            Sequence.Of<byte>(SHA256.HashData(writer.Encode()).AsSpan(0, IdSize)));
    }

    /// <summary>The key as the platform has it.</summary>
    internal ECDsa ToEcdsa()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Info.AsSpan(), out _);
        return key;
    }
}

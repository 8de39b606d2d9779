using System.Security.Cryptography;

namespace RbpfSpec.Updates;

/// <summary>Reads keys in the form PEM, RFC 7468.</summary>
internal static class PemKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>The key of ECDSA on the curve P-256 that a text has; else nothing, and why.</summary>
    /// <param name="pem">Any text.</param>
    /// <param name="isPrivate">Whether it is a private key.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    public static ECDsa? Of(string pem, out bool isPrivate, out string problem)
    {
        isPrivate = false;
        problem = "";
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            problem = "there is no key in the form PEM; expected -----BEGIN PUBLIC KEY----- or -----BEGIN PRIVATE KEY-----";
            return null;
        }

        var label = pem[fields.Label];
        if (label is not ("PUBLIC KEY" or "PRIVATE KEY" or "EC PRIVATE KEY"))
        {
            problem = $"it has a '{label}'; expected a PUBLIC KEY or a PRIVATE KEY";
            return null;
        }

        isPrivate = label != "PUBLIC KEY";
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256) return key;
            problem = $"its curve is not P-256; expected a key of ECDSA on P-256";
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            problem = $"its {label} is none of ECDSA; expected one on the curve P-256";
        }

        key.Dispose();
        return null;
    }
}

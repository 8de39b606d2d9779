using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RbpfSpec.Updates;

/// <summary>The key of an author: a private key of ECDSA on the curve P-256.</summary>
public sealed class SigningKey : IDisposable
{
    private SigningKey(ECDsa key)
    {
        Key = key;
        Public = TrustedKey.Of(key);
    }

    /// <summary>The public key, with which others verify.</summary>
    public TrustedKey Public { get; }

    /// <summary>The key itself.</summary>
    internal ECDsa Key { get; }

    /// <summary>A new key.</summary>
    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The key that a file in the form PEM has, as <c>PRIVATE KEY</c> (PKCS #8) or <c>EC PRIVATE KEY</c>.</summary>
    /// <param name="pem">The text of the file.</param>
    /// <param name="key">The key; null if there is a problem.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    public static bool TryOfPem(string pem, [NotNullWhen(true)] out SigningKey? key, out string problem)
    {
        key = null;
        if (PemKey.Of(pem, out var isPrivate, out problem) is not { } found) return false;
        if (isPrivate)
        {
            key = new(found);
            return true;
        }

        found.Dispose();
        problem = "it has a public key; expected the private one";
        return false;
    }

    /// <summary>The private key in the form PEM, as PKCS #8.</summary>
    public string ToPem() => Key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Forgets the key.</summary>
    public void Dispose() => Key.Dispose();
}

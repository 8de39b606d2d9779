using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates;

/// <summary>
/// Signed updates: a COSE_Sign1 message of RFC 9052 whose payload is the manifest, and which has the program in its unprotected header.
/// </summary>
/// <remarks>
/// As in SUIT (RFC 9019), the signature is over the manifest, which names the program by its digest; the program comes along under a name
/// that begins with <c>#</c>. The envelope of SUIT is a map with an authentication wrapper, the manifest, and the programs; here the
/// message is all three, so that whatever reads COSE_Sign1 verifies it.
/// </remarks>
public static class Envelope
{
    /// <summary>The label of the program in the unprotected header.</summary>
    public const string ProgramLabel = "#program";

    private const byte Tag = 0xd2;

    private const int Es256 = -7;

    private const int SignatureSize = 64;

    private const int LongestProtected = 64;

    /// <summary>The bytes of a signed update.</summary>
    /// <exception cref="ArgumentException">The manifest has a <see cref="ManifestCbor.Problem"/>.</exception>
    public static byte[] Sign(UpdateManifest manifest, ReadOnlySpan<byte> program, SigningKey key) =>
        Sign(ManifestCbor.Write(manifest), program, key);

    /// <summary>The same of any bytes as a manifest.</summary>
    internal static byte[] Sign(byte[] manifest, ReadOnlySpan<byte> program, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = new CoseHeaderMap
        {
            [CoseHeaderLabel.KeyIdentifier] = CoseHeaderValue.FromBytes(key.Public.Id.AsSpan()),
            [new CoseHeaderLabel(ProgramLabel)] = CoseHeaderValue.FromBytes(program),
        };
        return CoseSign1Message.SignEmbedded(manifest, new CoseSigner(key.Key, HashAlgorithmName.SHA256, unprotectedHeaders: header));
    }

    /// <summary>The digest that a manifest has of a program.</summary>
    public static Sequence<byte> Digest(ReadOnlySpan<byte> program) => Sequence.Of<byte>(SHA256.HashData(program));

    /// <summary>A function that tells the updates which one of some keys signed.</summary>
    public static Verifier Verifier(Sequence<TrustedKey> keys) => bytes => Verify(bytes.AsSpan().ToArray(), keys);

    /// <summary>Tells of any bytes whether they are an update that one of some keys signed. Total.</summary>
    /// <remarks>The manifest is read after its signature is verified, so that nobody but an author can have it read.</remarks>
    public static Verification Verify(byte[] bytes, Sequence<TrustedKey> keys)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length == 0) return new Verification.Refused(UpdateRefusal.CutShort, "byte 0: the end, where a message is awaited");
        if (bytes[0] != Tag)
        {
            return new Verification.Refused(
                UpdateRefusal.NotSigned, $"byte 0: 0x{bytes[0]:x2}; expected 0x{Tag:x2}, the tag of a COSE_Sign1 message");
        }

        if (CanonicalCbor.Problem(bytes.AsSpan(1), origin: 1) is { } form) return form;
        var fields = new CborFields(bytes.AsMemory(1), origin: 1);
        fields.Array("the message", 4, 4);
        var (at, algorithm) = (fields.At, fields.Bytes("the protected header", 1, LongestProtected));
        if (fields.Problem is null) Protected(fields, algorithm, at + 1);
        fields.Map("the unprotected header", 2);
        fields.Key(4, "the id of the key");
        var id = fields.Bytes("the id of the key", 0, int.MaxValue);
        var label = fields.At;
        if (fields.Text("the label of the program") is var name && name != ProgramLabel)
            fields.Refuse(UpdateRefusal.Malformed, $"byte {label}: the label '{name}'; expected '{ProgramLabel}'");
        var program = fields.Bytes("the program", 0, int.MaxValue);
        fields.EndMap();
        var end = fields.At;
        var manifest = fields.Bytes("the manifest", 1, int.MaxValue);
        var origin = fields.At - manifest.Length;
        fields.Bytes("the signature", SignatureSize, SignatureSize);
        if (fields.Problem is { } problem) return problem;
        if (keys.FirstOrDefault(one => one.Id.AsSpan().SequenceEqual(id.Span)) is not { } key)
        {
            return new Verification.Refused(
                UpdateRefusal.UnknownKey, $"{Name(id.Span)}; trusted are: {string.Join(", ", keys.Select(one => one.Name))}");
        }

        if (!IsSigned(bytes, key))
            return new Verification.Refused(UpdateRefusal.WrongSignature, $"byte {end}: the manifest is not signed by the key {key.Name}");
        return ManifestCbor.Read(manifest, origin) switch
        {
            ManifestReading.Refused(var reason, var text) => new Verification.Refused(reason, text),
            ManifestReading.Read(var read) =>
                new Verification.Trusted(new(read, Sequence.Of(program.Span), Digest(program.Span))),
        };
    }

    // One algorithm, and nothing else.
    private static void Protected(CborFields fields, ReadOnlyMemory<byte> header, int origin)
    {
        if (CanonicalCbor.Problem(header.Span, origin) is { } form)
        {
            fields.Refuse(form.Reason, form.Problem);
            return;
        }

        var inner = new CborFields(header, origin);
        inner.Map("the protected header", 1);
        inner.Key(1, "the algorithm");
        inner.Algorithm("the algorithm", Es256, "ES256");
        inner.EndMap();
        if (inner.Problem is { } problem) fields.Refuse(problem.Reason, problem.Problem);
    }

    private static bool IsSigned(byte[] bytes, TrustedKey key)
    {
        using var ecdsa = key.ToEcdsa();
        return CoseMessage.DecodeSign1(bytes).VerifyEmbedded(ecdsa);
    }

    private static string Name(ReadOnlySpan<byte> id) => id.IsEmpty
        ? "no id of a key"
        : $"the key {Convert.ToHexStringLower(id[..Math.Min(id.Length, TrustedKey.IdSize)])}{(id.Length > TrustedKey.IdSize ? "…" : "")}";
}

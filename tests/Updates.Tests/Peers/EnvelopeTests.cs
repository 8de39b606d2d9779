using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests.Peers;

/// <summary>Signed updates, read and written by others.</summary>
[Trait("Needs", "compiler")]
public sealed class EnvelopeTests
{
    private static readonly UpdateManifest Manifest = Signed.Manifest(Signed.Program, number: 1234567890123, slot: 2);

    [Fact]
    public void Ours_is_verified_and_decoded()
    {
        var found = Verify(Envelope.Sign(Manifest, Signed.Program.AsSpan(), Signed.Key));

        found.GetProperty("manifest").GetString().ShouldBe(Convert.ToHexStringLower(ManifestCbor.Write(Manifest)));
        found.GetProperty("tag").GetInt32().ShouldBe(18);
        found.GetProperty("algorithm").GetInt32().ShouldBe(-7);
        found.GetProperty("kid").GetString().ShouldBe(Signed.Key.Public.Name);
        found.GetProperty("program").GetString().ShouldBe(Convert.ToHexStringLower(Signed.Program.AsSpan()));
        found.GetProperty("signature").GetInt32().ShouldBe(64);
        found.GetProperty("entries").GetRawText().ShouldBe(
            $"[[1,1],[2,1234567890123],[3,2],[4,[-16,\"{Convert.ToHexStringLower(Manifest.Digest.AsSpan())}\"]],"
            + $"[5,{Signed.Program.Count}],[6,\"rbpf\"],[7,1],[8,[3]],[9,[[\"timer\",3]]]]");
    }

    [Fact]
    public void Ours_with_a_bit_flipped_in_the_manifest_is_refused_by_both()
    {
        var update = Envelope.Sign(Manifest, Signed.Program.AsSpan(), Signed.Key);
        update[update.AsSpan().IndexOf(ManifestCbor.Write(Manifest)) + 4] ^= 1;

        Verify(update).TryGetProperty("refused", out _).ShouldBeTrue();
        Signed.Refused(update).Reason.ShouldBe(UpdateRefusal.WrongSignature);
    }

    [Fact]
    public void Theirs_is_verified()
    {
        var secret = Signed.Key.Key.ExportParameters(includePrivateParameters: true).D!;
        var theirs = CosePeer.Ask(
            "sign",
            Convert.ToHexStringLower(secret),
            Signed.Key.Public.Name,
            Convert.ToHexStringLower(ManifestCbor.Write(Manifest)),
            Convert.ToHexStringLower(Signed.Program.AsSpan())).GetProperty("update").GetString()!;

        Signed.Trusted(Convert.FromHexString(theirs)).ShouldBe(new(Manifest, Signed.Program, Manifest.Digest));
    }

    private static System.Text.Json.JsonElement Verify(byte[] update)
    {
        var point = Signed.Key.Key.ExportParameters(includePrivateParameters: false).Q;
        return CosePeer.Ask(
            "verify", Convert.ToHexStringLower(point.X!), Convert.ToHexStringLower(point.Y!), Convert.ToHexStringLower(update));
    }
}

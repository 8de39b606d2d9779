using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests;

public sealed class EnvelopeTests
{
    private static readonly byte[] Update = Signed.Update();

    [Fact]
    public void What_is_signed_is_verified_and_has_manifest_and_program()
    {
        var (manifest, program, digest) = Signed.Trusted(Update);

        manifest.ShouldBe(Signed.Manifest(Signed.Program));
        program.ShouldBe(Signed.Program);
        digest.ShouldBe(manifest.Digest);
    }

    [Fact]
    public void Any_single_bit_that_flips_is_refused_by_a_device()
    {
        var device = Device.Of(new()
        {
            Updates = new UpdatePolicy.Signed(Envelope.Verifier(Signed.Keys)),
            Hooks = [new(Signed.Hook, new Trigger.Timer(1), [])],
        });
        HashSet<string> codes = [];
        for (var bit = 0; bit < Update.Length * 8; bit++)
        {
            var flipped = Update.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var (code, after) = Put(device, flipped);
            code.Class.ShouldBe(4, $"bit {bit}");
            Persisted.Of(after).ShouldBe(Persisted.Of(device), $"bit {bit}");
            codes.Add(code.ToString());
        }

        codes.ShouldBe(["4.00", "4.01", "4.03", "4.22"], ignoreOrder: true);
        Put(device, Update).Code.ShouldBe(CoapCode.Created);
    }

    [Fact]
    public void Any_end_is_cut_short()
    {
        for (var length = 0; length < Update.Length; length++)
            Signed.Refused(Update[..length]).Reason.ShouldBe(UpdateRefusal.CutShort, $"{length} bytes");
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public void No_bytes_make_it_throw(ulong seed)
    {
        var dice = new Dice(seed);
        HashSet<UpdateRefusal> seen = [];
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = Update.ToArray();
            for (var change = dice.Between(1, 4); change > 0; change--)
            {
                var (at, count) = (dice.Between(0, bytes.Length - 1), dice.Between(0, 3));
                bytes = dice.Between(0, 3) switch
                {
                    0 => [.. bytes[..at], .. dice.Bytes(count), .. bytes[at..]],
                    1 => [.. bytes[..at], .. bytes[Math.Min(at + count, bytes.Length)..], 0],
                    2 => [.. bytes[..at], (byte)dice.Next(), .. bytes[(at + 1)..]],
                    _ => [.. bytes[..(at / 8)], .. bytes[(at / 8)..]],
                };
            }

            var answer = Envelope.Verify(bytes, Signed.Keys);
            if (answer is Verification.Refused(var reason, var problem))
            {
                problem.ShouldNotBeEmpty($"seed {seed}, bytes {i}");
                seen.Add(reason);
            }
            else if (answer is Verification.Trusted(var update))
            {
                update.Manifest.ShouldBe(Signed.Manifest(Signed.Program), $"seed {seed}, bytes {i}");
            }
        }

        seen.ShouldContain(UpdateRefusal.WrongSignature);
        seen.ShouldContain(UpdateRefusal.UnknownKey);
        seen.ShouldContain(UpdateRefusal.NotSigned);
    }

    [Fact]
    public void A_program_alone_is_not_signed() => Told([.. Signed.Program])
        .ShouldBe("not signed: byte 0: 0xb7; expected 0xd2, the tag of a COSE_Sign1 message");

    [Fact]
    public void Nothing_is_cut_short() => Told([]).ShouldBe("cut short: byte 0: the end, where a message is awaited");

    [Fact]
    public void A_key_that_is_not_trusted_is_named()
    {
        var foreign = Envelope.Sign(Signed.Manifest(Signed.Program), Signed.Program.AsSpan(), Signed.Foreign);

        Told(foreign).ShouldBe($"unknown key: the key {Signed.Foreign.Public.Name}; trusted are: {Signed.Key.Public.Name}");
        Envelope.Verify(foreign, [Signed.Key.Public, Signed.Foreign.Public]).ShouldBeOfType<Verification.Trusted>();
    }

    [Fact]
    public void A_signature_of_another_under_a_trusted_name_is_wrong()
    {
        var forged = Envelope.Sign(Signed.Manifest(Signed.Program), Signed.Program.AsSpan(), Signed.Foreign);
        var at = forged.AsSpan().IndexOf(Signed.Foreign.Public.Id.AsSpan());
        Signed.Key.Public.Id.AsSpan().CopyTo(forged.AsSpan(at));

        Told(forged).ShouldEndWith($": the manifest is not signed by the key {Signed.Key.Public.Name}");
        Signed.Refused(forged).Reason.ShouldBe(UpdateRefusal.WrongSignature);
    }

    [Fact]
    public void Another_program_under_a_signature_has_another_digest()
    {
        var at = Update.AsSpan().IndexOf(Signed.Program.AsSpan());
        var other = Update.ToArray();
        other[at + 4]++;

        var update = Signed.Trusted(other);

        update.Digest.ShouldNotBe(update.Manifest.Digest);
    }

    [Fact]
    public void An_algorithm_that_is_not_ES256_is_unknown()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var header = new CoseHeaderMap
        {
            [CoseHeaderLabel.KeyIdentifier] = CoseHeaderValue.FromBytes(Signed.Key.Public.Id.AsSpan()),
            [new CoseHeaderLabel(Envelope.ProgramLabel)] = CoseHeaderValue.FromBytes(Signed.Program.AsSpan()),
        };
        var signer = new CoseSigner(key, HashAlgorithmName.SHA384, unprotectedHeaders: header);

        Told(CoseSign1Message.SignEmbedded(ManifestCbor.Write(Signed.Manifest(Signed.Program)), signer))
            .ShouldBe("unknown algorithm: byte 5: the algorithm is -35; expected -7, ES256");
    }

    [Fact]
    public void A_manifest_that_is_signed_and_not_canonical_is_refused_at_its_place()
    {
        // The number of the slot in two bytes, where one does.
        var right = Convert.ToHexStringLower(ManifestCbor.Write(Signed.Manifest(Signed.Program)));
        var manifest = Convert.FromHexString(right.Replace("02010300", "0201031800", StringComparison.Ordinal));
        var update = Envelope.Sign(manifest, Signed.Program.AsSpan(), Signed.Key);
        var at = update.AsSpan().IndexOf(manifest);

        Told(update).ShouldBe($"not canonical: byte {at + 6}: the number 0 in 2 bytes, which needs fewer");
    }

    [Theory]
    [InlineData("d280", "malformed: byte 1: the message has 0 items; expected 4")]
    [InlineData("d29f", "not canonical: byte 1: a length that is not definite")]
    [InlineData("d28440a04040", "malformed: byte 2: the protected header has 0 bytes; expected 1 to 64")]
    [InlineData("d28443a10126a04040", "malformed: byte 6: the unprotected header has 0 entries; expected 2")]
    [InlineData("d28443a10126a2044161626162414041404140", "malformed: byte 10: the label 'ab'; expected '#program'")]
    public void A_message_of_another_make_is_told_with_its_place(string bytes, string expected) =>
        Told(Convert.FromHexString(bytes)).ShouldBe(expected);

    [Fact]
    public void The_form_is_the_canonical_one_throughout()
    {
        CanonicalCbor.Problem(Update.AsSpan(1)).ShouldBeNull();
        var reader = new CborReader(Update.AsMemory(1), CborConformanceMode.Ctap2Canonical);
        reader.SkipValue();
        reader.BytesRemaining.ShouldBe(0);
    }

    private static (CoapCode Code, Device Device) Put(Device device, byte[] update)
    {
        var request = new CoapMessage(CoapType.Confirmable, CoapCode.Put, 1, [], [], Sequence.Of<byte>(update))
            .With(CoapOption.Of(CoapOptions.UriPath, "app"))
            .With(CoapOption.Of(CoapOptions.UriPath, "0"))
            .With(CoapOption.Of(CoapOptions.ContentFormat, CoapOptions.CoseSign1));
        var step = device.Step(new DeviceEvent.Datagram("peer", Sequence.Of<byte>(CoapWriter.Write(request))));
        var sent = step.Effects.OfType<DeviceEffect.Send>().ShouldHaveSingleItem();
        return (CoapReader.Read(sent.Bytes.AsSpan()).ShouldBeOfType<CoapReading.Read>().Message.Code, step.Device);
    }

    private static string Told(byte[] bytes)
    {
        var (reason, problem) = Signed.Refused(bytes);
        return $"{reason.Text()}: {problem}";
    }
}

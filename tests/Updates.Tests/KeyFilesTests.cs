using System.Security.Cryptography;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests;

public sealed class KeyFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rbpf-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_key_that_is_generated_signs_what_its_public_part_verifies()
    {
        var path = At("author.key");
        var made = KeyFiles.Generate(path, out var problem).ShouldNotBeNull(problem);
        using var key = KeyFiles.Read(path, out problem).ShouldNotBeNull(problem);
        var verifier = KeyFiles.Policy([path + ".pub"], isUnsigned: false, out problem)
            .ShouldBeOfType<UpdatePolicy.Signed>(problem).Verifier;

        key.Public.ShouldBe(made);
        verifier(Sequence.Of<byte>(Envelope.Sign(Signed.Manifest(Signed.Program), Signed.Program.AsSpan(), key)))
            .ShouldBeOfType<Verification.Trusted>();
        verifier(Sequence.Of<byte>(Signed.Update())).ShouldBeOfType<Verification.Refused>().Reason.ShouldBe(UpdateRefusal.UnknownKey);
    }

    [Fact]
    public void A_private_key_is_read_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        KeyFiles.Generate(At("k"), out _);

        File.GetUnixFileMode(At("k")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("k")]
    [InlineData("k.pub")]
    public void A_file_that_exists_is_not_replaced(string existing)
    {
        File.WriteAllText(At(existing), "mine");

        KeyFiles.Generate(At("k"), out var problem).ShouldBeNull();

        problem.ShouldBe($"{At(existing)} exists; a key is never replaced");
        Directory.GetFiles(folder).ShouldBe([At(existing)]);
        File.ReadAllText(At(existing)).ShouldBe("mine");
    }

    [Fact]
    public void Without_a_folder_nothing_is_written()
    {
        KeyFiles.Generate(At("none/k"), out var problem).ShouldBeNull();

        problem.ShouldContain(At("none"));
    }

    [Fact]
    public void What_is_no_public_key_of_P256_is_told()
    {
        using var rsa = RSA.Create(2048);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var key = SigningKey.Generate();

        Trusting("noise").ShouldBe("there is no key in the form PEM; expected -----BEGIN PUBLIC KEY----- or -----BEGIN PRIVATE KEY-----");
        Trusting(rsa.ExportRSAPublicKeyPem()).ShouldBe("it has a 'RSA PUBLIC KEY'; expected a PUBLIC KEY or a PRIVATE KEY");
        Trusting(rsa.ExportSubjectPublicKeyInfoPem()).ShouldBe("its PUBLIC KEY is none of ECDSA; expected one on the curve P-256");
        Trusting(large.ExportSubjectPublicKeyInfoPem()).ShouldBe("its curve is not P-256; expected a key of ECDSA on P-256");
        Trusting(key.ToPem())
            .ShouldBe("it has a private key, which is for signing alone; expected the public one, in the file .pub beside it");
        Trusting(key.Public.ToPem()).ShouldBe("");
        SigningKey.TryOfPem(key.Public.ToPem(), out _, out var problem).ShouldBeFalse();
        problem.ShouldBe("it has a public key; expected the private one");
    }

    [Fact]
    public void A_key_of_openssl_on_P256_is_read()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        SigningKey.TryOfPem(key.ExportECPrivateKeyPem(), out var read, out var problem).ShouldBeTrue(problem);
        read!.Public.Info.ShouldBe(Sequence.Of<byte>(key.ExportSubjectPublicKeyInfo()));
        read.Dispose();
    }

    [Fact]
    public void Policies_follow_from_what_is_given()
    {
        KeyFiles.Policy([], isUnsigned: false, out _).ShouldBe(new UpdatePolicy.Refuse());
        KeyFiles.Policy([], isUnsigned: true, out _).ShouldBe(new UpdatePolicy.Unsigned());
        KeyFiles.Policy([At("none")], isUnsigned: true, out var problem).ShouldBeNull();
        problem.ShouldBe("a device that trusts a key takes nothing that is not signed; expected keys or --unsigned, not both");
        KeyFiles.Policy([At("none")], isUnsigned: false, out problem).ShouldBeNull();
        problem.ShouldStartWith($"'{At("none")}' cannot be read: ");
    }

    [Fact]
    public void A_file_without_end_is_told_for_either_key()
    {
        if (OperatingSystem.IsWindows()) return;
        KeyFiles.Policy(["/dev/zero"], isUnsigned: false, out var problem).ShouldBeNull();
        problem.ShouldStartWith("'/dev/zero' has more than ");
        KeyFiles.Read("/dev/zero", out problem).ShouldBeNull();
        problem.ShouldStartWith("'/dev/zero' has more than ");
    }

    private string Trusting(string pem)
    {
        File.WriteAllText(At("given"), pem);
        KeyFiles.Policy([At("given")], isUnsigned: false, out var problem);
        return problem == "" ? "" : problem[$"{At("given")}: ".Length..];
    }

    private string At(string name) => Path.Combine(folder, name);
}

using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests;

public sealed class ManifestCborTests
{
    private static readonly UpdateManifest Right = Signed.Manifest(Signed.Program);

    public static TheoryData<string, UpdateManifest> Problems => new()
    {
        { "the sequence number is 0; the least is 1", Right with { Number = 0 } },
        { "the slot is -1; expected 0 to 65535", Right with { Slot = -1 } },
        { "the digest has 3 bytes; expected 32", Right with { Digest = [1, 2, 3] } },
        { "the size is -1; the least is 0", Right with { Size = -1 } },
        { "the profile has no name", Right with { Profile = "" } },
        { "the profile has a name of 33 bytes; the most are 32", Right with { Profile = new('p', 33) } },
        { "65 helpers; the most are 64", Right with { Grants = Sequence.Generate(65, id => (uint)id) } },
        { "the helper 0x03 behind 0x03; expected ascending ids, each once", Right with { Grants = [3, 3] } },
        { "9 hooks; the most are 8", Right with { Hooks = Sequence.Generate(9, id => new UpdateHook($"{id}", Policy.Single)) } },
        { "a hook has no name", Right with { Hooks = [new("", Policy.Single)] } },
        { "the hook 'a' has the policy 9; expected 0 to 3", Right with { Hooks = [new("a", (Policy)9)] } },
        { "the hook 'a' comes twice", Right with { Hooks = [new("a", Policy.Single), new("a", Policy.Continue)] } },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_manifest_that_cannot_be_is_not_written(string problem, UpdateManifest manifest)
    {
        ManifestCbor.Problem(manifest).ShouldBe(problem);
        Should.Throw<ArgumentException>(() => ManifestCbor.Write(manifest)).Message.ShouldStartWith(problem);
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    public void What_is_written_is_read(ulong seed)
    {
        var dice = new Dice(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var manifest = Any(dice);
            var bytes = ManifestCbor.Write(manifest);
            ManifestCbor.Read(bytes).ShouldBe(new ManifestReading.Read(manifest), $"seed {seed}, manifest {i}");
            bytes.Length.ShouldBeLessThan(UpdatePolicy.Around - 128);
        }
    }

    [Theory]
    [InlineData(4ul)]
    [InlineData(5ul)]
    public void Any_bytes_are_a_manifest_that_is_written_as_they_are_or_are_refused_at_a_place(ulong seed)
    {
        var dice = new Dice(seed);
        var (read, refused) = (0, new HashSet<UpdateRefusal>());
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = ManifestCbor.Write(Any(dice));
            for (var change = dice.Between(1, 3); change > 0; change--) bytes = Changed(dice, bytes);
            switch (ManifestCbor.Read(bytes))
            {
                case ManifestReading.Read(var manifest):
                    ManifestCbor.Write(manifest).ShouldBe(bytes, $"seed {seed}, bytes {i}");
                    read++;
                    break;
                case ManifestReading.Refused(var reason, var problem):
                    problem.ShouldNotBeEmpty();
                    refused.Add(reason);
                    break;
            }
        }

        read.ShouldBeGreaterThan(1_000);
        refused.ShouldBe(
            [UpdateRefusal.CutShort, UpdateRefusal.NotCanonical, UpdateRefusal.Malformed, UpdateRefusal.UnknownAlgorithm],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("a1", "cut short: byte 1: the end, where an item is awaited")]
    [InlineData("a10101", "malformed: byte 0: the manifest has 1 entries; expected 9")]
    [InlineData("00", "malformed: byte 0: the manifest is a number from 0; expected a map")]
    [InlineData("bf0101ff", "not canonical: byte 0: a length that is not definite")]
    [InlineData("1801", "not canonical: byte 0: the number 1 in 2 bytes, which needs fewer")]
    [InlineData("a201010102", "not canonical: byte 3: a key that came before")]
    [InlineData("a202010101", "not canonical: byte 3: a key that is out of order")]
    [InlineData("0000", "malformed: byte 1: 1 bytes behind the end")]
    [InlineData("f6", "malformed: byte 0: 0xf6; expected a number, bytes, a text, an array or a map")]
    [InlineData("1c", "malformed: byte 0: 0x1c, which CBOR reserves")]
    [InlineData("61ff", "not canonical: byte 0: a text that is not UTF-8")]
    [InlineData("4401", "cut short: byte 0: an item of 4 bytes more, of which 1 came")]
    [InlineData("81818181818181818100", "malformed: byte 9: nested more than 8 deep")]
    public void What_is_no_manifest_is_told_with_its_place(string bytes, string expected)
    {
        var (reason, problem) = ManifestCbor.Read(Convert.FromHexString(bytes)).ShouldBeOfType<ManifestReading.Refused>();
        $"{reason.Text()}: {problem}".ShouldBe(expected);
    }

    [Fact]
    public void Each_field_is_held_to_its_range()
    {
        var right = Convert.ToHexStringLower(ManifestCbor.Write(Right));
        var digest = Convert.ToHexStringLower(Right.Digest.AsSpan());

        Told(right.Replace("a90101", "a90102", StringComparison.Ordinal)).ShouldBe("malformed: byte 2: the version 2; expected 1");
        Told(right.Replace("0201", "0200", StringComparison.Ordinal)).ShouldBe("malformed: the sequence number is 0; the least is 1");
        Told(right.Replace("822f5820", "822e5820", StringComparison.Ordinal))
            .ShouldBe("unknown algorithm: byte 9: the algorithm of the digest is -15; expected -16, SHA-256");
        Told(right.Replace($"5820{digest}", $"581f{digest[2..]}", StringComparison.Ordinal))
            .ShouldBe("malformed: byte 10: the digest has 31 bytes; expected 32");
        Told(right.Replace("0701", "0702", StringComparison.Ordinal)).ShouldContain("the class is 2; the most is 1");
        Told(right.Replace("0a01", "0701", StringComparison.Ordinal)).ShouldBe(Told(right));
    }

    private static string Told(string bytes) => ManifestCbor.Read(Convert.FromHexString(bytes)) switch
    {
        ManifestReading.Read(var manifest) => manifest.ToString(),
        ManifestReading.Refused(var reason, var problem) => $"{reason.Text()}: {problem}",
    };

    private static UpdateManifest Any(Dice dice) => new(
        dice.OnceIn(2) ? dice.Next() | 1 : (ulong)dice.Between(1, 300),
        dice.Pick(0, 1, 23, 24, 255, 256, ushort.MaxValue),
        Sequence.Of<byte>(dice.Bytes(32)),
        dice.Pick(0, 8, 24, 4096, int.MaxValue),
        dice.Pick("rbpf", "rfc9669", "é", new('p', ManifestCbor.LongestName)),
        dice.Pick(BudgetClass.Logic, BudgetClass.Snippet),
        dice.Several(dice.Between(0, ManifestCbor.MostGrants), one => (uint)one.Next() >> one.Between(0, 31))
            .Distinct().Order().ToSequence(),
        Sequence.Generate(
            dice.Between(0, ManifestCbor.MostHooks),
            index => new UpdateHook($"{index}{new string('h', dice.Between(0, 31))}", (Policy)dice.Between(0, 3))));

    private static byte[] Changed(Dice dice, byte[] bytes)
    {
        if (bytes.Length == 0) return bytes;
        var at = dice.Between(0, bytes.Length - 1);
        return dice.Between(0, 3) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], (byte)dice.Next(), .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << dice.Between(0, 7))), .. bytes[(at + 1)..]],
        };
    }
}

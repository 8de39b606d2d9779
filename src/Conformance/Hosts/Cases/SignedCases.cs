using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;
using RbpfSpec.Updates;
using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of signed updates, in <c>spec/88-updates.md</c>.</summary>
internal static class SignedCases
{
    private static readonly Sequence<byte> One = Program(Yields(1));

    private static readonly Sequence<byte> Two = Program(Yields(2));

    // Where things are in a manifest of a program of less than 24 bytes, with a number and a slot below 24.
    private const int VersionAt = 2;
    private const int NumberAt = 4;
    private const int DigestAlgorithmAt = 9;
    private const int DigestAt = 12;
    private const int ClassAt = 53;

    /// <summary>An update of slot 0 with the sequence number 1.</summary>
    public static Sequence<byte> Sample { get; } = Of(1, 0, One);

    /// <summary>The updates of these scenarios that nobody signed who is trusted, as they would be if somebody had.</summary>
    public static Sequence<(Sequence<byte> Bytes, SignedUpdate Update)> Forged { get; } =
        [Forge(ManifestOf(3, 0, Two), Two), Forge(ManifestOf(1, 0, One), One), Forge(ManifestOf(9, 1, Two), Two)];

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All =>
        [.. Canonical, .. Algorithms, .. Signatures, .. Programs, .. Manifests, .. Numbers, .. Kept, .. Refusals, .. Grants, .. AtOnce];

    private static IEnumerable<HostScenario> Canonical =>
    [
        Refused("updates/canonical", "a number in the manifest that is longer than it need be",
            Raw([.. Manifest()[..VersionAt], 0x18, .. Manifest()[VersionAt..]])),
        Refused("updates/canonical", "a map of the manifest without a definite length", Raw([0xbf, .. Manifest()[1..], 0xff])),
        Refused("updates/canonical", "keys of the manifest in another order",
            Raw([0xa9, .. Manifest()[3..5], .. Manifest()[1..3], .. Manifest()[5..]])),
        Refused("updates/canonical", "a key of the manifest that comes twice", Raw([0xa9, 1, 1, .. Manifest()[1..]])),
        Refused("updates/canonical", "bytes behind the manifest", Raw([.. Manifest(), 0])),
        Refused("updates/canonical", "bytes behind the message", [.. Sample, 0]),
        Refused("updates/canonical", "a message that is cut short", Sequence.Of(Sample.AsSpan()[..^1])),
        Refused("updates/canonical", "a message that ends behind its tag", Sequence.Of(Sample.AsSpan()[..1])),
        Refused("updates/canonical", "a protected header that is longer than it need be",
            TestAuthor.Known.Update(Manifest(), One, header: [0xa1, 0x18, 0x01, 0x26])),
    ];

    private static IEnumerable<HostScenario> Algorithms =>
    [
        Refused("updates/algorithm", "the algorithm ES384 of the signature",
            TestAuthor.Known.Update(Manifest(), One, header: [0xa1, 0x01, 0x38, 0x22])),
        Refused("updates/algorithm", "a protected header without an algorithm",
            TestAuthor.Known.Update(Manifest(), One, header: [0xa0])),
        Refused("updates/algorithm", "another algorithm of the digest", Raw(Changed(Manifest(), DigestAlgorithmAt, 0x30))),
    ];

    private static IEnumerable<HostScenario> Signatures =>
    [
        Refused("updates/signature", "a key that is not trusted", TestAuthor.Stranger.Update(Manifest(), One)),
        Refused("updates/signature", "a signature of somebody else under the name of one who is trusted", Forged[1].Bytes),
        Refused("updates/signature", "a bit of the signature that is another", Sample.With(Sample.Count - 1, (byte)(Sample[^1] ^ 1))),
        Refused("updates/signature", "another manifest than was signed, though its sequence number is one to refuse",
            Sample.With(NumberPlace, 0)),
        Refused("updates/signature", "no message at all, but the program", One),
        Signed("updates/signature", "a forged update does not use up its sequence number, and does not run",
            Update(Forged[0].Bytes, 0, 1), Run(0), Update(Of(2, 0, One), 0, 2), Run(0)),
    ];

    private static IEnumerable<HostScenario> Programs =>
    [
        Refused("updates/program", "another program than was signed", TestAuthor.Known.Update(Manifest(), Two)),
        Refused("updates/program", "a digest in which one bit is another",
            Raw(Changed(Manifest(), DigestAt, (byte)(Manifest()[DigestAt] ^ 1)))),
        Refused("updates/program", "another size than the program has", Of(ManifestOf(1, 0, One) with { Size = 17 }, One)),
    ];

    private static IEnumerable<HostScenario> Manifests =>
    [
        Refused("updates/manifest", "another version of the form", Raw(Changed(Manifest(), VersionAt, 2))),
        Refused("updates/manifest", "the sequence number 0", Raw(Changed(Manifest(), NumberAt, 0))),
        Refused("updates/manifest", "a class that is none", Raw(Changed(Manifest(), ClassAt, 2))),
        Refused("updates/manifest", "an entry more", Raw([0xaa, .. Manifest()[1..], 0x0a, 0x00])),
        Refused("updates/manifest", "an entry less", Raw([0xa8, .. Manifest()[1..^2]])),
        Refused("updates/manifest", "a text where a number is awaited",
            Raw([.. Manifest()[..NumberAt], 0x61, 0x31, .. Manifest()[(NumberAt + 1)..]])),
        Refused("updates/manifest", "helpers that do not ascend", Raw([.. Manifest()[..^3], 0x82, 0x12, 0x10, .. Manifest()[^2..]])),
        Refused("updates/manifest", "a hook that comes twice",
            Raw([.. Manifest()[..^1], 0x82, 0x82, 0x61, 0x61, 0, 0x82, 0x61, 0x61, 0])),
        Refused("updates/manifest", "a policy that is none", Raw([.. Manifest()[..^1], 0x81, 0x82, 0x61, 0x61, 4])),
        Refused("updates/manifest", "a name without a byte", Raw([.. Manifest()[..^1], 0x81, 0x82, 0x60, 0])),
        Signed("updates/manifest", "profile, class, helpers and hooks of the manifest are those of the application",
            Update(Of(ManifestOf(1, 0, Program(Counter)) with
            {
                Profile = "rfc9669",
                Budget = BudgetClass.Logic,
                Grants = [0x10, 0x12],
                Hooks = [new(Packets, Policy.Single), new(Requests, Policy.AbortOnNegative)],
            }, Program(Counter)), 0, 1), Packet(1)),
    ];

    private static IEnumerable<HostScenario> Numbers =>
    [
        Signed("updates/number", "an update with the last number again is a replay",
            Update(Sample, 0, 1), Update(Sample, 0, 2), Run(0)),
        Signed("updates/number", "one with a number less is a rollback, and the program stays",
            Update(Of(2, 0, Two), 0, 1), Update(Of(1, 0, One), 0, 2), Run(0)),
        Signed("updates/number", "one with a greater number is taken, whatever lies between",
            Update(Of(1, 0, One), 0, 1), Update(Of(7, 0, Two), 0, 2), Run(0)),
        Signed("updates/number", "each slot has a number of its own",
            Update(Of(7, 0, One), 0, 1), Update(Of(1, 1, Two), 1, 2), Update(Of(8, 0, Two), 0, 3)),
        Signed("updates/number", "numbers have 64 bits",
            Update(Of(1UL << 53, 0, One), 0, 1), Update(Of((1UL << 53) - 1, 0, One), 0, 2)),
    ];

    private static IEnumerable<HostScenario> Kept =>
    [
        Signed("updates/number-kept", "after a removal an old update is a replay",
            Update(Sample, 0, 1), Delete("app/0", 2), Update(Sample, 0, 3), Update(Of(2, 0, One), 0, 4)),
        Signed("updates/number-kept", "after a loss of power it is one, too",
            Update(Sample, 0, 1), Restart(), Update(Sample, 0, 2)),
        Signed("updates/number-kept", "an update that is refused behind its signature changes no number",
            Update(Of(ManifestOf(5, 0, One) with { Profile = "none" }, One), 0, 1), Update(Of(2, 0, One), 0, 2)),
        Signed("updates/number-kept", "a forged one changes no number",
            Update(Sample, 0, 1), Update(Forged[0].Bytes, 0, 2), Update(Of(2, 0, Two), 0, 3)),
        Signed("updates/number-kept", "what the owner installs changes no number",
            Update(Sample, 0, 1), Install(0, Yields(5)), Update(Sample, 0, 2)),
    ];

    private static IEnumerable<HostScenario> Refusals =>
    [
        Refused("updates/refusal", "a slot other than the one that it is signed for", Of(1, 1, One)),
        Refused("updates/refusal", "a profile that the device has not", Of(ManifestOf(1, 0, One) with { Profile = "none" }, One)),
        Refused("updates/refusal", "a hook that the device has not",
            Of(ManifestOf(1, 0, One) with { Hooks = [new("nothing", Policy.Single)] }, One)),
        Refused("updates/refusal", "a program that the preflight rejects", Of(1, 0, Sequence.Of<byte>(new byte[8]))),
        Refused("updates/refusal", "a program that is larger than the store takes", Of(1, 0, Sequence.Of<byte>(new byte[520]))),
        Refused("updates/refusal", "an old number and another slot, of which the number comes first", Of(1, 2, One), before: Of(5, 0, Two)),
        Refused("updates/refusal", "another digest and an unknown profile, of which the digest comes first",
            Of(ManifestOf(1, 0, Two) with { Profile = "none" }, One)),
        Signed("updates/refusal", "conditions in the query are refused, since the manifest says them",
            Put("app/0?class=logic", 1, Sample, CoapOptions.CoseSign1)),
        Signed("updates/refusal", "another content format is refused", Put("app/0", 1, Sample, CoapOptions.PlainText)),
    ];

    private static IEnumerable<HostScenario> Grants =>
    [
        Refused("updates/grants", "a helper that the program calls, and the manifest does not grant", Of(1, 0, Program(Counter))),
        Signed("updates/grants", "a helper that is granted, and not called, is told of, and granted",
            Update(Of(ManifestOf(1, 0, One) with { Grants = [0x10] }, One), 0, 1)),
    ];

    private static IEnumerable<HostScenario> AtOnce =>
    [
        Signed("updates/at-once", "application, number and hooks change together",
            Update(Of(ManifestOf(1, 0, One) with { Hooks = [new(Packets, Policy.Single)] }, One), 0, 1), Packet(1)),
        Signed("updates/at-once", "it goes to the front of its hooks, before those that are there",
            Update(Of(ManifestOf(1, 0, One) with { Hooks = [new(Packets, Policy.Continue)] }, One), 0, 1),
            Update(Of(ManifestOf(1, 1, Two) with { Hooks = [new(Packets, Policy.Continue)] }, Two), 1, 2), Packet(1)),
        Signed("updates/at-once", "an update that names no hook stays at those of the one before",
            Update(Of(ManifestOf(1, 0, One) with { Hooks = [new(Packets, Policy.Continue)] }, One), 0, 1), Update(Of(2, 0, Two), 0, 2),
            Packet(1)),
        Signed("updates/at-once", "before the last block nothing is there, and with it all is",
            [.. Blocks("app/0", 1, Sample, exponent: 2)[..^1], Run(0), Blocks("app/0", 1, Sample, exponent: 2)[^1], Run(0)]),
        Signed("updates/at-once", "a forged update in blocks changes nothing with its last block",
            [Update(Sample, 0, 1), .. Blocks("app/0", 2, Forged[0].Bytes, exponent: 2), Run(0)]),
        Signed("updates/at-once", "a loss of power before the last block leaves the one before",
            [Update(Sample, 0, 1), .. Blocks("app/0", 2, Of(2, 0, Two), exponent: 2)[..^1], Restart(),
                Blocks("app/0", 2, Of(2, 0, Two), exponent: 2)[^1], Run(0)]),
        Signed("updates/at-once", "after it, all of an acknowledged one is there",
            Update(Of(ManifestOf(1, 0, One) with { Hooks = [new(Packets, Policy.Continue)] }, One), 0, 1), Restart(), Packet(1)),
        Signed("updates/at-once", "an update that comes again as the same message is answered as before",
            Update(Sample, 0, 1), Update(Sample, 0, 1)),
        Signed("updates/at-once", "the last block of an update for another slot changes neither",
            Update(Of(4, 1, Two), 0, 1), Run(0), Run(1)),
    ];

    // Where the sequence number of the sample is in its message: behind tag, array, headers and the start of the manifest.
    private static int NumberPlace => Sample.AsSpan().IndexOf(Manifest()) + NumberAt;

    private static byte[] Manifest() => ManifestCbor.Write(ManifestOf(1, 0, One));

    private static byte[] Changed(byte[] bytes, int at, byte value) => [.. bytes[..at], value, .. bytes[(at + 1)..]];

    private static UpdateManifest ManifestOf(ulong number, int slot, Sequence<byte> program) =>
        new(number, slot, Envelope.Digest(program.AsSpan()), program.Count, "rbpf", BudgetClass.Snippet, [], []);

    private static Sequence<byte> Of(ulong number, int slot, Sequence<byte> program) => Of(ManifestOf(number, slot, program), program);

    private static Sequence<byte> Of(UpdateManifest manifest, Sequence<byte> program) =>
        TestAuthor.Known.Update(ManifestCbor.Write(manifest), program);

    private static Sequence<byte> Raw(byte[] manifest) => TestAuthor.Known.Update(manifest, One);

    private static (Sequence<byte>, SignedUpdate) Forge(UpdateManifest manifest, Sequence<byte> program) => (
        TestAuthor.Stranger.Update(ManifestCbor.Write(manifest), program, TestAuthor.Known.Key.Id),
        new(manifest, program, Envelope.Digest(program.AsSpan())));

    private static HostEvent Update(Sequence<byte> update, int slot, ushort id) => Put($"app/{slot}", id, update, CoapOptions.CoseSign1);

    // What is refused leaves the slot with the program before, and takes the next one.
    private static HostScenario Refused(string rule, string what, Sequence<byte> update, Sequence<byte>? before = null) => Signed(
        rule, $"{what}: it is refused, and nothing changes", before is { } there ? Update(there, 0, 1) : Install(0, Yields(9)),
        Update(update, 0, 2), Run(0));

    private static HostScenario Signed(string rule, string because, params Sequence<HostEvent> events) =>
        new(rule, because, CaseDevices.Signed, events);
}

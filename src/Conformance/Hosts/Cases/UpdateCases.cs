using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of uploads that nobody signed, in <c>spec/88-updates.md</c>.</summary>
internal static class UpdateCases
{
    private const string Other = "b";

    private const ulong Patience = 247_000_000;

    private static readonly Sequence<byte> First = Program(Constant(2));

    private static readonly Sequence<byte> Second = Program(Constant(3));

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All => [.. Whole, .. Senders, .. Checked, .. Policies];

    private static IEnumerable<HostScenario> Whole =>
    [
        Of("updates/whole", "the blocks make up what was cut", [.. Blocks("app/0", 1, First), Run(0)]),
        Of("updates/whole", "blocks of 64 bytes, the last of which is shorter, make it up, too",
            [.. Blocks("app/0", 1, Program(Constant(4, 11)), exponent: 2), Run(0)]),
        Of("updates/whole", "before the last block, the application is the one before",
            [Put("app/0", 1, Program(Yields(1))), .. Blocks("app/0", 2, First)[..2], Run(0), .. Blocks("app/0", 2, First)[2..], Run(0)]),
        Of("updates/whole", "a free slot is free until the last block", [.. Blocks("app/0", 1, First)[..2], Run(0), Get("c/0", 9)]),
        Of("updates/whole", "a block that comes again, as a message of its own, is there once",
            [.. Blocks("app/0", 1, First)[..2], Blocks("app/0", 11, First)[1], Blocks("app/0", 1, First)[2], Run(0)]),
        Of("updates/whole", "a block that comes again as the same message is there once",
            [.. Blocks("app/0", 1, First)[..2], Blocks("app/0", 1, First)[1], Blocks("app/0", 1, First)[2], Run(0)]),
        Of("updates/whole", "where a block is missing, the next is refused, and nothing changes",
            [Put("app/0", 1, Program(Yields(1))), Blocks("app/0", 2, First)[0], Blocks("app/0", 2, First)[2], Run(0)]),
        Of("updates/whole", "when the missing block has come, the upload goes on",
            [
                Blocks("app/0", 1, First)[0], Blocks("app/0", 1, First)[2], Blocks("app/0", 1, First)[1], Blocks("app/0", 11, First)[2],
                Run(0),
            ]),
        Of("updates/whole", "a first block begins the upload anew",
            [.. Blocks("app/0", 1, First)[..2], .. Blocks("app/0", 11, Second), Run(0)]),
        Of("updates/whole", "an upload that waits too long for its next block is given up",
            [.. Blocks("app/0", 1, First)[..2], Clock(Patience), Blocks("app/0", 1, First)[2]]),
        Of("updates/whole", "after a loss of power it is none, and the application is the one before",
            [Put("app/0", 1, Program(Yields(1))), .. Blocks("app/0", 2, First)[..2], Restart(), Blocks("app/0", 2, First)[2], Run(0)]),
        Of("updates/whole", "an acknowledged one survives a loss of power", [.. Blocks("app/0", 1, First), Restart(), Run(0)]),
        Of("updates/whole", "another query is another upload",
            [Blocks("app/0", 1, First)[0], .. Blocks("app/0?class=logic", 2, First)[1..2]]),
        Of("updates/whole", "a block that is not full, and not the last, is refused",
            Message(Request(CoapCode.Put, "app/0", 1).With(new CoapBlock(0, true, 0).ToOption(CoapOptions.Block1)) with
            {
                Payload = Utf8("abc"),
            })),
    ];

    private static IEnumerable<HostScenario> Senders =>
    [
        Of("updates/senders", "blocks of two senders, one after the other, make up two programs",
            [.. First2(1), .. Second2(1), Blocks("app/0", 1, First)[2], Run(0), Blocks("app/0", 1, Second, peer: Other)[2], Run(0)]),
        Of("updates/senders", "the last block of one does not complete the upload of another",
            [.. First2(1), Blocks("app/0", 1, Second, peer: Other)[2], Run(0)]),
        Of("updates/senders", "where there is no room for another upload, its sender is told to come later",
            [First2(1)[0], Second2(1)[0], Blocks("app/1", 1, Second, peer: "c")[0]]),
        Of("updates/senders", "answers go to who sent the block",
            [First2(1)[0], Second2(7)[0]]),
    ];

    private static IEnumerable<HostScenario> Checked =>
    [
        Of("updates/checked", "a program that the preflight rejects is refused, and the slot stays as it was",
            [Put("app/0", 1, Program(Yields(1))), Put("app/0", 2, Sequence.Of<byte>(new byte[8])), Run(0)]),
        Of("updates/checked", "so is one in blocks, when its last block is there",
            [Put("app/0", 1, Program(Yields(1))), .. Blocks("app/0", 2, Sequence.Of<byte>(new byte[40])), Run(0)]),
        Of("updates/checked", "a program without a byte is refused", [Put("app/0", 1, [])]),
        Of("updates/checked", "a program of so many bytes as the store takes is installed", [.. Blocks("app/0", 1, Large(64), 6), Run(0)]),
        Of("updates/checked", "one that is larger is too large", [Put("app/0", 1, Program(Yields(1))), Put("app/0", 2, Large(65)), Run(0)]),
        Of("updates/checked", "in blocks it is too large at the block that goes beyond", [.. Blocks("app/0", 1, Large(65), 4)]),
        Of("updates/checked", "conditions that make no sense are refused",
            [Put("app/0?class=other", 1, First), Put("app/0?profile=other", 2, First), Put("app/0?helpers=zz", 3, First)]),
        Of("updates/checked", "conditions of the query are those of the application",
            [Put("app/0?class=logic&helpers=10,12&profile=rfc9669", 1, First)]),
        Of("updates/checked", "what begins anew counts no more than the program has: a slot that is none is not found",
            [Put("app/3", 1, First)]),
    ];

    private static IEnumerable<HostScenario> Policies =>
    [
        new("updates/policy", "a device that trusts no key, and was not told to take all, refuses an upload", Closed,
            [Put("app/0", 1, First)]),
        new("updates/policy", "it refuses a signed update, too", Closed, [Put("app/0", 1, SignedCases.Sample, CoapOptions.CoseSign1)]),
        new("updates/policy", "it refuses the first of several blocks", Closed, [Blocks("app/0", 1, First)[0]]),
        new("updates/policy", "the owner installs what he likes", Closed,
            [Install(0, Yields(1)), Attach(Packets, 0, Policy.Single), Run(0)]),
        new("updates/policy", "a device that trusts a key refuses a program that nobody signed", Signed,
            [Put("app/0", 1, First), Put("app/0", 2, First, CoapOptions.OctetStream)]),
        new("updates/policy", "it takes one that is signed", Signed, [Put("app/0", 1, SignedCases.Sample, CoapOptions.CoseSign1), Run(0)]),
        Of("updates/policy", "a device that takes all refuses another content format than that of bytes",
            [Put("app/0", 1, First, CoapOptions.PlainText), Put("app/0", 2, First, CoapOptions.OctetStream)]),
    ];

    private static Sequence<byte> Large(int slots) => Program($"{string.Concat(Enumerable.Repeat("r0 = 1\n", slots - 1))}exit");

    private static HostEvent[] First2(ushort id) => Blocks("app/0", id, First)[..2];

    private static HostEvent[] Second2(ushort id) => Blocks("app/0", id, Second, peer: Other)[..2];

    private static HostScenario Of(string rule, string because, params Sequence<HostEvent> events) => new(rule, because, Open, events);
}

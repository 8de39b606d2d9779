using RbpfSpec.Host.Coap;
using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of messages, in <c>spec/87-bindings.md</c>.</summary>
internal static class CoapCases
{
    // How long an id means the same message, in microseconds.
    private const ulong Lifetime = 247_000_000;

    private const string Other = "b";

    // Shows how often it was run under the key 1 of all.
    private const string Shown =
        """
        r1 = 1
        r2 = r10
        r2 += -8
        call 0x13
        r2 = *(u32 *)(r10 - 8)
        r2 += 1
        r1 = 1
        call 0x11
        exit
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All => [.. Total, .. Duplicates, .. Critical, .. Parts, .. Observed];

    private static IEnumerable<HostScenario> Total =>
    [
        .. from each in ((string Because, string Bytes)[])
            [
                ("a ping is reset", "40000007"),
                ("a confirmable message of a reserved code is reset", "40e10007"),
                ("a response that nobody asked for is reset", "40450007"),
                ("one that is not confirmable is met by silence", "50450007"),
                ("a token of 9 bytes is reset", "49010007000000000000000000"),
                ("an option with the nibble 15 is reset", "40010007f0"),
                ("a marker without a payload is reset", "40010007ff"),
                ("an option that is cut short is reset", "40010007b461"),
                ("an empty message with bytes behind it is reset", "4000000701"),
                ("a malformed one that is not confirmable is met by silence", "50010007ff"),
                ("another version is met by silence", "80010007"),
                ("three bytes are met by silence", "400100"),
                ("nothing at all is met by silence", ""),
                ("an acknowledgement of nothing is met by silence", "60000007"),
                ("a reset of nothing is met by silence", "70000007"),
            ]
           select Of("coap/total", each.Because, Datagram(Peer, Convert.FromHexString(each.Bytes))),
        Of("coap/total", "a request that is not confirmable is answered by a message that is not",
            Install(0, Yields(7)), Message(Request(CoapCode.Get, "c/0", 1, CoapType.NonConfirmable))),
        Of("coap/total", "what is not there, and what has no such method, are errors",
            Get("nothing", 1), Message(Request(CoapCode.Delete, "kv/global", 2)), Get("c/7", 3), Get("c/x", 4)),
        Of("coap/total", "another content format than the one that is accepted is an error",
            Install(0, Yields(7)), Message(Request(CoapCode.Get, "c/0", 1).With(CoapOption.Of(CoapOptions.Accept, 50u))),
            Message(Request(CoapCode.Get, "c/0", 2).With(CoapOption.Of(CoapOptions.Accept, 0u)))),
        Of("coap/inverse", "an answer has the token of its request, of no byte and of 8",
            Install(0, Yields(7)), Message(Request(CoapCode.Get, "c/0", 1) with { Token = [] }),
            Message(Request(CoapCode.Get, "c/0", 2) with { Token = [1, 2, 3, 4, 5, 6, 7, 8] })),
        Of("coap/inverse", "options with the extended numbers 13 and 269, which a device does not know, are passed over",
            Install(0, Yields(7)),
            Message(Request(CoapCode.Get, "c/0", 1)
                .With(new(60 + 14, Sequence.Of<byte>(new byte[13])))
                .With(new(400, Sequence.Of<byte>(new byte[270]))))),
    ];

    private static IEnumerable<HostScenario> Duplicates =>
    [
        Of("coap/duplicate", "a message that comes again has the same answer, and runs nothing",
            Install(0, Counter), Post("c/0", 1), Post("c/0", 1), Post("c/0", 2)),
        Of("coap/duplicate", "the same id of another sender is another message",
            Install(0, Counter), Post("c/0", 1), Post("c/0", 1, peer: Other)),
        Of("coap/duplicate", "after the lifetime of an exchange it is another message",
            Install(0, Counter), Post("c/0", 1), Clock(Lifetime - 1), Post("c/0", 1), Clock(Lifetime), Post("c/0", 1)),
        Of("coap/duplicate", "so it is after a loss of power", Install(0, Counter), Post("c/0", 1), Restart(), Post("c/0", 1)),
        Of("coap/duplicate", "a removal that comes again is answered as before, though nothing is there",
            Install(0, Counter), Delete("app/0", 1), Delete("app/0", 1), Delete("app/0", 2)),
        Of("coap/duplicate", "one that is not confirmable is answered again, too, without effect",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1, CoapType.NonConfirmable)),
            Message(Request(CoapCode.Post, "c/0", 1, CoapType.NonConfirmable))),
    ];

    private static IEnumerable<HostScenario> Critical =>
    [
        Of("coap/critical", "a confirmable request with a critical option that is not known is refused, and runs nothing",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1).With(new(9, [])))),
        Of("coap/critical", "one that is not confirmable is ignored",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1, CoapType.NonConfirmable).With(new(9, [])))),
        Of("coap/critical", "an elective option that is not known is passed over",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1).With(new(8, [])))),
        Of("coap/critical", "a critical option of a length that it may not have is not known",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1).With(new(CoapOptions.Accept, [0, 0, 0])))),
        Of("coap/critical", "a critical option that comes twice, and may not, is not known",
            Install(0, Counter),
            Message(Request(CoapCode.Post, "c/0", 1).With(new(CoapOptions.Accept, [0])).With(new(CoapOptions.Accept, [0])))),
        Of("coap/critical", "a request to a proxy is refused",
            Install(0, Counter), Message(Request(CoapCode.Post, "c/0", 1).With(CoapOption.Of(CoapOptions.ProxyUri, "coap://a/c/0")))),
    ];

    private static IEnumerable<HostScenario> Parts =>
    [
        Of("coap/blocks", "a program is read in blocks of 16 bytes that make it up again, and not beyond them",
            Put("app/0", 1, Program(Constant(3, 5))), Block(0, 2), Block(1, 3), Block(2, 4), Block(3, 5)),
        Of("coap/blocks", "an answer of one block says so if it is asked for one",
            Install(0, Yields(7)), Message(Request(CoapCode.Get, "c/0", 1).With(new CoapBlock(0, false, 2).ToOption(CoapOptions.Block2)))),
        Of("coap/blocks", "a block of the reserved size is an error",
            Install(0, Yields(7)), Message(Request(CoapCode.Get, "c/0", 1).With(CoapOption.Of(CoapOptions.Block2, 7u)))),
    ];

    private static IEnumerable<HostScenario> Observed =>
    [
        Of("coap/observe", "a client that asks to be told is told of a change, and not of a run that changes nothing",
            Install(0, Shown), Install(1, Yields(1)), Run(0), Observe(1), Clock(10_000_000), Run(1), Run(0)),
        Of("coap/observe", "a reset ends it",
            Install(0, Shown), Run(0), Observe(1), Clock(10_000_000), Run(0), Datagram(Peer, 0x70, 0, 0, 0), Clock(20_000_000), Run(0)),
        Of("coap/observe", "so does the wish not to be told any more",
            Install(0, Shown), Run(0), Observe(1), Observe(2, 1), Clock(10_000_000), Run(0)),
        Of("coap/observe", "soon after another, a notification waits for its acknowledgement, and says the latest",
            Install(0, Shown), Run(0), Observe(1), Run(0), Run(0), Run(0), Datagram(Peer, 0x60, 0, 0, 0)),
        Of("coap/observe", "one that is not acknowledged is sent again, and its client given up after five times",
            Install(0, Shown), Run(0), Observe(1), Run(0),
            [.. ((ulong[])[3, 9, 21, 45, 93, 200]).Select(seconds => Clock(seconds * 1_000_000)), Run(0)]),
        Of("coap/observe", "no more clients are told than there is room for",
            Install(0, Shown), Run(0), Observe(1), Observe(1, peer: Other), Observe(1, peer: "c"), Clock(10_000_000), Run(0)),
    ];

    private static HostEvent Block(int number, ushort id) =>
        Message(Request(CoapCode.Get, "app/0", id).With(new CoapBlock(number, false, 0).ToOption(CoapOptions.Block2)));

    private static HostEvent Observe(ushort id, uint wish = 0, string peer = Peer) => Message(
        Request(CoapCode.Get, "kv/global/1", id).With(CoapOption.Of(CoapOptions.Observe, wish)) with { Token = [0xcd] }, peer);

    private static HostScenario Of(string rule, string because, params Sequence<HostEvent> events) => new(rule, because, Open, events);

    private static HostScenario Of(
        string rule, string because, HostEvent first, HostEvent second, HostEvent third, HostEvent fourth, Sequence<HostEvent> others) =>
        Of(rule, because, [first, second, third, fourth, .. others]);
}

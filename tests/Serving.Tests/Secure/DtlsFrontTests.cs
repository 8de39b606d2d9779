using System.Net;
using System.Net.Sockets;
using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Secure;

namespace RbpfSpec.Serving.Tests.Secure;

/// <summary>A device behind DTLS, as clients see it: one of this project's library, and libcoap's, of two more.</summary>
[Trait("Needs", "time")]
public sealed class DtlsFrontTests : IDisposable
{
    private const string Counter =
        """
        r1 = 1
        r2 = r10
        r2 += -8
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 1
        r2 = r6
        call 0x10
        r0 = r6
        exit
        """;

    private static readonly Sequence<byte> Key = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly RunningServer server = new();
    private readonly DtlsFront front;

    public DtlsFrontTests()
    {
        front = DtlsFront.Open(
            new(IPAddress.Loopback, 0), new(IPAddress.Loopback, server.Port),
            [new("me", Key), new("text", Sequence.Of("secret"u8))], out var problem).ShouldNotBeNull(problem);
        server.Install(0, Counter);
    }

    [Fact]
    public void Who_has_a_key_is_answered_and_two_of_them_are_two()
    {
        using var one = new DtlsClient(front.Address, "me", Key);
        using var other = new DtlsClient(front.Address, "me", Key);

        Count(one, 1).ShouldBe("1");
        Count(one, 1).ShouldBe("1");
        Count(other, 1).ShouldBe("2");
        Count(one, 2).ShouldBe("3");
    }

    [Fact]
    public void Who_has_not_reaches_nothing()
    {
        Should.Throw<IOException>(() => new DtlsClient(front.Address, "me", Key.With(0, 9)));
        Should.Throw<IOException>(() => new DtlsClient(front.Address, "nobody", Key));

        using var client = new DtlsClient(front.Address, "me", Key);
        Count(client, 1).ShouldBe("1");
    }

    [Fact]
    public void A_client_that_vanished_begins_anew_from_the_same_port()
    {
        var gone = new DtlsClient(front.Address, "me", Key);
        Count(gone, 1).ShouldBe("1");
        var port = gone.Port;
        gone.Vanish();

        using var again = new DtlsClient(front.Address, "me", Key, port);

        Count(again, 2).ShouldBe("2");
    }

    [Fact]
    public void Noise_is_met_by_silence_and_ends_no_session()
    {
        using var client = new DtlsClient(front.Address, "me", Key);
        Count(client, 1).ShouldBe("1");
        using var noise = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var dice = new Dice(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = dice.Bytes(dice.Between(0, 100));
            if (i % 2 == 0 && bytes.Length > 4) (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4]) = (22, 0xfe, 0xfd, 0, 0);
            noise.SendTo(bytes, front.Address);
        }

        Count(client, 2).ShouldBe("2");
    }

    [Fact]
    public void A_port_in_use_is_told()
    {
        DtlsFront.Open(front.Address, front.Address, [], out var problem).ShouldBeNull();

        problem.ShouldBe($"the UDP port {front.Address.Port} of 127.0.0.1 is in use; expected one that is free, or 0 for any");
    }

    [Theory]
    [Trait("Needs", "compiler")]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public void Libcoap_asks_over_two_libraries_for_keys(string client)
    {
        var uri = $"coaps://{front.Address}/c/0";

        External.Run(client, "-B", "60", "-u", "text", "-k", "secret", uri).Output.ShouldContain("1");
        External.Run(client, "-B", "2", "-u", "text", "-k", "other", uri).Output.ShouldContain("cannot send");
        External.Run(client, "-B", "60", "-u", "nobody", "-k", "secret", uri).Output.ShouldContain("cannot send");
        External.Run(client, "-B", "60", "-u", "text", "-k", "secret", uri).Output.ShouldContain("2");
    }

    public void Dispose()
    {
        front.Dispose();
        server.Dispose();
    }

    private static string Count(DtlsClient client, ushort id) => System.Text.Encoding.UTF8.GetString(
        client.Ask(RunningServer.Request(CoapCode.Post, id, "c/0")).ShouldNotBeNull().Payload.AsSpan());
}

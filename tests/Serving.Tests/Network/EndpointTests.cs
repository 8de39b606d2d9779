using System.Net;
using System.Net.Sockets;
using RbpfSpec.Serving.Network;

namespace RbpfSpec.Serving.Tests.Network;

public sealed class EndpointTests
{
    [Fact]
    public void It_listens_on_one_port_of_each_address()
    {
        using var endpoint = Open(Endpoint.Loopback);

        endpoint.Addresses.Map(address => address.Address).ShouldBe(Endpoint.Loopback);
        endpoint.Addresses.Select(address => address.Port).Distinct().ShouldHaveSingleItem().ShouldNotBe(0);
    }

    [Fact]
    public void A_port_that_is_in_use_and_an_address_of_others_are_told()
    {
        using var endpoint = Open([IPAddress.Loopback]);
        var port = endpoint.Addresses[0].Port;

        Endpoint.Open([IPAddress.Loopback], port, out var problem).ShouldBeNull();
        problem.ShouldBe($"the UDP port {port} of 127.0.0.1 is in use; expected one that is free, or 0 for any");
        Endpoint.Open([IPAddress.Parse("192.0.2.1")], 0, out problem).ShouldBeNull();
        problem.ShouldBe("192.0.2.1 is no address of this computer; expected one that is");
    }

    [Fact]
    public void Datagrams_come_whole_with_their_sender_and_go_back_to_it()
    {
        using var endpoint = Open(Endpoint.Loopback);
        var buffer = new byte[Endpoint.LargestDatagram];
        foreach (var (socket, address) in endpoint.Addresses.Index())
        {
            using var client = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 60_000 };
            client.Connect(address);
            foreach (var size in (int[])[1, 4, 1500, 60_000])
            {
                byte[] sent = [.. Enumerable.Range(0, size).Select(index => (byte)index)];
                client.Send(sent);

                endpoint.Receive(socket, buffer, out var length).ShouldBeTrue();
                buffer[..length].ShouldBe(sent);
                var peer = endpoint.SenderOf(socket);
                peer.ShouldBe(client.LocalEndPoint!.ToString());
                endpoint.IsWaiting(socket).ShouldBeFalse();
                endpoint.Send(peer, sent);
                client.Receive(buffer).ShouldBe(size);
            }
        }
    }

    [Fact]
    public void All_that_came_is_taken_in_order()
    {
        using var endpoint = Open([IPAddress.Loopback]);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(endpoint.Addresses[0]);
        for (byte i = 0; i < 5; i++) client.Send([i]);
        var buffer = new byte[Endpoint.LargestDatagram];

        for (byte i = 0; i < 5; i++)
        {
            endpoint.IsWaiting(0).ShouldBeTrue();
            endpoint.Receive(0, buffer, out var length).ShouldBeTrue();
            (length, buffer[0]).ShouldBe((1, i));
        }

        endpoint.IsWaiting(0).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Waking_ends_a_wait_that_is_or_will_be(string[] kinds)
    {
        using var endpoint = Open([.. kinds.Select(IPAddress.Parse)]);
        var buffer = new byte[Endpoint.LargestDatagram];
        endpoint.Wake();
        for (var i = 0; i < kinds.Length; i++)
        {
            endpoint.Receive(i, buffer, out var length).ShouldBeTrue();
            length.ShouldBe(0);
        }

        var waiting = Task.Run(() => endpoint.Receive(kinds.Length - 1, buffer, out _));

        endpoint.Wake();

        await waiting.WaitAsync(RunningServer.Patience);
    }

    /// <summary>Addresses to listen on.</summary>
    public static TheoryData<string[]> Kinds => [["127.0.0.1"], ["0.0.0.0"], ["127.0.0.1", "::1"], ["0.0.0.0", "::"]];

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("[::1]:9")]
    public void What_cannot_be_sent_is_lost(string peer)
    {
        using var endpoint = Open([IPAddress.Loopback]);

        endpoint.Send(peer, [1]);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_datagram_of_a_known_sender()
    {
        using var endpoint = Open([IPAddress.Loopback]);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(endpoint.Addresses[0]);
        var buffer = new byte[Endpoint.LargestDatagram];
        Echo();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++) Echo();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Echo()
        {
            client.Send([1]);
            endpoint.Receive(0, buffer, out var length);
            endpoint.Send(endpoint.SenderOf(0), buffer.AsSpan(0, length));
        }
    }

    private static Endpoint Open(Sequence<IPAddress> addresses) => Endpoint.Open(addresses, 0, out var problem).ShouldNotBeNull(problem);
}

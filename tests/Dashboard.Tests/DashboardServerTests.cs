using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RbpfSpec.Dashboard.Recording;

namespace RbpfSpec.Dashboard.Tests;

/// <summary>Where the page is.</summary>
public sealed class DashboardServerTests
{
    [Fact]
    public async Task Any_port_will_do_and_it_is_free_again_afterwards()
    {
        // Another process may be given a port as soon as it is free: but not time and again.
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            Uri address;
            using (var server = Open(new(IPAddress.Loopback, 0), out _).ShouldNotBeNull())
            {
                address = server.Address;
                using var client = new HttpClient();
                (await client.GetStringAsync(address)).ShouldContain("Device");
            }

            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, address.Port);
                listener.Start();
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse && attempt < attempts)
            {
                // Once more.
            }
        }
    }

    [Fact]
    public void A_port_in_use_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = (IPEndPoint)listener.LocalEndpoint;

        Open(address, out var problem).ShouldBeNull();

        problem.ShouldBe(string.Create(
            CultureInfo.InvariantCulture, $"the TCP port {address.Port} of 127.0.0.1 is in use; expected one that is free, or 0 for any"));
    }

    [Fact]
    public void An_address_of_another_computer_is_told()
    {
        Open(new(IPAddress.Parse("192.0.2.1"), 0), out var problem).ShouldBeNull();
        problem.ShouldBe("192.0.2.1 is no address of this computer; expected one that is");
    }

    [Fact]
    public void What_a_page_is_left_waiting_for_holds_up_no_end()
    {
        var server = Open(new(IPAddress.Loopback, 0), out _).ShouldNotBeNull();
        using var idle = new TcpClient("127.0.0.1", server.Address.Port);
        idle.GetStream().Write("GET / HTTP/1.1\r\n"u8);

        server.Dispose();
    }

    private static DashboardServer? Open(IPEndPoint address, out string problem) =>
        DashboardServer.Open(address, () => Devices.Known, new Recorder(new GivenSensors(), new GivenTime()), [], out problem);
}

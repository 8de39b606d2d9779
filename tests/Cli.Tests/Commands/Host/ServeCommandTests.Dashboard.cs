using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Cli.Tests.Commands.Host;

/// <summary><c>rbpf host serve --dashboard</c>.</summary>
public sealed partial class ServeCommandTests
{
    [Fact]
    public void A_port_in_use_is_told_and_no_device_is_left_running()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var (tcp, udp) = (((IPEndPoint)listener.LocalEndpoint).Port, ((IPEndPoint)probe.Client.LocalEndPoint!).Port);
        probe.Dispose();

        Rbpf.Run(["host", "serve", "--bind", "127.0.0.1", "--port", Text(udp), "--dashboard", Text(tcp)]).IsUsage(
            $"--dashboard: the TCP port {Text(tcp)} of 127.0.0.1 is in use; expected one that is free, or 0 for any");

        using var again = new UdpClient(new IPEndPoint(IPAddress.Loopback, udp));
    }

    [Fact]
    public void An_address_of_another_computer_is_told() =>
        Rbpf.Line("host serve --port 0 --dashboard 192.0.2.1:0").IsUsage(
            "--dashboard: 192.0.2.1 is no address of this computer; expected one that is");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

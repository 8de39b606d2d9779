using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Cli.Tests.Commands.Host;

public sealed partial class ServeCommandTests
{
    [Fact]
    public void It_tells_where_it_listens_and_ends_when_the_time_is_over()
    {
        var output = Rbpf.Line("host serve --port 0 --seconds 0.1 --hook tick=timer:1ms").Holds();

        output.ShouldStartWith("listening on coap://127.0.0.1:");
    }

    [Theory]
    [InlineData("--bind nowhere", "--bind 'nowhere' is no address; expected one such as 192.0.2.1 or 2001:db8::1")]
    [InlineData("--bind 127.0.0.1 --bind 127.0.0.2", "--bind 127.0.0.2 is the second one of IPv4; expected one of each at most")]
    [InlineData("--bind 192.0.2.1", "192.0.2.1 is no address of this computer; expected one that is")]
    [InlineData("--slots 0", "--slots '0' makes no sense; expected a number from 1 to 1024, in decimal (see 'rbpf host serve --help')")]
    [InlineData(
        "--slots 1025", "--slots '1025' makes no sense; expected a number from 1 to 1024, in decimal (see 'rbpf host serve --help')")]
    [InlineData("--hook a=threshold:0:5", "the hook 'a' watches the sensor 0; there are 0")]
    [InlineData("--hook a=packet --hook a=packet", "several hooks are called 'a'")]
    public void What_makes_no_sense_is_told_in_one_line(string options, string expected) =>
        Rbpf.Line($"host serve --port 0 --seconds 0.1 {options}").IsUsage(expected);

    [Fact]
    public void A_hook_that_is_none_is_told_with_those_that_there_are() =>
        Rbpf.Line("host serve --hook tick=timer:soon").Error
            .ShouldStartWith("rbpf: --hook 'tick=timer:soon' is none; expected NAME=timer:PERIOD");

    [Fact]
    public void A_port_in_use_is_told()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        Rbpf.Line($"host serve --port {port}")
            .IsUsage($"the UDP port {port} of 127.0.0.1 is in use; expected one that is free, or 0 for any");
    }
}

using RbpfSpec.Campaigns.Silos;

namespace RbpfSpec.Campaigns.Tests.Silos;

public sealed class ClusterAddressTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost", 6379, 0)]
    [InlineData("redis://localhost:7000", "localhost", 7000, 0)]
    [InlineData("redis://192.0.2.1:7000/3", "192.0.2.1", 7000, 3)]
    [InlineData("redis://[2001:db8::1]:7000/", "2001:db8::1", 7000, 0)]
    public void An_address_has_host_port_and_database(string text, string host, int port, int database)
    {
        var address = ClusterAddress.Parse(text);

        address.ShouldBe(new(host, port, database));
        ClusterAddress.Parse(address!.ToString()).ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:6379")]
    [InlineData("http://localhost:6379")]
    [InlineData("redis://")]
    [InlineData("redis://localhost:99999")]
    [InlineData("redis://localhost:0")]
    [InlineData("redis://localhost/x")]
    [InlineData("redis://localhost/-1")]
    [InlineData("redis://user:secret@localhost")]
    [InlineData("redis://localhost?ssl=true")]
    public void Anything_else_is_none(string text) => ClusterAddress.Parse(text).ShouldBeNull();
}

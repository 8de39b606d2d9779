using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Client;

public sealed class CoapAddressTests
{
    [Theory]
    [InlineData("coap://localhost", "localhost", 5683)]
    [InlineData("coap://localhost/", "localhost", 5683)]
    [InlineData("COAP://192.0.2.1:61616", "192.0.2.1", 61616)]
    [InlineData("coap://[2001:db8::1]", "2001:db8::1", 5683)]
    [InlineData("coap://[::1]:65535", "::1", 65535)]
    public void A_server_has_a_host_and_a_port(string text, string host, int port)
    {
        CoapAddress.Parse(text, out var problem).ShouldBe(new(host, port));

        problem.ShouldBe("");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("http://localhost")]
    [InlineData("coap://")]
    [InlineData("coap://::1")]
    [InlineData("coap://[::1")]
    [InlineData("coap://[localhost]")]
    [InlineData("coap://host/path")]
    [InlineData("coap://two words")]
    public void What_is_none_is_told(string text)
    {
        CoapAddress.Parse(text, out var problem).ShouldBeNull();

        problem.ShouldStartWith($"'{text}' is no address of a server; expected coap://host or coap://host:port");
    }

    [Theory]
    [InlineData("coap://localhost:0")]
    [InlineData("coap://localhost:65536")]
    [InlineData("coap://[::1]:x")]
    [InlineData("coap://[::1]5683")]
    public void A_port_that_is_none_is_told(string text)
    {
        CoapAddress.Parse(text, out var problem).ShouldBeNull();

        problem.ShouldBe($"'{text}' names no port; expected a number from 1 to 65535 after the colon");
    }

    [Fact]
    public void Datagram_security_is_not_spoken()
    {
        CoapAddress.Parse("coaps://localhost", out var problem).ShouldBeNull();

        problem.ShouldStartWith("'coaps://localhost' asks for CoAP over DTLS, which is not spoken here;");
    }

    [Theory]
    [InlineData("coap://localhost")]
    [InlineData("coap://[::1]:1")]
    public void It_is_written_as_it_is_read(string text) => CoapAddress.Parse(text, out _).ShouldNotBeNull().ToString().ShouldBe(text);
}

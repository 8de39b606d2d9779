using System.Net;
using RbpfSpec.Serving.Network;

namespace RbpfSpec.Serving.Tests.Network;

/// <summary>Addresses are read, and at most one of a family is taken.</summary>
public sealed class BindTextTests
{
    [Fact]
    public void One_address_of_each_family_is_taken_in_the_order_of_the_texts()
    {
        BindText.Parse(["2001:db8::1", "192.0.2.1"], out var problem)
            .ShouldBe([IPAddress.Parse("2001:db8::1"), IPAddress.Parse("192.0.2.1")]);
        problem.ShouldBe("");
    }

    [Fact]
    public void Without_texts_it_is_this_computer() =>
        BindText.Parse([], out _).ShouldBe(Endpoint.Loopback);

    [Theory]
    [InlineData("nowhere", "'nowhere' is no address; expected one such as 192.0.2.1 or 2001:db8::1")]
    [InlineData("192.0.2.1 192.0.2.2", "192.0.2.2 is the second one of IPv4; expected one of each at most")]
    [InlineData("2001:db8::1 ::", ":: is the second one of IPv6; expected one of each at most")]
    public void Others_are_refused(string texts, string expected)
    {
        BindText.Parse(texts.Split(' '), out var problem).ShouldBeNull();
        problem.ShouldBe(expected);
    }
}

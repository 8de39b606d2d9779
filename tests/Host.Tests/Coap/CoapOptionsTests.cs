using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Tests.Coap;

public sealed class CoapOptionsTests
{
    [Theory]
    [InlineData(CoapOptions.UriPath, 255, false)]
    [InlineData(CoapOptions.UriPath, 256, true)]
    [InlineData(CoapOptions.ContentFormat, 3, false)]
    [InlineData(CoapOptions.Accept, 3, true)]
    [InlineData(9, 0, true)]
    [InlineData(10, 0, false)]
    public void A_critical_option_that_is_not_as_it_should_be_is_told(int number, int length, bool isTold)
    {
        CoapOptions.Recognized([new(number, new byte[length].ToSequence())], out var unrecognized);

        (unrecognized is not null).ShouldBe(isTold);
    }

    // RFC 7252 §5.4.5: one too many counts as not known.
    [Fact]
    public void Of_options_that_may_come_once_the_first_counts()
    {
        CoapOptions.Recognized([CoapOption.Of(12, 0), CoapOption.Of(12, 40)], out var elective).ShouldBe([CoapOption.Of(12, 0)]);
        CoapOptions.Recognized([CoapOption.Of(17, 0), CoapOption.Of(17, 40)], out var critical);

        elective.ShouldBeNull();
        critical.ShouldBe(CoapOption.Of(17, 40));
    }

    [Fact]
    public void Definitions_are_in_the_order_of_their_numbers() =>
        CoapOptions.All.Select(option => option.Number).ShouldBeInOrder();
}

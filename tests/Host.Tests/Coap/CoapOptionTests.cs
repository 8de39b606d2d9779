using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Tests.Coap;

public sealed class CoapOptionTests
{
    [Theory]
    [InlineData(0u, "")]
    [InlineData(1u, "01")]
    [InlineData(0x100u, "0100")]
    [InlineData(uint.MaxValue, "FFFFFFFF")]
    public void A_number_takes_as_few_bytes_as_hold_it(uint value, string hex)
    {
        var option = CoapOption.Of(CoapOptions.Size1, value);

        Convert.ToHexString(option.Value.AsSpan()).ShouldBe(hex);
        option.Unsigned.ShouldBe(value);
    }

    [Fact]
    public void Zeros_before_a_number_do_not_count_and_33_bits_are_none()
    {
        new CoapOption(12, [0, 0, 0, 0, 42]).Unsigned.ShouldBe(42u);
        new CoapOption(12, [1, 0, 0, 0, 0]).Unsigned.ShouldBeNull();
    }
}

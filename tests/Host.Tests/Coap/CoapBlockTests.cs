using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Tests.Coap;

public sealed class CoapBlockTests
{
    [Fact]
    public void A_block_is_what_its_option_says() =>
        Law.Holds(seed: 2103, 500, dice => new CoapBlock(dice.Between(0, (1 << 20) - 1), dice.OnceIn(2), dice.Between(0, 6)), block =>
        {
            var option = block.ToOption(CoapOptions.Block1);

            option.Value.Count.ShouldBeLessThanOrEqualTo(3);
            CoapBlock.Of(option).ShouldBe(block);
            block.Offset.ShouldBe((long)block.Number * block.Size);
        });

    [Theory]
    [InlineData("", 0, false, 0, 16)]
    [InlineData("0e", 0, true, 6, 1024)]
    [InlineData("12", 1, false, 2, 64)]
    [InlineData("fffff9", 0xfffff, true, 1, 32)]
    public void The_fields_are_those_of_the_RFC(string hex, int number, bool more, int exponent, int size)
    {
        var block = CoapBlock.Of(new(CoapOptions.Block2, Sequence.Of<byte>(Convert.FromHexString(hex)))).ShouldNotBeNull();

        block.ShouldBe(new CoapBlock(number, more, exponent));
        block.Size.ShouldBe(size);
    }

    [Theory]
    [InlineData("07")]
    [InlineData("00000000")]
    public void The_reserved_exponent_and_a_long_value_are_none(string hex) =>
        CoapBlock.Of(new(CoapOptions.Block2, Sequence.Of<byte>(Convert.FromHexString(hex)))).ShouldBeNull();
}

namespace RbpfSpec.Host.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("", "")]
    [InlineData("%d", "-1")]
    [InlineData("%i", "-1")]
    [InlineData("%u", "4294967295")]
    [InlineData("%x", "ffffffff")]
    [InlineData("%X", "FFFFFFFF")]
    [InlineData("%ld", "-1")]
    [InlineData("%llu", "18446744073709551615")]
    [InlineData("%zx", "ffffffffffffffff")]
    [InlineData("%p", "0xffffffffffffffff")]
    [InlineData("%c", "ÿ")]
    [InlineData("100%%", "100%")]
    public void A_conversion_prints_its_number(string format, string text) =>
        Expand(format, ulong.MaxValue).ShouldBe(text);

    [Theory]
    [InlineData("%5d|", "   42|")]
    [InlineData("%05d|", "00042|")]
    [InlineData("%1d|", "42|")]
    [InlineData("%0d|", "42|")]
    [InlineData("%08lx|", "0000002a|")]
    [InlineData("%00005d|", "00042|")]
    public void A_field_is_filled_from_the_left(string format, string text) => Expand(format, 42).ShouldBe(text);

    [Theory]
    [InlineData("%05d", "-0042")]
    [InlineData("%2d", "-42")]
    [InlineData("%01d", "-42")]
    [InlineData("%022p", "0x0000ffffffffffffffd6")]
    [InlineData("%05c", "0000\u00d6")]
    public void Zeros_go_after_a_sign_and_after_0x(string format, string text) => Expand(format, unchecked((ulong)-42)).ShouldBe(text);

    [Fact]
    public void A_character_that_is_a_minus_sign_is_no_sign() => Expand("%03c", '-').ShouldBe("00-");

    [Theory]
    [InlineData("%100d")]
    [InlineData("%2000000000d")]
    [InlineData("%99999999999999999999d")]
    public void A_field_is_at_most_99_characters(string format) => Expand(format, 7).ShouldBe(new string(' ', 98) + "7");

    [Theory]
    [InlineData("%s %d", "%s 1")]
    [InlineData("%", "%")]
    [InlineData("50% of %d", "50% of 1")]
    [InlineData("%5", "%5")]
    [InlineData("%-5d", "%-5d")]
    [InlineData("%l", "%l")]
    public void What_is_no_conversion_is_printed_as_it_stands(string format, string text) =>
        Expand(format, 1).ShouldBe(text);

    [Fact]
    public void Numbers_are_used_in_order_and_a_conversion_without_one_stands() =>
        Expand("%d %x %% %u %d", 1, 2, 3).ShouldBe("1 2 % 3 %d");

    [Fact]
    public void Bytes_above_127_are_printed_one_character_each() =>
        Format.Expand([0xc3, 0xa9], []).ShouldBe("Ã©");

    [Fact]
    public void No_format_makes_it_throw() =>
        Law.Holds(seed: 80, 3000, dice => dice.Several(dice.Between(0, 12), _ => (byte)dice.Pick("%dxulz0959cp%sX ".AsSpan())), format =>
            Format.Expand(Sequence.Of<byte>(format), [1, ulong.MaxValue]).ShouldNotBeNull());

    private static string Expand(string format, params Sequence<ulong> numbers) =>
        Format.Expand(format.Select(character => (byte)character).ToSequence(), numbers);
}

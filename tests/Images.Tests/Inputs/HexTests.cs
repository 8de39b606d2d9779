using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Images.Tests.Inputs;

public class HexTests
{
    [Theory]
    [InlineData("", new byte[0])]
    [InlineData(" \t\r\n", new byte[0])]
    [InlineData("00", new byte[] { 0x00 })]
    [InlineData("0fF0", new byte[] { 0x0f, 0xf0 })]
    [InlineData("aA Bb\ncC\tdDeE", new byte[] { 0xaa, 0xbb, 0xcc, 0xdd, 0xee })]
    [InlineData(" 12 34 ", new byte[] { 0x12, 0x34 })]
    public void Bytes_are_two_digits_each_in_either_case(string text, byte[] expected)
    {
        Hex.TryBytes(text, out var bytes).ShouldBeTrue();
        bytes.ShouldBe(Sequence.Of<byte>(expected));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("0 0")]
    [InlineData("00 0")]
    [InlineData("0x00")]
    [InlineData("0g")]
    [InlineData("00,00")]
    [InlineData("@0")]
    [InlineData("`0")]
    [InlineData("0:")]
    [InlineData("٠٠")]
    public void Anything_else_is_no_bytes(string text)
    {
        Hex.TryBytes(text, out var bytes).ShouldBeFalse();
        bytes.ShouldBe([]);
    }

    [Fact]
    public void Bytes_are_read_back_from_what_the_platform_writes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            Hex.TryBytes(Convert.ToHexString(bytes), out var upper).ShouldBeTrue();
            Hex.TryBytes(BitConverter.ToString(bytes).Replace('-', ' ').ToLowerInvariant(), out var lower).ShouldBeTrue();

            upper.ShouldBe(Sequence.Of<byte>(bytes));
            lower.ShouldBe(upper);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(1, 1));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("42", 42)]
    [InlineData("0x2a", 42)]
    [InlineData("0X2A", 42)]
    [InlineData("0x00000000000000000000002a", 42)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("-9223372036854775808", 0x8000_0000_0000_0000)]
    public void Numbers_are_decimal_or_hexadecimal_and_negative_ones_wrap(string text, ulong expected)
    {
        Hex.TryNumber(text, out var number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0x")]
    [InlineData("0x-1")]
    [InlineData("-0x1")]
    [InlineData("2a")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    [InlineData("0x10000000000000000")]
    public void Anything_else_is_no_number(string text) => Hex.TryNumber(text, out _).ShouldBeFalse();
}

using System.Text;

namespace RbpfSpec.Images.Tests;

public class HexTextTests
{
    private const string Exit = "9500000000000000";

    [Theory]
    [InlineData("b70000002a0000009500000000000000")]
    [InlineData("b7 00 00 00 2a 00 00 00 95 00 00 00 00 00 00 00")]
    [InlineData("b70000002a000000\n9500000000000000\n")]
    [InlineData("B70000002A000000\r\n\r\n9500000000000000\r\n")]
    [InlineData("0xb70000002a000000 0x9500000000000000")]
    [InlineData("0xb7 0x00 0x00 0x00 0X2A 00 0000\t0x95 00 00 00 00 00 00 00")]
    [InlineData("# r0 = 42, größer als 41\nb7000000 2a000000 # mov r0, 42\n9500000000000000#exit")]
    public void Text_in_every_layout_is_the_same_program(string text)
    {
        var image = Reading.Image(Encoding.UTF8.GetBytes(text));

        image.Format.ShouldBe(ImageFormat.Hex);
        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe("b70000002a000000" + Exit);
        image.Entry.ShouldBe(0);
    }

    [Theory]
    [InlineData("9500000000g00000", "line 1, column 11: 'g' is not a hexadecimal digit")]
    [InlineData("95 00\n  00 0_", "line 2, column 7: '_' is not a hexadecimal digit")]
    [InlineData("# one\n\n0x95zz", "line 3, column 5: 'z' is not a hexadecimal digit")]
    [InlineData("mov r0, 1", "line 1, column 1: 'm' is not a hexadecimal digit")]
    [InlineData("95,00", "line 1, column 3: ',' is not a hexadecimal digit")]
    [InlineData("0x", "line 1, column 1: '0x' without digits; a byte is two hexadecimal digits")]
    [InlineData("95 0", "line 1, column 4: an odd number of hexadecimal digits (1) stands together; a byte is two")]
    [InlineData(
        "\n\t0x950", "line 2, column 2: an odd number of hexadecimal digits (3) stands together; a byte is two")]
    public void A_problem_names_line_and_column(string text, string problem) =>
        Reading.Problem(Encoding.UTF8.GetBytes(text)).ShouldBe(problem);

    [Fact]
    public void Bytes_that_are_not_text_are_a_problem_if_text_was_asked_for() =>
        Reading.Problem([(byte)'9', (byte)'5', 0xff], new() { Format = ImageFormat.Hex })
            .ShouldBe("line 1, column 3: byte 0xff is not a hexadecimal digit");

    [Fact]
    public void A_length_that_is_no_multiple_of_a_slot_is_left_to_the_preflight() =>
        Reading.Image("950000"u8).Program.Count.ShouldBe(3);

    [Theory]
    [InlineData("# nothing but a comment\n", true)]
    [InlineData("95 00", true)]
    [InlineData("", false)]
    [InlineData("95\0", false)]
    [InlineData("é", false)]
    [InlineData("# é\né", false)]
    public void Text_is_printable_ASCII_outside_of_comments(string text, bool expected) =>
        HexText.LooksLikeText(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);
}

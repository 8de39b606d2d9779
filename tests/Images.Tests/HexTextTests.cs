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
    [InlineData("0xb7, 0x0, 0x0, 0x0, 0x2a, 0x0, 0x0, 0x0,\n0x95, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0")]
    [InlineData("b7,00,00,00,2a,00,00,00,95,00,00,00,00,00,00,00")]
    [InlineData("static const uint8_t program[] = {\n  0xb7, 0x00, 0x00, 0x00, 0x2a, 0x00, 0x00, 0x00, // mov\n"
        + "  0x95, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, /* exit */\n};\n")]
    [InlineData("/* {1} */ u8 p[2][8] = {{0xb7,0x0,0x0,0x0,0x2a,0x0,0x0,0x0},\n{0x95,0x0,0x0,0x0,0x0,0x0,0x0,0x0}};")]
    [InlineData("\"\\xb7\\x00\\x00\\x00\\x2a\\x00\\x00\\x00\"\n\"\\x95\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"")]
    [InlineData("b'\\xb7\\x00\\x00\\x00\\x2a\\x00\\x00\\x00\\x95\\x00\\x00\\x00\\x00\\x00\\x00\\x00'")]
    [InlineData("\"b7\"000000\"2a\"000000'9500000000000000'")]
    [InlineData("b70000002a000000/**/9500000000000000/* end */")]
    [InlineData("0x0000002a000000b7\n0x0000000000000095")]
    [InlineData("0x0000002a000000b7ULL, 0x0000000000000095ull")]
    [InlineData("{ 0x000000b7, 0x0000002a, 0x00000095, 0x00000000 }")]
    [InlineData("0000002a000000b7 0000000000000095")]
    [InlineData("\ufeffb70000002a000000 // é\n9500000000000000 # é")]
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
    [InlineData("95.00", "line 1, column 3: '.' is not a hexadecimal digit")]
    [InlineData("95;00", "line 1, column 3: ';' is not a hexadecimal digit")]
    [InlineData("0x95, 183", "line 1, column 7: an odd number of hexadecimal digits (3) stands together; a byte is two")]
    [InlineData("\n\"\\x9\"", "line 2, column 2: '\\x' without two hexadecimal digits, which a byte has")]
    [InlineData("\\x9", "line 1, column 1: '\\x' without two hexadecimal digits, which a byte has")]
    [InlineData("95 \\x9", "line 1, column 4: '\\x' without two hexadecimal digits, which a byte has")]
    [InlineData("b", "line 1, column 1: an odd number of hexadecimal digits (1) stands together; a byte is two")]
    [InlineData("95\n 00 /* 00", "line 2, column 5: the comment does not end; '*/' is expected")]
    [InlineData("u8 a[] = { /*", "line 1, column 12: the comment does not end; '*/' is expected")]
    [InlineData("/*/", "line 1, column 1: the comment does not end; '*/' is expected")]
    [InlineData("\\x", "line 1, column 1: '\\x' without two hexadecimal digits, which a byte has")]
    [InlineData("u8 a[] = {0x95\n,", "line 2, column 2: the array does not end; '}' is expected")]
    [InlineData("u8 a[] = {0x95}; u8 b[] = {0x95};", "line 1, column 18: text behind the braces of the array; one array is expected")]
    [InlineData("/* mov */ {95 0x}", "line 1, column 15: '0x' without digits; a byte is two hexadecimal digits")]
    [InlineData("/*\n*/ zz", "line 2, column 4: 'z' is not a hexadecimal digit")]
    [InlineData("95/00", "line 1, column 3: '/' is not a hexadecimal digit")]
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
    public void What_notation_was_taken_is_told_where_it_was_open()
    {
        Reading.Image("0x0000002a000000b7 0x0000000000000095"u8).Notes.ShouldBe(
            ["read so that 16 digits are 64-bit numbers, the opcode in the last two; as bytes in order they are no instructions"]);
        Reading.Image("000000b7 0000002a 00000095 00000000"u8).Notes.ShouldBe(
            ["read so that 8 digits are 32-bit numbers, the opcode in the last two; as bytes in order they are no instructions"]);

        Reading.Image("b7000000000000b7"u8).Notes.ShouldBe(
            ["read as bytes in order; that 16 digits are 64-bit numbers would be possible, too"]);
        Reading.Image("b70000002a000000 9500000000000000"u8).Notes.ShouldBeEmpty();
        Reading.Image("0000002a000000b7 95"u8).Notes.ShouldBeEmpty();
        Reading.Image("00 00002a000000b7 0000000000000095"u8).Notes.ShouldBeEmpty();
        Reading.Image("\\x00\\x00\\x00\\x2a\\x00\\x00\\x00\\xb7 0000000000000095"u8).Notes.ShouldBeEmpty();
        Reading.Image("0xff00000000000000"u8).Notes.ShouldBeEmpty();
        Reading.Image("000000b7"u8).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_wide_load_is_one_of_the_instructions_of_numbers()
    {
        var image = Reading.Image("0x0000000100000018 0x0000000200000000 0x0000000000000095"u8);

        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe("1800000001000000" + "0000000002000000" + Exit);
    }

    [Fact]
    public void Reading_is_linear()
    {
        static long Allocated(int slots)
        {
            var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0xb7, 0x0, /* { */ \\x00, 00000000 00 # {\n", slots)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Reading.Image(text).Program.Count.ShouldBe(8 * slots);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(10);
        Allocated(8000).ShouldBeLessThan(16 * Allocated(1000));
    }

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
    [InlineData("// é", true)]
    [InlineData("# À", true)]
    [InlineData("; é", true)]
    [InlineData("/ é", false)]
    [InlineData("\ufeff95", true)]
    [InlineData("\ufeff", false)]
    [InlineData("\u007f", false)]
    [InlineData("~ \t\r\n", true)]
    public void Text_is_printable_ASCII_outside_of_comments(string text, bool expected) =>
        HexText.LooksLikeText(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Theory]
    [InlineData(0x1f, false)]
    [InlineData(0x20, true)]
    [InlineData(0x7e, true)]
    [InlineData(0x7f, false)]
    [InlineData(0x80, false)]
    public void A_space_is_printable_and_controls_are_not(byte value, bool isPrintable) => HexText.IsPrintable(value).ShouldBe(isPrintable);
}

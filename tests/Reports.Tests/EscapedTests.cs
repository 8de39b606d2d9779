namespace RbpfSpec.Reports.Tests;

public sealed class EscapedTests
{
    [Fact]
    public void A_line_has_no_control_character_and_loses_none()
    {
        for (var code = 0; code <= 0x200; code++)
        {
            var name = $"a{(char)code}b";

            var shown = Escaped.Line(name);

            shown.Any(char.IsControl).ShouldBeFalse();
            if (!char.IsControl((char)code)) shown.ShouldBe(name);
            else shown.ShouldMatch(@"^a\\([nrt]|u00[0-9a-f]{2})b$");
        }
    }

    [Fact]
    public void Text_keeps_its_lines_and_tabs() =>
        Escaped.Text("one\n\ttwo\r\n\u001b[31mred\u0000").ShouldBe("one\n\ttwo\r\n\\u001b[31mred\\u0000");

    // The end of a line on some systems, as in JSON that is indented there; what is alone goes back to a line's begin.
    [Theory]
    [InlineData("{\r\n  \"a\": 1\r\n}", "{\r\n  \"a\": 1\r\n}")]
    [InlineData("right\rwrong", @"right\rwrong")]
    [InlineData("one\r\r\ntwo\r", "one\\r\r\ntwo\\r")]
    public void The_two_characters_of_an_end_of_a_line_are_kept_and_one_alone_is_not(string text, string shown) =>
        Escaped.Text(text).ShouldBe(shown);
}

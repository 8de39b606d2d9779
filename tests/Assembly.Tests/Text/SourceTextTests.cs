namespace RbpfSpec.Assembly.Tests.Text;

public class SourceTextTests
{
    [Theory]
    [InlineData("r0 = 1 # c")]
    [InlineData("r0 = 1 // c")]
    [InlineData("r0 /* x */ = 1")]
    [InlineData("r0 = /**/ 1 /* a */ /* b */")]
    [InlineData("/* r0 = 2\n# */ r0 = 1")]
    [InlineData("# /* r0 = 2\nr0 = 1 # */")]
    [InlineData("// /*\nr0 = 1")]
    [InlineData("r0 = 1 /* // */")]
    [InlineData("/*/ r0 = 2 */ r0 = 1")]
    public void Comments_are_left_out(string text) => Assembling.Bytes(text).ShouldBe("b700000001000000");

    [Theory]
    [InlineData(".ascii \"a#b//c/*d\\\"#\"", "a#b//c/*d\"#")]
    [InlineData(".ascii \"x\" # \"y\"", "x")]
    [InlineData(".ascii \"x;y\"; .ascii \"z\"", "x;yz")]
    public void There_are_none_in_quotes(string text, string bytes) =>
        System.Text.Encoding.ASCII.GetString(Assembling.Object($".data\n{text}").Sections[1].Bytes.AsSpan()).ShouldBe(bytes);

    [Fact]
    public void A_quote_character_starts_no_text() => Assembling.Bytes("r0 = '\"' # \"").ShouldBe("b700000022000000");

    [Fact]
    public void What_comes_after_a_comment_keeps_its_place() =>
        Assembling.Errors("r0 /* five */ = ,").ShouldHaveSingleItem().Column.ShouldBe(17);

    [Fact]
    public void A_comment_ends() =>
        Assembling.Errors("exit\n r0 = 1 /* and\nso on").ShouldHaveSingleItem().ToString()
            .ShouldBe("line 2, column 9: found '/*'; expected '*/' after it");
}

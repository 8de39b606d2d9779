namespace RbpfSpec.Assembly.Tests.Text;

public class CharactersTests
{
    [Theory]
    [InlineData("\\x4", "04")]
    [InlineData("\\X41", "41")]
    [InlineData("\\x141", "41")]
    [InlineData("\\x4g", "0467")]
    [InlineData("\\xfF0", "f0")]
    [InlineData("\\0", "00")]
    [InlineData("\\377", "ff")]
    [InlineData("\\1234", "5334")]
    [InlineData("\\18", "0138")]
    [InlineData("\\78", "0738")]
    [InlineData("\\'\\\"", "2722")]
    public void An_escape_is_a_byte(string text, string bytes) =>
        Convert.ToHexString(Assembling.Object($".data\n.ascii \"{text}\"").Sections[1].Bytes.AsSpan()).ToLowerInvariant().ShouldBe(bytes);

    [Theory]
    [InlineData("\\x")]
    [InlineData("\\xg")]
    [InlineData("\\400")]
    [InlineData("\\777")]
    [InlineData("\\8")]
    [InlineData("\\a")]
    public void What_C_does_not_have_is_no_text(string text) =>
        Assembling.ObjectErrors($".ascii \"{text}\"").ShouldHaveSingleItem().Expected.ShouldBe("text in quotes");
}

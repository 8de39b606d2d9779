namespace RbpfSpec.Images.Tests;

public sealed class SourceLineTests
{
    [Theory]
    [InlineData("/src/net/parser.c", "parser.c:12")]
    [InlineData("./parser.c", "parser.c:12")]
    [InlineData("parser.c", "parser.c:12")]
    [InlineData("odd/", "odd/:12")]
    [InlineData("", ":12")]
    public void A_place_is_the_file_without_folders_and_the_line(string file, string place) =>
        new SourceLine(file, 12, 3, "").Place.ShouldBe(place);

    [Fact]
    public void In_words_it_has_the_line_without_its_indentation_cut_short_if_it_is_very_long()
    {
        new SourceLine("a.c", 1, 0, "\t  return 0; ").ToString().ShouldBe("a.c:1: return 0;");
        new SourceLine("a.c", 1, 0, " ").ToString().ShouldBe("a.c:1");
        new SourceLine("a.c", 1, 0, new string('x', 120)).ToString().ShouldBe($"a.c:1: {new string('x', 120)}");
        new SourceLine("a.c", 1, 0, new string('x', 200)).ToString().ShouldBe($"a.c:1: {new string('x', 120)}…");
    }
}

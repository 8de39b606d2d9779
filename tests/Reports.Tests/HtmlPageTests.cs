namespace RbpfSpec.Reports.Tests;

public class HtmlPageTests
{
    [Fact]
    public void A_page_is_whole_and_needs_nothing_else()
    {
        var page = new HtmlPage("a < b", "td { color: red; }\n").Heading(2, "part").Paragraph("text", "good").Paragraph("more").End(
            "run();\n");

        page.ShouldStartWith("<!doctype html>\n");
        page.ShouldContain("<title>a &lt; b</title>");
        page.ShouldContain("td { color: red; }\n</style>");
        page.ShouldContain("<h1>a &lt; b</h1>\n<h2>part</h2>\n<p class=\"good\">text</p>\n<p>more</p>\n<script>\nrun();\n</script>\n");
        page.ShouldEndWith("</body>\n</html>\n");
        page.ShouldNotContain("http");
    }

    [Fact]
    public void Lines_are_text_and_none_leave_nothing()
    {
        var page = new HtmlPage("page", "");
        var length = page.Length;

        page.Lines([]).Length.ShouldBe(length);
        page.Lines(["<b>", "&"]).End().ShouldContain("<pre>&lt;b&gt;\n&amp;</pre>\n");
    }
}

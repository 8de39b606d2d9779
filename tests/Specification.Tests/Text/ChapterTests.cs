using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Tests.Text;

public class ChapterTests
{
    [Fact]
    public void A_requirement_is_its_id_its_text_and_what_holds_it()
    {
        var chapter = Chapter.Read("40-x.md", "# Memory\n\nLead.\n\n#### memory/one\n\nIt MUST\nstop.\n\n"
            + "> Vectors: `mem/* one past`, `alu/add64-k`. Claims: `isolation/*`.\n")
            .ShouldBeOfType<ChapterReading.Read>().Chapter;

        chapter.Page.Title.ShouldBe("Memory");
        var requirement = chapter.Requirements.ShouldHaveSingleItem();
        requirement.ShouldBe(new("memory/one", "It MUST\nstop.", [new("mem/*", "one past"), new("alu/add64-k", "")], ["isolation/*"]));
        chapter.Blocks.OfType<Block.Explanation>().ShouldHaveSingleItem().ShouldBe(new(3, "Lead."));
    }

    [Fact]
    public void A_requirement_on_the_host_is_held_by_tests() =>
        Chapter.Read("86-x.md", "# Hooks\n\n#### hooks/one\n\nIt MUST\nrun.\n\n> Tests: `ATests.B`, `CTests.D`. Claims: `e/*`.\n")
            .ShouldBeOfType<ChapterReading.Read>().Chapter.Requirements.ShouldHaveSingleItem()
            .ShouldBe(new("hooks/one", "It MUST\nrun.", [], ["e/*"]) { Tests = ["ATests.B", "CTests.D"] });

    [Theory]
    [InlineData("Memory\n", 1, "there is no title; expected a line that begins with '# '")]
    [InlineData("# X\n\n#### a/b\n\nIt MUST.\n", 3, "nothing holds the requirement a/b; expected its text and a paragraph '>"
        + " Vectors: `…`. Claims: `…`.' below it")]
    [InlineData("# X\n\n> Vectors: `alu/*`.\n", 3, "these vectors hold no requirement; expected one above them")]
    public void What_is_no_chapter_is_refused_with_the_line(string text, int line, string problem) =>
        Chapter.Read("10-x.md", text).ShouldBe(new ChapterReading.Malformed("10-x.md", line, problem));
}

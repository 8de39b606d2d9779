using RbpfSpec.Proving.Reports;

namespace RbpfSpec.Proving.Tests.Reports;

public class FoundPageTests
{
    [Fact]
    public void Without_bugs_the_page_says_so() => FoundPage.Text([], []).ShouldEndWith("None yet.\n");

    [Fact]
    public void A_bug_is_a_row_and_a_section_that_the_row_leads_to()
    {
        var page = FoundPage.Text(
        [
            new("FC-1", "Femto-Containers", "verify.c, line 49", "A jump | one slot too far is accepted.", ["r0 = 0", "exit"],
                "It reads past the program."),
        ],
        []);

        page.ShouldContain("\n| [FC-1](#fc-1-femto-containers) | Femto-Containers | A jump \\| one slot too far is accepted. |\n");
        page.ShouldContain(
            "\n## FC-1, Femto-Containers\n\nA jump | one slot too far is accepted. (verify.c, line 49)\n\n```text\nr0 = 0\nexit\n```\n\n"
            + "It reads past the program.\n");
    }

    [Fact]
    public void What_is_not_expressed_has_a_table_of_its_own() =>
        FoundPage.Text([new("FC-1", "Machine", "source", "Summary.", ["exit"], "Happens.")],
            [new("FC-12", "The base is wrong.", "There is no image.")])
            .ShouldEndWith(
                "\n## Not expressed\n\nNo claim speaks of these.\n\n| number | what is wrong | why not |\n|---|---|---|\n"
                + "| FC-12 | The base is wrong. | There is no image. |\n");
}

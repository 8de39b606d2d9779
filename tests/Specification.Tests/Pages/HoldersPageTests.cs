using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public class HoldersPageTests
{
    [Fact]
    public void Every_vector_and_every_claim_about_a_rule_is_on_the_page_of_its_family()
    {
        var pages = Repository.Book.Pages.ToDictionary(page => page.Path, page => page.Markdown.Split('\n').ToHashSet());
        foreach (var form in OperationTable.Forms)
        {
            var lines = pages[InstructionFamily.Of(form.Operation).HoldersPath];

            lines.ShouldContain($"## {form.Id}");
            OperationSection.VectorsOf(form, Repository.Vectors).Select(HoldersPage.Line).Where(line => !lines.Contains(line))
                .ShouldBeEmpty();
            OperationSection.ClaimsOf(form, Repository.Book.Claims)
                .Select(claim => $"- `{claim}`")
                .Where(line => !lines.Contains(line))
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_part_of_a_rule_has_an_anchor_of_its_own() =>
        OperationTable.Forms.Select(HoldersPage.AddressOf)
            .GroupBy(address => address)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ShouldBeEmpty();
}

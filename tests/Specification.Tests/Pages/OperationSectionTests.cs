using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public class OperationSectionTests
{
    [Fact]
    public void Titles_are_unique_and_so_are_their_anchors() =>
        OperationTable.All.Select(OperationSection.Title).Select(OperationSection.Anchor)
            .GroupBy(anchor => anchor).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void A_section_has_the_rule_the_traps_the_deviations_and_what_holds_it()
    {
        var section = Repository.Book.SectionOf(new AluOperation.Division.DivideSigned());

        section.ShouldContain("`alu/sdiv64-x`\n\n```text\ntrap DivisionByZero if src == 0\ndst = dst /s src\n```\n");
        section.ShouldContain("|          0          |        1         |r0..r10 |r0..r10 |  0x3f  |  alu/sdiv64-x");
        section.ShouldContain("| [SignedOverflow](../50-traps.md#trapsignedoverflow) | The quotient of the least number "
            + "by -1 does not fit. Never under `rbpf`. |");
        section.ShouldContain("- [D-15](../81-deviations.md#d-15), signed overflow: quotient the dividend, remainder 0.");
        section.ShouldContain("- claims: `device`, `encoding`, `frame`, ");
        section.ShouldContain(" claims](../31-vectors-and-claims/division.md#alusdiv64-x)");
    }

    [Fact]
    public void A_section_shows_few_vectors_of_a_rule_and_among_them_a_trap_if_it_has_one()
    {
        foreach (var operation in OperationTable.All)
        {
            var section = Repository.Book.SectionOf(operation);
            foreach (var form in operation.Forms)
            {
                var own = OperationSection.VectorsOf(form, Repository.Vectors).ToList();
                var shown = own.Where(vector => section.Contains($"\n- `{vector.Name}` ", StringComparison.Ordinal)).ToList();

                shown.Count.ShouldBe(Math.Min(own.Count, 3), form.Id);
                shown.Any(IsTrap).ShouldBe(own.Any(IsTrap), form.Id);
            }
        }
    }

    private static bool IsTrap(Vector vector) => vector.Expectation is Expectation.Traps;

    [Fact]
    public void Claims_about_another_rule_with_a_longer_name_are_not_its_own()
    {
        var add = OperationTable.Forms.Single(form => form.Id == "atomic/add32");

        OperationSection.ClaimsOf(
            add, [
                "frame/atomic/add32@rbpf",
                "frame/atomic/add32@rfc9669",
                "frame/atomic/fetch-add32@rbpf",
                "frame/atomic/add321@rbpf",
                "refinement/x/atomic/add32[metered]@rbpf",
            ])
            .ShouldBe(["frame/atomic/add32@rbpf, @rfc9669", "refinement/x/atomic/add32[metered]@rbpf"]);
    }
}

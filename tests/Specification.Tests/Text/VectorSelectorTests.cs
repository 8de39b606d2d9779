using RbpfSpec.Conformance;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Tests.Text;

public class VectorSelectorTests
{
    private static readonly Vector Straddling = new("mem/ldxw/08", new VectorProgram.Code([]), [], new Expectation.Refuses())
    {
        Rule = "mem/ldxw",
        Purpose = "mem/ldxw where the access straddles the end.",
    };

    [Theory]
    [InlineData("mem/ldxw", true)]
    [InlineData("mem/*", true)]
    [InlineData("*", true)]
    [InlineData("mem/* straddles the end", true)]
    [InlineData("mem/* straddles two regions", false)]
    [InlineData("mem/ldx", false)]
    [InlineData("atomic/* straddles the end", false)]
    public void The_first_word_is_the_rule_and_the_rest_stands_in_the_purpose(string text, bool selects)
    {
        VectorSelector.Of(text).Selects(Straddling).ShouldBe(selects);
        VectorSelector.Of(text).ToString().ShouldBe(text);
    }
}

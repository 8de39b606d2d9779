using RbpfSpec.Proofs.Operations;

namespace RbpfSpec.Proofs.Tests.Operations;

public sealed class ReadingTests
{
    [Fact]
    public void Every_definition_has_its_claim() =>
        Reading.Claims.Select(claim => claim.Id).ShouldBe(
            Reference.Definitions.Names.Select(name => $"reader/{name.Replace(':', '/')}"), ignoreOrder: true);

    // A truth value, a number, one of more than 64 bits, and memory.
    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("reader/trap/zero-divisor/alu/div32-x", "(|trap:zero-divisor:alu/div32-x| ")]
    [InlineData("reader/rfc/sign-extended8", "(|rfc:sign-extended8| ")]
    [InlineData("reader/trap/unbounded", "((_ extract 63 0) (|trap:unbounded| ")]
    [InlineData("reader/rfc/mem/stxdw", "(select (|rfc:mem/stxdw| ")]
    public void Terms_that_are_others_than_the_text_are_found(string id, string written)
    {
        var lines = Tried.Counterexample(Reading.Claims, id, "the terms are others");

        lines[0].ShouldStartWith(written);
        lines[0].ShouldEndWith(" by the text");
        lines[1].ShouldStartWith("the terms read from it give ");
    }
}

using RbpfSpec.Proofs.Operations;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Tests.Operations;

public sealed class PaymentTests
{
    [Fact]
    public void Every_encoding_has_its_claim()
    {
        var ids = Payment.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        foreach (var form in OperationTable.Forms)
            ids.ShouldContain(id => id.StartsWith($"payment/{form.Id}", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("no trap where none is left", "the machine: trap InstructionBudget")]
    [InlineData("a trap where one is left", "instructions left: 1")]
    [InlineData("what else it would trap for comes first", "the mutant: trap DivisionByZero")]
    [InlineData("no instruction is spent", "the machine: goes on")]
    public void Each_way_to_ask_another_price_is_found(string mutant, string line) =>
        Tried.Counterexample(Payment.Claims, "payment/alu/div32-x@rbpf", mutant)
            .ShouldContain(found => found.Contains(line, StringComparison.Ordinal));
}

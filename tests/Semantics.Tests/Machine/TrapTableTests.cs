using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class TrapTableTests
{
    [Fact]
    public void Every_trap_is_described_in_words_of_its_own()
    {
        var descriptions = Enum.GetValues<Trap>().Select(TrapTable.Of).ToList();

        descriptions.Select(description => description.Trap).ShouldBe(Enum.GetValues<Trap>());
        descriptions.Select(description => description.Summary).ShouldBeUnique();
    }

    // From the error codes of Femto-Containers' and CertrBPF's headers.
    [Theory]
    [InlineData(Trap.DivisionByZero, "Femto-Containers -9", "CertrBPF -9")]
    [InlineData(Trap.BranchBudget, "Femto-Containers -8")]
    [InlineData(Trap.ShiftAmount, "CertrBPF -10")]
    [InlineData(Trap.CallDepth)]
    public void The_codes_of_the_C_machines_are_given(Trap trap, params string[] codes) =>
        TrapTable.Of(trap).Codes.ShouldBe(codes);
}

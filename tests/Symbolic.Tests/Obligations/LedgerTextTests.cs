using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Symbolic.Tests.Obligations;

public sealed class LedgerTextTests
{
    [Fact]
    public void A_ledger_reads_as_it_was_written()
    {
        var ledger = Ledger.Of(
            ["libz3 4.8.12", "cvc5 \"1\""],
            [LedgerTests.Entry("b/[x]@rbpf"), LedgerTests.Entry("a/1", "refuted"), new("c", "undecided", "", [new("é < \"\\", "proved"), new("twice", "refuted"), new("twice", "refuted")])]);

        LedgerText.Read(LedgerText.Of(ledger)).ShouldBe(new LedgerReading.Read(ledger));
    }

    [Fact]
    public void The_empty_ledger_reads_as_it_was_written() =>
        LedgerText.Read(LedgerText.Of(Ledger.Empty)).ShouldBe(new LedgerReading.Read(Ledger.Empty));

    [Fact]
    public void The_text_does_not_depend_on_the_order_of_entries()
    {
        LedgerEntry[] entries = [LedgerTests.Entry("b"), LedgerTests.Entry("a/2"), LedgerTests.Entry("a"), LedgerTests.Entry("B")];

        LedgerText.Of(Ledger.Of(["x", "y"], entries)).ShouldBe(LedgerText.Of(Ledger.Of(["y", "x", "y"], entries.Reverse())));
    }

    [Fact]
    public void A_claim_is_a_line() =>
        LedgerText.Of(Ledger.Of(["libz3 4.8.12"], [LedgerTests.Entry("a/1"), LedgerTests.Entry("b/2")])).ShouldBe(
            """
            {
              "solvers": ["libz3 4.8.12"],
              "claims": {
                "a/1": {"verdict":"proved","script":"hash of a/1","mutants":{"it is one":"refuted"}},
                "b/2": {"verdict":"proved","script":"hash of b/2","mutants":{"it is one":"refuted"}}
              }
            }

            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"solvers\": [], \"claims\": []}")]
    [InlineData("{\"solvers\": [1], \"claims\": {}}")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": \"\"}}}")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"certain\", \"script\": \"\", \"mutants\": {}}}}")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": null, \"script\": \"\", \"mutants\": {}}}}")]
    public void Other_text_is_no_ledger(string text) => LedgerText.Read(text).ShouldBeOfType<LedgerReading.Malformed>();
}

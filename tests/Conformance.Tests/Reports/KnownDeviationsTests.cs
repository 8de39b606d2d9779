using RbpfSpec.Conformance.Reports;

namespace RbpfSpec.Conformance.Tests.Reports;

public class KnownDeviationsTests
{
    [Fact]
    public void Notes_and_empty_lines_are_no_deviations() =>
        KnownDeviations.Read("# written by hand\r\n\nalu/add32-k/01\tfailed\r\nexit/exit/02\thung\n", out _).ShouldBe(
            ["alu/add32-k/01\tfailed", "exit/exit/02\thung"], ignoreOrder: true);

    [Theory]
    [InlineData("alu/add32-k/01")]
    [InlineData("alu/add32-k/01\tpassed")]
    [InlineData("alu/add32-k/01\tfailed\ttwice")]
    public void A_line_that_is_none_is_told_by_its_number(string line)
    {
        KnownDeviations.Read($"# a note\n{line}\n", out var fault).ShouldBeNull();

        fault.Line.ShouldBe(2);
        fault.Problem.ShouldStartWith($"'{line}' is no deviation; expected ");
    }
}

using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("true", 1, 0)]
    [InlineData("false", 0, 0)]
    [InlineData("#x0", 0, 4)]
    [InlineData("#x00fF", 255, 16)]
    [InlineData("#xffffffffffffffff", ulong.MaxValue, 64)]
    [InlineData("#b101", 5, 3)]
    [InlineData("#b1000000000000000000000000000000000000000000000000000000000000000", 1UL << 63, 64)]
    [InlineData("(_ bv5 32)", 5, 32)]
    [InlineData("(_ bv18446744073709551615 64)", ulong.MaxValue, 64)]
    public void A_value_is_read_with_its_width(string text, ulong bits, int width) =>
        Values.Parse($"((a {text}))", ["a"]).ShouldBe(new ParsedValues.Complete([new(bits, width)]));

    [Theory]
    [InlineData("#x00000000000000000")]
    [InlineData("(_ bv256 8)")]
    [InlineData("(_ bv0 0)")]
    [InlineData("(_ bv0 65)")]
    [InlineData("(_ bv-1 8)")]
    [InlineData("(_ bv 8)")]
    [InlineData("(_ bv18446744073709551616 64)")]
    [InlineData("((as const (Array (_ BitVec 8) (_ BitVec 8))) #x00)")]
    [InlineData("True")]
    [InlineData("5")]
    [InlineData("\"true\"")]
    [InlineData(":true")]
    [InlineData("()")]
    public void What_is_no_value_of_1_to_64_bits_is_malformed(string text) =>
        Values.Parse($"((a {text}))", ["a"]).ShouldBeOfType<ParsedValues.Malformed>();

    [Theory]
    [InlineData("")]
    [InlineData("sat")]
    [InlineData("()")]
    [InlineData("((a #x0))")]
    [InlineData("((a #x0) (b #x1) (c #x2))")]
    [InlineData("((b #x0) (a #x1))")]
    [InlineData("((a #x0) (b #x1)) sat")]
    [InlineData("((a #x0) (b #x1 #x2))")]
    [InlineData("((a #x0) b)")]
    [InlineData("((a #x0) (b #x1)")]
    [InlineData("(error \"no model\")")]
    public void What_is_not_a_value_of_each_wanted_term_is_malformed(string reply) =>
        Values.Parse(reply, ["a", "b"]).ShouldBeOfType<ParsedValues.Malformed>();

    [Fact]
    public void Terms_may_be_printed_otherwise_than_they_were_written_but_symbols_may_not()
    {
        Values.Parse("(((bvadd x #x01) #x02) (|b c| #x03))", ["(bvadd #x01 x)", "|b c|"])
            .ShouldBe(new ParsedValues.Complete([new(2, 8), new(3, 8)]));

        Values.Parse("((x #x02))", ["y"]).ShouldBeOfType<ParsedValues.Malformed>();
    }
}

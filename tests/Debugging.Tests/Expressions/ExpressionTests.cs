using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Tests.Expressions;

public class ExpressionTests
{
    private static readonly State<Word> State = Programs.Assembled("exit\n", "80ff030405060708").State;

    [Theory]
    [InlineData("42", 42)]
    [InlineData("0x2A", 42)]
    [InlineData("r2", 8)]
    [InlineData("pc", 0)]
    [InlineData("context", 0x20000000)]
    [InlineData("r1 - context", 0)]
    [InlineData("2 + 3 * 4", 14)]
    [InlineData("(2 + 3) * 4", 20)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("1 << 3 | 1", 9)]
    [InlineData("1 << 64", 0)]
    [InlineData("6 & 3 == 3", 0)]
    [InlineData("(6 & 3) == 2", 1)]
    [InlineData("r2 == 8 && pc < 1", 1)]
    [InlineData("1 && 0 || 1", 1)]
    [InlineData("7 / 2", 3)]
    [InlineData("7 % 4", 3)]
    [InlineData("5 >= 5", 1)]
    [InlineData("5 > 5", 0)]
    [InlineData("!0 + !7", 1)]
    [InlineData("-1 + 2", 1)]
    [InlineData("~0 == -1", 1)]
    [InlineData("u8[r1]", 0x80)]
    [InlineData("s8[r1] == -128", 1)]
    [InlineData("u16[context]", 0xff80)]
    [InlineData("u32[ r1 + 4 ]", 0x08070605)]
    [InlineData("[r1] == u64[r1]", 1)]
    [InlineData("u8[context + u8[r1 + 2]]", 4)]
    [InlineData("5 ^ 1", 4)]
    [InlineData("5 != 5", 0)]
    [InlineData("0 && 1 / 0", 0)]
    [InlineData("7 || u8[-1]", 1)]
    [InlineData("(0 && 1 / 0) + 2", 2)]
    [InlineData("1 && 2 / 2", 1)]
    public void Registers_memory_and_operators_have_values(string text, ulong expected) =>
        Expression.Evaluate(text, State).ShouldBe(new Evaluation.Value(expected));

    [Theory]
    [InlineData("", "it ends too early; expected an operand such as r1, 42 or u32[r1 + 4]")]
    [InlineData("1 +", "it ends too early; expected an operand such as r1, 42 or u32[r1 + 4]")]
    [InlineData("1 2", "'2' is left over; expected an operator before it, or the end")]
    [InlineData("(1", "expected ')' at the end")]
    [InlineData("(1]", "expected ')' at the place of ']'")]
    [InlineData("r11", "there is no 'r11'; expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]")]
    [InlineData("r01", "there is no 'r01'; expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]")]
    [InlineData("0 && r11", "there is no 'r11'; expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]")]
    [InlineData("(0 && 1) / 0", "the divisor is 0")]
    [InlineData("1 / 0", "the divisor is 0")]
    [InlineData("u16[r1 + 7]", "2 bytes at 0x20000007 do not lie in one region")]
    [InlineData("[-1]", "8 bytes at 0xffffffffffffffff do not lie in one region")]
    [InlineData("99999999999999999999", "'99999999999999999999' is no number of 64 bits; expected one such as 42 or 0x2a")]
    [InlineData("1 = 2", "'= 2' is left over; expected an operator before it, or the end")]
    [InlineData("#", "'#' is no operand; expected an operand such as r1, 42 or u32[r1 + 4]")]
    public void What_has_no_value_says_why(string text, string problem) =>
        Expression.Evaluate(text, State).ShouldBe(new Evaluation.Problem(problem));

    [Theory]
    [InlineData("1 / 0", null)]
    [InlineData("u16[r1 + 7] / u8[-1]", null)]
    [InlineData("1 / 0 +", "it ends too early; expected an operand such as r1, 42 or u32[r1 + 4]")]
    [InlineData("u8[-1", "expected ']' at the end")]
    [InlineData("u8[1 / 0] == x", "there is no 'x'; expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]")]
    public void What_makes_no_sense_is_told_apart_from_what_has_no_value_in_a_state(string text, string? problem) =>
        Expression.Problem(text, State).ShouldBe(problem);

    [Fact]
    public void Of_a_caller_the_registers_are_known_that_are_kept_for_it()
    {
        Expression.Evaluate("r10", State, 6).ShouldBeOfType<Evaluation.Value>();
        Expression.Evaluate("r5", State, 6).ShouldBe(
            new Evaluation.Problem("r5 of a caller is not kept; expected r6 to r10 there, or another frame"));
    }

    [Theory]
    [InlineData('(')]
    [InlineData('-')]
    [InlineData('[')]
    public void However_deep_it_is_nested_there_is_an_answer(char character) =>
        Expression.Evaluate(new string(character, 1_000_000), State).ShouldBe(
            new Evaluation.Problem("it is nested too deep; expected at most 100"));
}

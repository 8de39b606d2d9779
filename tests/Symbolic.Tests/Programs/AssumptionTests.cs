using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Tests.Machine;

namespace RbpfSpec.Symbolic.Tests.Programs;

public class AssumptionTests
{
    private static readonly byte[] Context = [0x45, 0x02, 0x00, 0xfe, 0xff, 0xff, 0xff, 0x7f];

    [Theory]
    [InlineData("u8[0] == 0x45", true)]
    [InlineData("byte[0]==69", true)]
    [InlineData("u16[0] == 0x0245", true)]
    [InlineData("be16[0] == 0x4502", true)]
    [InlineData("be32[0] == 0x450200fe", true)]
    [InlineData("be64[0] == 0x450200feffffff7f", true)]
    [InlineData("u64[0] == 0x7ffffffffe000245", true)]
    [InlineData("u8[3] > 0", true)]
    [InlineData("s8[3] > 0", false)]
    [InlineData("s8[3] == -2", true)]
    [InlineData("s32[4] >= 0 && u8[7] != 0x80", true)]
    [InlineData("s16[3] < 0", true)]
    [InlineData("u8[0] & 0xf == 5", true)]
    [InlineData("(u8[0] & 0xf) == 5", true)]
    [InlineData("u8[0] >> 4 == 4 && u8[0] << 1 == 0x8a", true)]
    [InlineData("s8[3] >> 1 == -1", true)]
    [InlineData("u8[1] + u8[1] * 3 == 8", true)]
    [InlineData("u8[1] - 3 == -1", true)]
    [InlineData("u8[2] | u8[1] ^ 1 == 3", true)]
    [InlineData("u8[0] == 1 || u8[1] == 2 && u8[2] == 0", true)]
    [InlineData("(u8[0] == 1 || u8[1] == 2) && u8[2] == 1", false)]
    [InlineData("!(u8[0] == 0x45)", false)]
    [InlineData("!u8[0] == 1 && !!(1 <= 1)", true)]
    [InlineData("  ( (u8[0]) ) < 70  ", true)]
    [InlineData("u8[1] <= 2 && 2 >= u8[1] && 1 < u8[1]", true)]
    public void An_expression_means_what_it_does_in_C_with_values_tighter_than_comparisons(string text, bool holds) =>
        (Solving.Assignment(Solving.Input(Context)).Evaluate(
            Assumption.OfExpression(text, Context.Length).ShouldBeOfType<Assumption.Read>().Formula) == UInt128.One).ShouldBe(holds);

    [Theory]
    [InlineData("", 1, "found the end; expected a number or a field such as u8[0]")]
    [InlineData("u8[0]", 6, "found the end; expected a comparison: '==', '!=', '<', '<=', '>' or '>='")]
    [InlineData("u8[8] == 1", 4, "found '8'; expected an offset of u8 in a context of 8 bytes, 0 to 7")]
    [InlineData("u32[5] == 1", 5, "found '5'; expected an offset of u32 in a context of 8 bytes, 0 to 4")]
    [InlineData("u8[99999999999999999999] == 1", 4, "found '9'; expected an offset of u8 in a context of 8 bytes, 0 to 7")]
    [InlineData("word[0] == 1", 1,
        "found 'w'; expected a number or a field, one of byte, u8, u16, u32, u64, s8, s16, s32, s64, be16, be32, be64")]
    [InlineData("u8(0) == 1", 3, "found '('; expected '['")]
    [InlineData("u8[0] == 1 u8[1] == 2", 12, "found 'u'; expected '&&', '||' or the end")]
    [InlineData("u8[0] = 1", 7, "found '='; expected a comparison: '==', '!=', '<', '<=', '>' or '>='")]
    [InlineData("(u8[0] == 1", 12, "found the end; expected ')'")]
    [InlineData("u8[0] == 1 &&", 14, "found the end; expected a number or a field such as u8[0]")]
    public void A_text_that_is_no_condition_is_told_where_and_what_would_be_right(string text, int column, string message) =>
        Assumption.OfExpression(text, Context.Length).ShouldBe(new Assumption.Wrong(column, message));

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assumption.OfExpression(new string('(', 100_000), 8).ShouldBeOfType<Assumption.Wrong>();

    [Fact]
    public void A_field_needs_a_context_that_holds_it() =>
        Assumption.OfExpression("u32[0] == 1", 3).ShouldBe(
            new Assumption.Wrong(5, "found '0'; expected a context of at least 4 bytes, which --size gives"));

    [Theory]
    [InlineData("45", true)]
    [InlineData("4502", true)]
    [InlineData("4?0?", true)]
    [InlineData("????0?FE", true)]
    [InlineData("46", false)]
    [InlineData("?6", false)]
    [InlineData("", true)]
    public void A_pattern_fixes_the_digits_that_it_has(string pattern, bool holds) =>
        (Solving.Assignment(Solving.Input(Context)).Evaluate(
            Assumption.OfPattern(pattern).ShouldBeOfType<Assumption.Read>().Formula) == UInt128.One).ShouldBe(holds);

    [Theory]
    [InlineData("4", 1, "half a byte; expected two characters a byte")]
    [InlineData("45xy", 3, "'x' is neither a hexadecimal digit nor '?'")]
    public void A_pattern_that_is_none_is_told_so(string pattern, int column, string message) =>
        Assumption.OfPattern(pattern).ShouldBe(new Assumption.Wrong(column, message));
}

namespace RbpfSpec.Assembly.Tests.Text;

public class ExpressionTests
{
    // Values as llvm-mc gives them.
    [Theory]
    [InlineData("1+2*3", 7)]
    [InlineData("1|2+4", 7)]
    [InlineData("7&3*2", 6)]
    [InlineData("1 << 4", 16)]
    [InlineData("256>>4-1", 15)]
    [InlineData("7 / 2", 3)]
    [InlineData("7 % 4", 3)]
    [InlineData("6 ^ 3", 5)]
    [InlineData("1 - -1", 2)]
    [InlineData("10-3-2", 5)]
    [InlineData("- 5", -5)]
    [InlineData("-0x5", -5)]
    [InlineData("+ 5", 5)]
    [InlineData("2*(3+4)", 14)]
    [InlineData("1+~0", 0)]
    [InlineData("010", 8)]
    [InlineData("0b11", 3)]
    [InlineData("0B11", 3)]
    [InlineData("0x1F", 31)]
    [InlineData("0XfF", 255)]
    [InlineData("1LL", 1)]
    [InlineData("1UL", 1)]
    [InlineData("7U", 7)]
    [InlineData("'a'", 97)]
    [InlineData("'\\n'", 10)]
    [InlineData("'\\101'", 65)]
    [InlineData("'\\''", 39)]
    [InlineData("x", 5)]
    [InlineData("x+1", 6)]
    [InlineData("2*x", 10)]
    [InlineData("4294967295", -1)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("037777777777", -1)]
    public void A_number_may_be_an_expression(string text, int value)
    {
        Assembling.Program($".set x, 5\nr0 = {text}", Dialect.Llvm).Slots[0].Immediate.ShouldBe(value);
        Assembling.Program($".set x, 5\nmov %r0, {text}", Dialect.Gnu).Slots[0].Immediate.ShouldBe(value);
    }

    [Theory]
    [InlineData("08")]
    [InlineData("09")]
    [InlineData("1fh")]
    [InlineData("0o17")]
    [InlineData("1_000")]
    [InlineData("--5")]
    [InlineData("5 +")]
    [InlineData("5 + (1")]
    [InlineData("5 / 0")]
    [InlineData("5 % 0")]
    [InlineData("1 << 64")]
    [InlineData("1 >> -1")]
    [InlineData("4294967296")]
    [InlineData("-2147483649")]
    [InlineData("5000000000 * 5000000000")]
    [InlineData("'ab'")]
    [InlineData("''")]
    [InlineData("'\\q'")]
    [InlineData("y")]
    [InlineData("5 + y")]
    [InlineData("5 * y - y")]
    [InlineData("0b12")]
    [InlineData("02000000000000000000000")]
    public void What_is_no_number_of_32_bits_is_refused(string text) =>
        Assembling.Errors($"r0 = {text}", Dialect.Llvm).ShouldHaveSingleItem().Line.ShouldBe(1);

    [Fact]
    public void Depth_is_bounded()
    {
        Assembling.Bytes($"r0 = 0+{new string('(', 30)}1{new string(')', 30)}", Dialect.Llvm).ShouldBe("b700000001000000");
        Assembling.Errors($"r0 = 0+{new string('(', 100_000)}1", Dialect.Llvm);
        Assembling.Errors($"r0 = 0+{new string('~', 100_000)}1", Dialect.Llvm);
        Assembling.Bytes($"r0 = 0{string.Concat(Enumerable.Repeat("+1", 1000))}", Dialect.Llvm).ShouldBe("b7000000e8030000");
    }

    [Fact]
    public void Offsets_and_distances_are_expressions_too()
    {
        Assembling.Bytes("r1 = *(u32 *)(r2 + 010 + 2)\nr1 = *(u32 *)(r2 - 2 + 1)\ngoto +010\ngoto 1+1\nif r1 == 1+1 goto -010", Dialect.Llvm)
            .ShouldBe("61210a0000000000 6121ffff00000000 0500080000000000 0500020000000000 1501f8ff02000000");
    }
}

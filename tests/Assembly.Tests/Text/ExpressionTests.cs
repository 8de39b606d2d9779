using System.Buffers.Binary;
using RbpfSpec.Assembly.Objects;

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
    [InlineData("1L", 1)]
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

    // The distance of two labels of a section is a number, wherever they stand in a sum.
    [Theory]
    [InlineData("b-a", 3)]
    [InlineData("a-b", -3)]
    [InlineData("b-b", 0)]
    [InlineData("+b-a", 3)]
    [InlineData("b-a+2", 5)]
    [InlineData("b-a-2", 1)]
    [InlineData("2+b-a", 5)]
    [InlineData("b+2-a", 5)]
    [InlineData("2-a+b", 5)]
    [InlineData("(2-a)+b", 5)]
    [InlineData("b+(2-a)", 5)]
    [InlineData("b-(2+a)", 1)]
    [InlineData("b-(a-2)", 5)]
    [InlineData("2-(a-b)", 5)]
    [InlineData("2+(b-a)", 5)]
    [InlineData("(b-a)+2", 5)]
    [InlineData("(b-a)-2", 1)]
    [InlineData("(2-a)-(7-b)", -2)]
    [InlineData("-2+b-a", 1)]
    [InlineData("18446744073709551615+0", -1)]
    [InlineData("1<<63", long.MinValue)]
    [InlineData("5<<0", 5)]
    [InlineData("0x8000000000000000>>63", 1)]
    [InlineData("5>>0", 5)]
    [InlineData("(0-1)>>1", -1)]
    [InlineData("-7/2", -3)]
    [InlineData("-7%2", -1)]
    [InlineData("~5", -6)]
    [InlineData("-~5", 6)]
    [InlineData("(((7)))", 7)]
    [InlineData("n-1", 8)]
    public void A_sum_of_symbols_may_be_a_number(string text, long value) =>
        BinaryPrimitives.ReadInt64LittleEndian(
            Assembling.Object($".set n, 9\n.data\n.zero 5\na: .zero 3\nb: .quad {text}").Sections[1].Bytes.AsSpan()[8..]).ShouldBe(value);

    [Theory]
    [InlineData("a+b")]
    [InlineData("(b-a)+(b-a)")]
    [InlineData("(2-a)+(2-b)")]
    [InlineData("(2-a)-b")]
    [InlineData("b-(2-a)")]
    [InlineData("(b-a)-(b-a)")]
    [InlineData("-a")]
    [InlineData("~a")]
    [InlineData("-(2-a)")]
    [InlineData("a*2")]
    [InlineData("2*a")]
    [InlineData("(2-a)*2")]
    [InlineData("2*(2-a)")]
    [InlineData("18446744073709551615+1")]
    [InlineData("0-18446744073709551615-1")]
    [InlineData("1<<64")]
    [InlineData("0<<64")]
    [InlineData("3<<63")]
    [InlineData("1<<-1")]
    [InlineData("1>>64")]
    [InlineData("1>>-1")]
    [InlineData("1< <4")]
    [InlineData("1<>4")]
    [InlineData("(1")]
    [InlineData("(1]")]
    [InlineData("()")]
    [InlineData("%r1")]
    [InlineData("\"\"")]
    public void What_is_no_number_and_no_place_is_refused(string text)
    {
        var error = Assembling.ObjectErrors($".data\n.zero 5\na: .zero 3\nb: .quad {text}").ShouldHaveSingleItem();

        (error.Line, error.Column, error.Expected).ShouldBe((4, 10, "a number, or a label"));
    }

    [Theory]
    [InlineData("2-a")]
    [InlineData("b-away")]
    [InlineData("away-b")]
    [InlineData("b-c")]
    public void Labels_that_are_not_of_one_section_have_no_distance(string text) =>
        Assembling.ObjectErrors($".rodata\n.byte 1\nc:\n.data\na: .zero 3\nb: .quad {text}").ShouldHaveSingleItem()
            .Expected.ShouldBe("labels of one section, defined here");

    [Fact]
    public void A_symbol_may_stand_in_quotes()
    {
        var file = Assembling.Object(".data\n.quad \"f g\"+5, 1");

        file.Symbols[^1].Name.ShouldBe("f g");
        file.Sections[1].Relocations.ShouldBe([new(0, RelocationType.Data64, file.Symbols.Count - 1)]);
        file.Sections[1].Bytes[0].ShouldBe((byte)5);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assembling.Bytes($"r0 = 0+{new string('(', 30)}1{new string(')', 30)}", Dialect.Llvm).ShouldBe("b700000001000000");
        foreach (var (first, last) in (IEnumerable<(char, char?)>)[('(', ')'), ('~', null)])
        {
            foreach (var (depth, isRight) in (IEnumerable<(int, bool)>)[(63, true), (64, false)])
            {
                var text = $".quad {new string(first, depth)}1{new string(last ?? ' ', depth)}";
                Assembler.ParseObject(text).GetType()
                    .ShouldBe(isRight ? typeof(AssembledObject.Success) : typeof(AssembledObject.Failure), text);
            }
        }

        Assembling.Errors($"r0 = 0+{new string('(', 100_000)}1", Dialect.Llvm);
        Assembling.Errors($"r0 = 0+{new string('~', 100_000)}1", Dialect.Llvm);
        Assembling.Bytes($"r0 = 0{string.Concat(Enumerable.Repeat("- -1", 1000))}", Dialect.Llvm).ShouldBe("b7000000e8030000");
        Assembling.Bytes($"r0 = 0{string.Concat(Enumerable.Repeat("+1", 1000))}", Dialect.Llvm).ShouldBe("b7000000e8030000");
    }

    [Fact]
    public void Offsets_and_distances_are_expressions_too()
    {
        Assembling.Bytes(
            "r1 = *(u32 *)(r2 + 010 + 2)\nr1 = *(u32 *)(r2 - 2 + 1)\ngoto +010\ngoto 1+1\nif r1 == 1+1 goto -010", Dialect.Llvm)
            .ShouldBe("61210a0000000000 6121ffff00000000 0500080000000000 0500020000000000 1501f8ff02000000");
    }
}

namespace RbpfSpec.Assembly.Tests;

public class AssemblyErrorTests
{
    private const string Register = "a register from %r0 to %r10";
    private const string Number = "a number from -2147483648 to 4294967295";
    private const string Wide = "a number from -9223372036854775808 to 18446744073709551615";
    private const string Start = "an instruction, a label or .slot";

    [Theory]
    [InlineData("\n\nmov32 %r12, 5", 3, 7, "'%r12'", Register)]
    [InlineData("mov %r01, 5", 1, 5, "'%r01'", Register)]
    [InlineData("mov %r0, 99999999999", 1, 10, "'99999999999'", Number)]
    [InlineData("mov %r0, -2147483649", 1, 10, "'-2147483649'", Number)]
    [InlineData("mov %r0, 5abc", 1, 10, "'5abc'", Number)]
    [InlineData("mov %r0 5", 1, 9, "'5'", "','")]
    [InlineData("mov %r0, 5 ; five", 1, 12, "';'", "the end of the line")]
    [InlineData("add %r1, r2", 1, 10, "'r2'", Number + " or " + Register)]
    [InlineData("  addd %r1, 5", 1, 3, "'addd'", Start)]
    [InlineData("addé %r1, 5", 1, 4, "'é'", Register)]
    [InlineData("r1 += 5", 1, 1, "'r1'", Start)]
    [InlineData("ldxw %r0, [%r1 4]", 1, 16, "'4'", "an offset such as +4 or ']'")]
    [InlineData("ldxw %r0, [%r1+32768]", 1, 16, "'32768'", "an offset from +0 to +32767")]
    [InlineData("ldxw %r0, [%r1-32769]", 1, 15, "'-32769'", "an offset from -32768 to +32767")]
    [InlineData("ldxw %r0, [%r1+0xffff]", 1, 16, "'0xffff'", "an offset from +0 to +32767")]
    [InlineData("ldxw %r0, [%r1", 1, 15, "the end of the line", "an offset such as +4 or ']'")]
    [InlineData("ja 3", 1, 4, "'3'", "a label or a distance such as +3")]
    [InlineData("ja +99999", 1, 5, "'99999'", "a distance from +0 to +32767")]
    [InlineData("jeq %r1, %r2", 1, 13, "the end of the line", "','")]
    [InlineData("lddw %r1, 0x11112222333344445", 1, 11, "'0x11112222333344445'", Wide)]
    [InlineData("lock add [%r1], 5", 1, 17, "'5'", Register)]
    [InlineData(".slot 0x1ffffffffffffffff", 1, 7, "'0x1ffffffffffffffff'", Wide)]
    [InlineData("call", 1, 5, "the end of the line", Number + ", 'local' or 'btf'")]
    [InlineData("exit 5", 1, 6, "'5'", "the end of the line")]
    public void An_error_says_where_what_and_what_would_be_right(
        string text, int line, int column, string found, string expected) =>
        Assembling.Errors(text, Syntax.Conformance)
            .ShouldBe([new AssemblyError(AssemblyErrorKind.Syntax, line, column, found, expected)]);

    [Theory]
    [InlineData("r12 = 5", 1, "'r12'", "a register from r0 to r10")]
    [InlineData("r1 = 5 lll", 8, "'lll'", "the end of the line or 'll'")]
    [InlineData("r1 = 5000000000", 16, "the end of the line", "'ll'")]
    [InlineData("w1 = w11", 6, "'w11'", "a register from w0 to w10")]
    [InlineData("r2 = be16 r3", 11, "'r3'", "'r2' again")]
    [InlineData("r2 = -r3", 7, "'r3'", "'r2' again")]
    [InlineData("*(u33 *)(r1 + 4) = r2", 3, "'u33'", "'u8', 'u16', 'u32' or 'u64'")]
    [InlineData("*(u64 *)(r1 + 4) = w2", 20, "'w2'", Number + " or a register from r0 to r10")]
    [InlineData("if r1 == 5 goto", 16, "the end of the line", "a label or a distance such as +3")]
    [InlineData("goto +3 <L", 11, "the end of the line", "'>'")]
    [InlineData("ld_pseudo r1, 1, 0x100000000", 18, "'0x100000000'", Number)]
    [InlineData("ld_pseudo r1, 7, 5", 15, "'7'", "'1', '2', '3', '4', '5' or '6'")]
    [InlineData("add %r1, 5", 1, "'add'", Start)]
    public void Errors_of_the_other_syntax_do_too(string text, int column, string found, string expected) =>
        Assembling.Errors(text, Syntax.Llvm)
            .ShouldBe([new AssemblyError(AssemblyErrorKind.Syntax, 1, column, found, expected)]);

    [Theory]
    [InlineData("call %r2", Syntax.Conformance)]
    [InlineData("callx %r2", Syntax.Conformance)]
    [InlineData("call r2", Syntax.Llvm)]
    [InlineData("callx r2", Syntax.Llvm)]
    [InlineData("callx r2", null)]
    public void A_call_through_a_register_is_outside_the_RFC(string text, Syntax? syntax)
    {
        var error = Assembling.Errors(text, syntax).ShouldHaveSingleItem();

        error.Kind.ShouldBe(AssemblyErrorKind.UnsupportedInstruction);
        error.ToString().ShouldBe(
            "line 1, column 1: found a call through a register (callx, opcode 0x8d), which is outside RFC 9669; "
            + "expected the number of a helper, or 'local' with a label or a distance");
    }

    [Fact]
    public void A_label_is_defined_once() =>
        Assembling.Errors("a: exit\nb: a:").ShouldBe(
            [new AssemblyError(AssemblyErrorKind.DuplicateLabel, 2, 4, "'a' a second time", "a new label")]);

    [Fact]
    public void A_label_that_is_jumped_to_is_defined() =>
        Assembling.Errors("jeq %r1, 5, nowhere").ShouldBe(
        [
            new AssemblyError(
                AssemblyErrorKind.UndefinedLabel, 1, 13, "'nowhere', which no line defines", "a defined label"),
        ]);

    [Fact]
    public void A_label_is_within_reach_of_the_field()
    {
        var most = string.Concat(Enumerable.Repeat("mov %r0, 0\n", 32767));

        Assembling.Program("ja end\n" + most + "end:").Slots[0].Offset.ShouldBe(short.MaxValue);
        Assembling.Program("start:\n" + most + "ja start").Slots[^1].Offset.ShouldBe(short.MinValue);
        Assembling.Program("ja32 end\nexit\n" + most + "end:").Slots[0].Immediate.ShouldBe(32768);
        Assembling.Errors("ja end\nexit\n" + most + "end:").ShouldBe(
        [
            new AssemblyError(
                AssemblyErrorKind.DistanceOutOfRange,
                1,
                4,
                "'end' at a distance of +32768 slots",
                "a distance from -32768 to +32767"),
        ]);
    }

    [Fact]
    public void Every_wrong_line_has_its_error() =>
        Assembling.Errors("mov %r11, 1\nexit\nja b\nb: b: c\n\nr1 = ,").Select(error => error.ToString()).ShouldBe(
        [
            "line 1, column 5: found '%r11'; expected a register from %r0 to %r10",
            "line 4, column 4: found 'b' a second time; expected a new label",
            "line 4, column 7: found 'c'; expected an instruction, a label or .slot",
            "line 6, column 6: found ','; expected '-', a number from -2147483648 to 4294967295, a register from r0 "
            + "to r10, '(', 'le16', 'le32', 'le64', 'be16', 'be32', 'be64', 'bswap16', 'bswap32', 'bswap64', '*', "
            + "'atomic_fetch_add', 'atomic_fetch_or', 'atomic_fetch_and', 'atomic_fetch_xor', 'xchg_64' or a number "
            + "from -9223372036854775808 to 18446744073709551615",
        ]);
}

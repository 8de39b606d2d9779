namespace RbpfSpec.Assembly.Tests.Text;

public class LineParserTests
{
    [Theory]
    [InlineData("r0 = 1 ; r1 = 2", "b700000001000000 b701000002000000")]
    [InlineData("r0 = 1;;r1 = 2;", "b700000001000000 b701000002000000")]
    [InlineData("; r0 = 1", "b700000001000000")]
    [InlineData("a: exit; b: goto a", "9500000000000000 0500feff00000000")]
    [InlineData("r1 = 8 ll;exit", "1801000008000000 0000000000000000 9500000000000000")]
    public void A_semicolon_separates_statements_of_LLVM(string text, string bytes) => Assembling.Bytes(text, Dialect.Llvm).ShouldBe(bytes);

    [Theory]
    [InlineData("r0 = 1; exit")]
    [InlineData(".text; exit; exit")]
    public void A_statement_that_only_LLVM_has_tells_so(string text) => Assembling.Program(text).Slots[^1].Opcode.ShouldBe((byte)0x95);

    [Theory]
    [InlineData("mov %r0, 1 ; the result")]
    [InlineData("mov %r0, 1 ;")]
    [InlineData("mov %r0, 1 ; the result ; of it")]
    [InlineData("; the result\nmov %r0, 1")]
    [InlineData("mov64 r0, 1 ; the result")]
    public void A_semicolon_starts_a_comment_for_others(string text) => Assembling.Bytes(text).ShouldBe("b700000001000000");

    [Theory]
    [InlineData("mov %r0, 1 ; exit", 12)]
    [InlineData("exit ; exit", 6)]
    [InlineData("; exit", 1)]
    [InlineData("mov %r0, 1 ; exit ; exit", 12)]
    public void Where_it_may_be_either_it_is_refused(string text, int column)
    {
        var error = Assembling.Errors(text).ShouldHaveSingleItem();

        error.Column.ShouldBe(column);
        error.Found.ShouldStartWith("';' before a statement");
    }

    [Theory]
    [InlineData("R0 = 1", "b700000001000000")]
    [InlineData("W0 = W1", "bc10000000000000")]
    [InlineData("EXIT", "9500000000000000")]
    [InlineData("IF r0 == 1 goto +1", "1500010001000000")]
    [InlineData("r0 = w2", "bc20000000000000")]
    [InlineData("r1 = *(u32*)(r2+0x10)", "6121100000000000")]
    [InlineData("goto 3", "0500030000000000")]
    [InlineData("call f\nexit\nf: exit", "8510000001000000 9500000000000000 9500000000000000")]
    [InlineData("f: call f", "85100000ffffffff")]
    [InlineData("call r100\nexit\nr100: exit", "8510000001000000 9500000000000000 9500000000000000")]
    [InlineData("r: goto r", "0500ffff00000000")]
    [InlineData("call 1+1", "8500000002000000")]
    public void What_llvm_mc_reads_is_read(string text, string bytes) => Assembling.Bytes(text, Dialect.Llvm).ShouldBe(bytes);

    [Theory]
    [InlineData("MOV64 R0, 5", "'MOV64 R0, 5'", "'mov64 r0, 5'")]
    [InlineData("mov64 %r0, 5", "'mov64 %r0, 5'", "'mov64 r0, 5'")]
    [InlineData("r1 += %r2", "'r1 += %r2'", "'r1 += r2'")]
    [InlineData("add %r1, r2", "'add %r1, r2'", "'add64 r1, r2'")]
    public void A_mixture_of_dialects_is_shown_in_one(string text, string found, string expected)
    {
        var error = Assembling.Errors(text).ShouldHaveSingleItem();

        (error.Found, error.Expected).ShouldBe((found, expected));
    }

    [Theory]
    [InlineData("add R1, R2", "'add %r1, %r2'")]
    [InlineData("ADD r1, 5", "'add %r1, 5'")]
    [InlineData("ldxw r0, [R1+4]", "'ldxw %r0, [%r1+4]'")]
    [InlineData("JA exit\nexit", "'ja exit'")]
    [InlineData("endle R1, 16", "'le16 %r1'")]
    [InlineData("XADDW [r1+4], R2", "'lock add32 [%r1+4], %r2'")]
    [InlineData("mov %r0,  1 +2", "'mov %r0, 3'")]
    [InlineData("ldxw %r0, [%r1+-4]", "'ldxw %r0, [%r1-4]'")]
    public void A_line_that_is_almost_one_is_shown_as_it_should_be(string text, string expected)
    {
        var error = Assembling.Errors(text, Dialect.Conformance).ShouldHaveSingleItem();

        (error.Line, error.Column, error.Expected).ShouldBe((1, 1, expected));
    }

    [Theory]
    [InlineData("  mov   %r0,  5 ; a; b", Dialect.Llvm, 3, "'mov %r0, 5'")]
    [InlineData("r0=*(u32*)(%r1+4)", Dialect.Llvm, 1, "'r0=*(u32*)(%r1+4)'")]
    public void What_is_found_is_quoted_with_its_spaces(string text, Dialect dialect, int column, string found)
    {
        var error = Assembling.Errors(text, dialect)[0];

        error.Column.ShouldBe(column);
        error.Found.ShouldStartWith(found);
    }
}

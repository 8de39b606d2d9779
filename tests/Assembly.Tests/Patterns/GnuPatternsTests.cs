namespace RbpfSpec.Assembly.Tests.Patterns;

public class GnuPatternsTests
{
    // Bytes as bpf-as of GNU binutils writes them, and from its manual.
    [Theory]
    [InlineData("stxw [%fp+-4],%r1", "631afcff00000000")]
    [InlineData("ldxw %r0,[%fp+-4]", "61a0fcff00000000")]
    [InlineData("div %r0,0x3e8", "37000000e8030000")]
    [InlineData("xaddw [%r1+8],%r2", "c321080000000000")]
    [InlineData("xadddw [%r1+8],%r2", "db21080000000000")]
    [InlineData("aadd [%r1+8],%r2", "db21080000000000")]
    [InlineData("aadd32 [%r1+8],%r2", "c321080000000000")]
    [InlineData("aor [%r1+8],%r2", "db21080040000000")]
    [InlineData("aand32 [%r1+8],%r2", "c321080050000000")]
    [InlineData("axor [%r1-8],%r2", "db21f8ffa0000000")]
    [InlineData("afadd [%r1+8],%r2", "db21080001000000")]
    [InlineData("afor32 [%r1+8],%r2", "c321080041000000")]
    [InlineData("afand [%r1+8],%r2", "db21080051000000")]
    [InlineData("afxor [%r1+8],%r2", "db210800a1000000")]
    [InlineData("axchg [%r1+8],%r2", "db210800e1000000")]
    [InlineData("acmp32 [%r1+8],%r2", "c3210800f1000000")]
    [InlineData("endle %r1,16", "d401000010000000")]
    [InlineData("endbe %r1,64", "dc01000040000000")]
    [InlineData("bswap %r1,32", "d701000020000000")]
    [InlineData("movs %r1,%r2,8", "bf21080000000000")]
    [InlineData("movs32 %r1,%r2,16", "bc21100000000000")]
    [InlineData("jal 65536", "0600000000000100")]
    [InlineData("ja 1", "0500010000000000")]
    [InlineData("jeq %r0,1,2", "1500020001000000")]
    [InlineData("mov %r6, 1+2", "b706000003000000")]
    [InlineData("mov %r0, 010", "b700000008000000")]
    [InlineData("mov %r0, 'a'", "b700000061000000")]
    [InlineData("mov %r0, 1 ; the result", "b700000001000000")]
    [InlineData("r0 = 010 ; the result", "b700000008000000")]
    [InlineData("*(u32 *)(r10 + -4) = r1", "631afcff00000000")]
    [InlineData("call f\nf: exit", "8510000000000000 9500000000000000")]
    public void Text_is_read_as_GNU_as_reads_it(string text, string bytes) => Assembling.Bytes(text, Dialect.Gnu).ShouldBe(bytes);

    [Theory]
    [InlineData("xadddw [%r10-8], %r1", "lock add [%r10-8], %r1")]
    [InlineData("afadd32 [%r10-8], %r1", "lock fetch add32 [%r10-8], %r1")]
    [InlineData("endle %r3, 16", "le16 %r3")]
    [InlineData("movs %r1, %r2, 32", "movsx3264 %r1, %r2")]
    public void Other_dialects_name_the_right_spelling(string text, string expected)
    {
        var error = Assembling.Errors(text, Dialect.Conformance).ShouldHaveSingleItem();

        error.ToString().ShouldBe(
            $"line 1, column 1: found '{text}', which is the syntax of GNU as (xadddw [%fp+-8],%r1); expected '{expected}'");
    }

    [Fact]
    public void A_semicolon_before_a_statement_is_refused_where_it_may_mean_two_things()
    {
        var error = Assembling.Errors("mov %r0, 1 ; exit", Dialect.Gnu).ShouldHaveSingleItem();

        error.ToString().ShouldBe(
            "line 1, column 12: found ';' before a statement, which separates statements for LLVM and starts a comment for others; "
            + "expected a line for each statement, or '#' before a comment");
    }
}

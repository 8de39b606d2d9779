using Xunit.Abstractions;

namespace RbpfSpec.Assembly.Tests.Patterns;

public class ConformancePatternsTests(ITestOutputHelper output)
{
    // Bytes by hand from RFC 9669 §3 to §5.
    [Theory]
    [InlineData("b4000000f3ffffff", "mov32 %r0, -13")]
    [InlineData("0f21000000000000", "add %r1, %r2")]
    [InlineData("8700000000000000", "neg %r0")]
    [InlineData("d400000010000000", "le16 %r0")]
    [InlineData("dc00000020000000", "be32 %r0")]
    [InlineData("d700000010000000", "bswap16 %r0")]
    [InlineData("bc21080000000000", "movsx832 %r1, %r2")]
    [InlineData("bf21200000000000", "movsx3264 %r1, %r2")]
    [InlineData("3f21010000000000", "sdiv %r1, %r2")]
    [InlineData("9401010003000000", "smod32 %r1, 3")]
    [InlineData("6110040000000000", "ldxw %r0, [%r1+4]")]
    [InlineData("7110000000000000", "ldxb %r0, [%r1]")]
    [InlineData("9110ffff00000000", "ldxsb %r0, [%r1-1]")]
    [InlineData("7b1af8ff00000000", "stxdw [%r10-8], %r1")]
    [InlineData("620afcff11000000", "stw [%r10-4], 17")]
    [InlineData("18000000887766550000000044332211", "lddw %r0, 0x1122334455667788")]
    [InlineData("18110000050000000000000000000000", "lddw %r1, map_by_fd 5")]
    [InlineData("182100000500000000000000f9ffffff", "lddw %r1, map_val_by_fd 5, -7")]
    [InlineData("18310000050000000000000000000000", "lddw %r1, var_addr 5")]
    [InlineData("18410000fdffffff0000000000000000", "lddw %r1, code_addr -3")]
    [InlineData("18510000050000000000000000000000", "lddw %r1, map_by_idx 5")]
    [InlineData("18610000050000000000000007000000", "lddw %r1, map_val_by_idx 5, 7")]
    [InlineData("1501030005000000", "jeq %r1, 5, +3")]
    [InlineData("ae21feff00000000", "jlt32 %r1, %r2, -2")]
    [InlineData("0500020000000000", "ja +2")]
    [InlineData("0600000000000100", "ja32 +65536")]
    [InlineData("8500000005000000", "call 5")]
    [InlineData("8510000003000000", "call local +3")]
    [InlineData("8520000007000000", "call btf 7")]
    [InlineData("9500000000000000", "exit")]
    [InlineData("db1af8ff00000000", "lock add [%r10-8], %r1")]
    [InlineData("c31af8ff01000000", "lock fetch add32 [%r10-8], %r1")]
    [InlineData("db1af8ffe1000000", "lock xchg [%r10-8], %r1")]
    [InlineData("c31af8fff1000000", "lock cmpxchg32 [%r10-8], %r1")]
    [InlineData("2000000005000000", "ldabsw 5")]
    [InlineData("50100000fbffffff", "ldindb %r1, -5")]
    public void Text_and_bytes_are_each_other_s(string bytes, string text)
    {
        var program = Semantics.Encoding.Program.Of(Convert.FromHexString(bytes));

        Disassembler.Text(program, Syntax.Conformance).ShouldBe(text + "\n");
        Assembling.Program(text, Syntax.Conformance).ShouldBe(program);
    }

    [Theory]
    [InlineData("swap16 %r0", "bswap16 %r0")]
    [InlineData("lock fetch_add32 [%r10-8], %r1", "lock fetch add32 [%r10-8], %r1")]
    [InlineData("lock fetch_xor [%r10-8], %r1", "lock fetch xor [%r10-8], %r1")]
    [InlineData("mov %r0, 0xffffffff", "mov %r0, -1")]
    [InlineData("mov %r0, -0x80000000", "mov %r0, -2147483648")]
    [InlineData("lddw %r0, -1", "lddw %r0, 0xffffffffffffffff")]
    [InlineData("ldxb %r0, [%r0+0x1]", "ldxb %r0, [%r0+1]")]
    [InlineData("ldxb %r0, [%r1+0]", "ldxb %r0, [%r1]")]
    [InlineData("ldxb %r0, [%r1 - 32768]", "ldxb %r0, [%r1-32768]")]
    [InlineData("ja +0x10", "ja +16")]
    [InlineData("\tmov   %r0,5# five", "mov %r0, 5")]
    public void Other_spellings_are_read_too(string text, string printed) =>
        Disassembler.Text(Assembling.Program(text, Syntax.Conformance), Syntax.Conformance).ShouldBe(printed + "\n");

    [Fact]
    public void The_programs_of_bpf_conformance_are_read()
    {
        foreach (var file in Repository.ConformanceFiles)
        {
            var text = AssemblySection(file);
            foreach (var syntax in (Syntax?[])[Syntax.Conformance, null])
            {
                if (Path.GetFileName(file) == "callx.data")
                {
                    Assembling.Errors(text, syntax).ShouldHaveSingleItem().Kind
                        .ShouldBe(AssemblyErrorKind.UnsupportedInstruction);
                }
                else
                {
                    var program = Assembling.Program(text, syntax);
                    Assembling.Program(Disassembler.Text(program, Syntax.Conformance)).ShouldBe(program, file);
                    Assembling.Program(Disassembler.Text(program, Syntax.Llvm)).ShouldBe(program, file);
                }
            }
        }

        output.WriteLine(Repository.ConformanceFiles is []
            ? "no bpf_conformance beside the checkout: nothing was read"
            : $"{Repository.ConformanceFiles.Count} files were read");
    }

    private static string AssemblySection(string file) => string.Join(
        '\n',
        File.ReadLines(file)
            .SkipWhile(line => !line.StartsWith("-- asm", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("--", StringComparison.Ordinal)));
}

using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Tests.Patterns;

public class LlvmPatternsTests
{
    /// <summary>Bytes and text as <c>llvm-objdump -d</c> of LLVM 14 prints them, without options.</summary>
    public static TheoryData<string, string> Llvm14 => new()
    {
        { "18010000ffffffff00000000ffffffff", "r1 = -1 ll" },
        { "18010000ffffffff0000000000000000", "r1 = 4294967295 ll" },
        { "18010000000000000000000000000080", "r1 = -9223372036854775808 ll" },
        { "18010000887766550000000044332211", "r1 = 1234605616436508552 ll" },
        { "18110000050000000000000000000000", "ld_pseudo\tr1, 1, 5" },
        { "18110000fbffffff0000000000000000", "ld_pseudo\tr1, 1, 4294967291" },
        { "b7000000fbffffff", "r0 = -5" },
        { "b4000000fbffffff", "w0 = -5" },
        { "b4000000ffffff7f", "w0 = 2147483647" },
        { "2000000005000000", "r0 = *(u32 *)skb[5]" },
        { "28000000fbffffff", "r0 = *(u16 *)skb[-5]" },
        { "5010000000000000", "r0 = *(u8 *)skb[r1]" },
        { "4010000005000000", "r0 = *(u32 *)skb[r1 + 5]" },
        { "d601feff07000000", "if w1 s<= 7 goto -2" },
        { "15071c0000000000", "if r7 == 0 goto +28" },
        { "ad79010000000000", "if r9 < r7 goto +1" },
        { "05000000 00000000", "goto +0" },
        { "d400000010000000", "r0 = le16 r0" },
        { "d400000040000000", "r0 = le64 r0" },
        { "dc02000020000000", "r2 = be32 r2" },
        { "cf65000000000000", "r5 s>>= r6" },
        { "7401000003000000", "w1 >>= 3" },
        { "8401000000000000", "w1 = -w1" },
        { "8702000000000000", "r2 = -r2" },
        { "bc21000000000000", "w1 = w2" },
        { "db21008000000000", "lock *(u64 *)(r1 - 32768) += r2" },
        { "db21000040000000", "lock *(u64 *)(r1 + 0) |= r2" },
        { "c332000000000000", "lock *(u32 *)(r2 + 0) += r3" },
        { "db4100000100 0000", "r4 = atomic_fetch_add((u64 *)(r1 + 0), r4)" },
        { "db01f8ff51000000", "r0 = atomic_fetch_and((u64 *)(r1 - 8), r0)" },
        { "db010000e1000000", "r0 = xchg_64(r1 + 0, r0)" },
        { "db310000f1000000", "r0 = cmpxchg_64(r1 + 0, r0, r3)" },
        { "7321000000000000", "*(u8 *)(r1 + 0) = r2" },
        { "7b1af8ff00000000", "*(u64 *)(r10 - 8) = r1" },
        { "6112040000000000", "r2 = *(u32 *)(r1 + 4)" },
        { "8500000007000000", "call 7" },
        { "9500000000000000", "exit" },
    };

    /// <summary>The texts that LLVM 14 prints only with its option for 32-bit registers.</summary>
    public static TheoryData<string, string> Llvm14Alu32 => new()
    {
        { "c352040001000000", "w5 = atomic_fetch_add((u32 *)(r2 + 4), w5)" },
        { "c3620000410000 00", "w6 = atomic_fetch_or((u32 *)(r2 + 0), w6)" },
        { "c3020000a1000000", "w0 = atomic_fetch_xor((u32 *)(r2 + 0), w0)" },
        { "c3820000e1000000", "w8 = xchg32_32(r2 + 0, w8)" },
        { "c3720000f1000000", "w0 = cmpxchg32_32(r2 + 0, w0, w7)" },
    };

    /// <summary>The texts that LLVM 14 does not know, or prints as something else, as later releases print them.</summary>
    public static TheoryData<string, string> Later => new()
    {
        { "4501010004000000", "if r1 & 4 goto +1" },
        { "4e21feff00000000", "if w1 & w2 goto -2" },
        { "0600000005000000", "gotol +5" },
        { "3f21010000000000", "r1 s/= r2" },
        { "9401010003000000", "w1 s%= 3" },
        { "bf21080000000000", "r1 = (s8)r2" },
        { "bc21100000000000", "w1 = (s16)w2" },
        { "d701000010000000", "r1 = bswap16 r1" },
        { "9121040000000000", "r1 = *(s8 *)(r2 + 4)" },
        { "6201040005000000", "*(u32 *)(r1 + 4) = 5" },
    };

    /// <summary>Our own texts: those that LLVM does not tell apart, or that lose a field.</summary>
    public static TheoryData<string, string> Ours => new()
    {
        { "85100000fdffffff", "call local -3" },
        { "8520000007000000", "call btf 7" },
        { "18610000887766550000000044332211", "ld_pseudo\tr1, 6, 1234605616436508552" },
        { "40100000fbffffff", "r0 = *(u32 *)skb[r1 - 5]" },
    };

    [Theory]
    [MemberData(nameof(Llvm14))]
    [MemberData(nameof(Llvm14Alu32))]
    [MemberData(nameof(Later))]
    [MemberData(nameof(Ours))]
    public void Text_and_bytes_are_each_other_s(string bytes, string text)
    {
        var program = Semantics.Encoding.Program.Of(Convert.FromHexString(bytes.Replace(" ", "")));

        Disassembler.Text(program, Syntax.Llvm).ShouldBe(text + "\n");
        Assembling.Program(text, Syntax.Llvm).ShouldBe(program);
    }

    [Theory]
    [InlineData("w0 = *(u32 *)(r1 + 0)", "r0 = *(u32 *)(r1 + 0)")]
    [InlineData("w0 = *(u8 *)(r1 + 0x10)", "r0 = *(u8 *)(r1 + 16)")]
    [InlineData("*(u16 *)(r1 - 2) = w2", "*(u16 *)(r1 - 2) = r2")]
    [InlineData("*(u32 *)(r1 + 0x4) = 0xffffffff", "*(u32 *)(r1 + 4) = -1")]
    [InlineData("lock *(u32 *)(r2 + 4) ^= w5", "lock *(u32 *)(r2 + 4) ^= r5")]
    [InlineData("r1=-r1", "r1 = -r1")]
    [InlineData("  r1+=r2# more", "r1 += r2")]
    [InlineData("if r1 s>-1 goto +1 <LBB0_2>", "if r1 s> -1 goto +1")]
    [InlineData("goto +1 <f+0x18>", "goto +1")]
    [InlineData("ld_pseudo r1, 2, -1", "ld_pseudo\tr1, 2, 18446744073709551615")]
    [InlineData("ld_pseudo r1, 1, -1", "ld_pseudo\tr1, 1, 4294967295")]
    [InlineData("r1 = 0xffffffffffffffff ll", "r1 = -1 ll")]
    public void Other_spellings_are_read_too(string text, string printed) =>
        Disassembler.Text(Assembling.Program(text, Syntax.Llvm), Syntax.Llvm).ShouldBe(printed + "\n");

    [Fact]
    public void A_listing_tells_no_call_from_another()
    {
        Program program = Assembling.Program("call 13\ncall local -3\ncall btf 7");

        Disassembler.Listing(program).ShouldEndWith(
            "       0:\t85 00 00 00 0d 00 00 00\tcall 13\n"
            + "       1:\t85 10 00 00 fd ff ff ff\tcall -3\n"
            + "       2:\t85 20 00 00 07 00 00 00\tcall 7\n");
    }
}

namespace RbpfSpec.Assembly.Tests.Patterns;

public class VerifierPatternsTests
{
    // As kernel/bpf/disasm.c prints them.
    [Theory]
    [InlineData("(bf) r6 = r1", "bf16000000000000")]
    [InlineData("(07) r2 += -4", "07020000fcffffff")]
    [InlineData("(61) r1 = *(u32 *)(r1 +0)", "6111000000000000")]
    [InlineData("(7b) *(u64 *)(r10 -8) = r1", "7b1af8ff00000000")]
    [InlineData("(15) if r0 == 0x0 goto pc+1", "1500010000000000")]
    [InlineData("(c5) if r0 s< 0xffffffff goto pc-2", "c500feffffffffff")]
    [InlineData("(05) goto pc+3", "0500030000000000")]
    [InlineData("(06) gotol pc+70000", "0600000070110100")]
    [InlineData("(85) call bpf_map_lookup_elem#1", "8500000001000000")]
    [InlineData("(85) call unknown#195896080", "850000001023ad0b")]
    [InlineData("(85) call pc+5", "8510000005000000")]
    [InlineData("(18) r1 = 0xffff888100000000", "1801000000000000 0000000081 88ffff")]
    [InlineData("(b4) w0 = 5", "b400000005000000")]
    [InlineData("(84) w0 = -w0", "8400000000000000")]
    [InlineData("(dc) r1 = be16 r1", "dc01000010000000")]
    [InlineData("(db) lock *(u64 *)(r1 +0) += r2", "db21000000000000")]
    [InlineData("(db) r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)", "db21000001000000")]
    [InlineData("(c3) r2 = atomic_fetch_xor((u32 *)(r1 +4), r2)", "c3210400a1000000")]
    [InlineData("(db) r2 = atomic64_xchg((u64 *)(r1 -8), r2)", "db21f8ffe1000000")]
    [InlineData("(c3) r0 = atomic_cmpxchg((u32 *)(r1 +0), r0, r2)", "c3210000f1000000")]
    [InlineData("(95) exit", "9500000000000000")]
    public void An_instruction_of_a_log_is_read(string text, string bytes)
    {
        Assembling.Bytes("0: " + text).Replace(" ", "").ShouldBe(bytes.Replace(" ", ""));
        Assembling.Bytes($"0: {text} ; R0_w=inv1 R10=fp0", Dialect.Verifier).Replace(" ", "").ShouldBe(bytes.Replace(" ", ""));
    }
}

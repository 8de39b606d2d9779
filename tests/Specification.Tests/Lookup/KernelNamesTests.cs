using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class KernelNamesTests
{
    [Theory]
    [InlineData("BPF_ALU64|BPF_ADD|BPF_K", "alu/add64-k")]
    [InlineData("BPF_ALU | BPF_MOV | BPF_X", "alu/mov32-x")]
    [InlineData("BPF_STX | BPF_ATOMIC | BPF_DW | BPF_XCHG", "atomic/xchg64")]
    [InlineData("BPF_ADD | BPF_FETCH | BPF_W", "atomic/fetch-add32")]
    [InlineData("BPF_LDX|BPF_MEMSX|BPF_H", "mem/ldxsh")]
    [InlineData("BPF_ST BPF_MEM BPF_B", "mem/stb")]
    [InlineData("BPF_JMP32 + BPF_JA", "jmp/ja32")]
    [InlineData("BPF_END", "alu/le16 alu/le32 alu/le64 alu/be16 alu/be32 alu/be64 alu/bswap16 alu/bswap32 alu/bswap64")]
    [InlineData("BPF_ALU64 | BPF_END", "alu/bswap16 alu/bswap32 alu/bswap64")]
    [InlineData("BPF_ALU | BPF_END | BPF_TO_BE", "alu/be16 alu/be32 alu/be64")]
    [InlineData("BPF_PSEUDO_CALL", "jmp/call-local")]
    [InlineData("BPF_ALU64_IMM(BPF_SUB, BPF_REG_1, 8)", "alu/sub64-k")]
    [InlineData("BPF_MOV32_REG(BPF_REG_1, BPF_REG_2)", "alu/mov32-x")]
    [InlineData("BPF_JMP_IMM(BPF_JSGT, BPF_REG_1, 0, 2)", "jmp/jsgt64-k")]
    [InlineData("BPF_STX_MEM(BPF_DW, BPF_REG_10, BPF_REG_1, -8)", "mem/stxdw")]
    [InlineData("BPF_LD_IMM64(BPF_REG_1, 5)", "imm/lddw imm/lddw-map-by-fd imm/lddw-map-val-by-fd imm/lddw-var-addr imm/lddw-code-addr "
        + "imm/lddw-map-by-idx imm/lddw-map-val-by-idx")]
    [InlineData("bpf_exit_insn()", "jmp/exit")]
    public void Names_stand_for_the_encodings_that_have_them_all(string text, string rules) =>
        KernelNames.Find(text).Select(form => form.Id).ShouldBe(rules.Split(' '), ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData("BPF_NOTHING")]
    [InlineData("BPF_REG_10")]
    [InlineData("BPF_ALU | BPF_EXIT")]
    [InlineData("what is BPF_ADD")]
    public void What_has_another_word_or_contradicts_itself_stands_for_none(string text) => KernelNames.Find(text).ShouldBeEmpty();

    [Fact]
    public void Every_encoding_is_found_by_all_of_its_names_alone()
    {
        foreach (var form in OperationTable.Forms)
        {
            KernelNames.Of(form).ShouldNotBeEmpty(form.Id);
            KernelNames.Find(string.Join(" | ", KernelNames.Of(form)).ToUpperInvariant()).ShouldContain(form, form.Id);
        }
    }

    [Fact]
    public void The_classes_of_the_RFC_divide_all_encodings() =>
        ((string[])["LD", "LDX", "ST", "STX", "ALU", "JMP", "JMP32", "ALU64"]).Sum(name => KernelNames.Find($"BPF_{name}").Count)
            .ShouldBe(OperationTable.Forms.Count);
}

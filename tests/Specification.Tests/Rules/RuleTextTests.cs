using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Specification.Tests.Rules;

public class RuleTextTests
{
    public static TheoryData<string> Rules => [.. OperationTable.Forms.Select(form => form.Id)];

    [Theory]
    [InlineData("alu/add64-x", "dst = dst + src")]
    [InlineData("alu/mov32-k", "dst = zx64(imm)")]
    [InlineData("alu/mov64-k", "dst = sx64(imm)")]
    [InlineData("alu/div32-x", "trap DivisionByZero if lo32(src) == 0", "dst = zx64(lo32(dst) /u lo32(src))")]
    [InlineData("alu/be16", "dst = zx64(reverse_bytes(lo16(dst)))")]
    [InlineData("alu/le64", "nothing changes")]
    [InlineData("alu/be64", "dst = reverse_bytes(dst)")]
    [InlineData(
        "mem/ldxsb",
        "trap MemoryAccess unless one region grants a read of 1 byte at src + sx64(offset)",
        "dst = sx64(memory8[src + sx64(offset)])")]
    [InlineData(
        "mem/stxw",
        "trap MemoryAccess unless one region grants a write of 4 bytes at dst + sx64(offset)",
        "memory32[dst + sx64(offset)] = lo32(src)")]
    [InlineData(
        "atomic/cmpxchg64",
        "trap MemoryAccess unless one region grants a read and a write of 8 bytes at dst + sx64(offset)",
        "old = memory64[dst + sx64(offset)]",
        "memory64[dst + sx64(offset)] = old == r0 ? src : old",
        "r0 = old")]
    [InlineData(
        "atomic/fetch-add32",
        "trap MemoryAccess unless one region grants a read and a write of 4 bytes at dst + sx64(offset)",
        "old = memory32[dst + sx64(offset)]",
        "memory32[dst + sx64(offset)] = old + lo32(src)",
        "src = zx64(old)")]
    [InlineData(
        "atomic/or64",
        "trap MemoryAccess unless one region grants a read and a write of 8 bytes at dst + sx64(offset)",
        "memory64[dst + sx64(offset)] = memory64[dst + sx64(offset)] | src")]
    [InlineData(
        "jmp/jsgt32-k",
        "trap BranchBudget if imm <s lo32(dst) and branches == 0",
        "branches = imm <s lo32(dst) ? (branches - 1) : branches",
        "pc = imm <s lo32(dst) ? ((pc + 1) + sx64(offset)) : (pc + 1)")]
    [InlineData(
        "jmp/call-local",
        "trap CallDepth if 8 frames are in use",
        "trap BranchBudget if branches == 0",
        "r10 = stack.start",
        "a new zeroed stack frame begins below the current one; the caller's r6 to r10 are kept",
        "branches = branches - 1",
        "pc = (pc + 1) + sx64(imm)")]
    [InlineData(
        "jmp/exit",
        "in the entry function: end with r0",
        "in a local function: pc = the caller's return slot, r6 to r10 = the caller's")]
    public void A_rule_reads_as_pseudocode(string rule, params string[] lines) => Text(rule, Profile.Rbpf).ShouldBe(lines);

    [Fact]
    public void A_decision_of_the_profile_changes_the_rule()
    {
        Text("alu/mod64-x", Profile.Rbpf).ShouldBe(["trap DivisionByZero if src == 0", "dst = dst %u src"]);
        Text("alu/mod64-x", Profile.Rfc9669).ShouldBe(["dst = src == 0 ? dst : (dst %u src)"]);
        Text("jmp/ja", Profile.Rfc9669).ShouldBe(["pc = (pc + 1) + sx64(offset)"]);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_traps_first_then_effects_and_no_unspoken_region(string rule)
    {
        foreach (var profile in Profile.All)
        {
            var lines = Text(rule, profile);

            lines.ShouldNotBeEmpty();
            lines.SkipWhile(IsTrap).ShouldAllBe(line => !IsTrap(line));
            lines.ShouldAllBe(
                line => !line.Contains("readable", StringComparison.Ordinal) && !line.Contains("writable", StringComparison.Ordinal));
            lines.ShouldAllBe(line => line.Count(character => character == '(') == line.Count(character => character == ')'));
        }
    }

    private static bool IsTrap(string line) => line.StartsWith("trap ", StringComparison.Ordinal);

    private static List<string> Text(string rule, Profile profile) =>
        [.. RuleText.Of(OperationTable.Forms.Single(form => form.Id == rule), profile)];
}

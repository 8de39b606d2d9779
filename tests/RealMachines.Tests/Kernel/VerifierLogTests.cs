using RbpfSpec.RealMachines.Kernel;

namespace RbpfSpec.RealMachines.Tests.Kernel;

public sealed class VerifierLogTests
{
    [Theory]
    [InlineData(
        "0: R1=ctx() R10=fp0\n0: (bf) r0 = r3\nR3 !read_ok\nprocessed 1 insns (limit 1000000) max_states_per_insn 0\n", "R3 !read_ok")]
    [InlineData("unreachable insn 2\nverification time 12 usec\nstack depth 0\nprocessed 0 insns (limit 1000000)\n", "unreachable insn 2")]
    [InlineData(
        "infinite loop detected at insn 1\ncur state: R1=ctx()\nold state: R1=ctx()\nprocessed 2 insns\n",
        "infinite loop detected at insn 1")]
    [InlineData("0: R1=ctx() R10=fp0\n0: (b7) r0 = 0 ; R0=0\nprocessed 1 insns\n", null)]
    [InlineData(
        "9: (26) if w4 > 0x1f goto pc-3 infinite loop detected at insn 7\ncur state: R4=1\nold state: R4=1\nprocessed 9 insns\n",
        "infinite loop detected at insn 7")]
    [InlineData("R9=scalar(s\n97: (2e) if w9 > w9 goto pc-1 ; R9=1\n98: (05) goto pc-2\ninvalid shift 64\n", "invalid shift 64")]
    [InlineData(
        "ff8639e,umin=1)\n97: (2e) if w9 > w9 goto pc-1 BPF program is too large. Processed 1000001 insn\nprocessed 1000001 insns\n",
        "BPF program is too large. Processed 1000001 insn")]
    [InlineData("", null)]
    public void The_reason_is_the_last_line_about_the_program(string log, string? reason) => VerifierLog.Reason(log).ShouldBe(reason);
}

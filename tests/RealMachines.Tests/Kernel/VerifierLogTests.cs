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
    [InlineData("", null)]
    public void The_reason_is_the_last_line_about_the_program(string log, string? reason) => VerifierLog.Reason(log).ShouldBe(reason);
}

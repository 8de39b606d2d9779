using RbpfSpec.Proofs.Device;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests.Device;

[Trait("Needs", "solver")]
public sealed class DeviceClaimTests
{
    [Theory]
    [InlineData("device/small/alu/add64-x@rbpf")]
    [InlineData("device/fast/alu/mul64-x@rbpf")]
    [InlineData("device/fast/jmp/jslt64-k@rbpf")]
    [InlineData("device/small/jmp/call-local[depth 0]@rbpf")]
    [InlineData("device/fast/run@rbpf")]
    [InlineData("device/fast/jmp/call-helper[turn]@rbpf")]
    [InlineData("device/small/check/0x18@rbpf")]
    [InlineData("device/fast/check/0x85@rbpf")]
    [InlineData("device/small/check/helper@rbpf")]
    public void The_binary_does_what_the_rule_does_and_changed_bits_are_found(string id)
    {
        var result = Tried.Try(DeviceClaims.Claims, id);

        result.Verdict.ShouldBeOfType<Verdict.Proved>(string.Join('\n', result.Verdict.Shown));
        result.Mutants.Count.ShouldBe(2);
        result.Mutants.ShouldAllBe(mutant => mutant.Verdict is Verdict.Refuted);
    }
}

using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Diagnosis;

public sealed class ProbeTests
{
    [Fact]
    public void A_machine_with_every_instruction_lacks_none()
    {
        var lacking = Probe.Of(new MachineUnderTest.Own(Profile.Rfc9669), Profile.Rfc9669);

        lacking.Runs.ShouldBeTrue();
        lacking.Names.ShouldBeEmpty();
    }

    [Fact]
    public void Groups_that_a_machine_lacks_are_named_once_and_excuse_their_vectors()
    {
        var small = Profile.Rbpf with { Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64] };

        var lacking = Probe.Of(new MachineUnderTest.Own(small), Profile.Rbpf);

        lacking.Names.Order(StringComparer.Ordinal).ShouldBe(["group atomic32", "group atomic64", "group divmul32", "group divmul64"]);
        Probe.Excuse(lacking, Of("div %r1, 2\nexit")).ShouldBe("the machine lacks alu/div64-k");
        Probe.Excuse(lacking, Of("add %r1, 2\nexit")).ShouldBeNull();
    }

    [Fact]
    public void A_machine_that_runs_nothing_lacks_nothing_that_could_be_told() =>
        Probe
            .Of(
                new MachineUnderTest.Batch("while read -r line; do echo '{\"rejected\":true}'; done", TimeSpan.FromSeconds(20), []),
                Profile.Rbpf)
            .Runs.ShouldBeFalse();

    private static Vector Of(string text) => new("sample", new VectorProgram.Code(Code.Of(text)), [], new Expectation.Returns(0));
}

using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Conformance.Generation.Encodings;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Generation.Encodings;

public sealed class ChainCasesTests
{
    private static readonly SupportCode SupportCode = new(Profile.Rbpf);

    public static TheoryData<string> Forms =>
        [
            .. MutantCatalogue
                .Forms(Profile.Rbpf)
                .Where(form =>
                    form.Operation is AluOperation or MemoryOperation || form.Operation is JumpOperation and not JumpOperation.Always)
                .Select(form => form.Id),
        ];

    // One that traps would show no more than its first instructions.
    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_chain_ends_well_wherever_stack_and_memory_are(string id)
    {
        var machine = new VectorMachine(Profile.Rbpf);
        var candidates = ChainCases.Of(SupportCode.Form(id), SupportCode).ToList();

        candidates.Count.ShouldBeGreaterThan(1);
        foreach (var candidate in candidates)
        {
            candidate.ShouldNotBeNull();
            var code = Sequence.Of<byte>(Program.Of(candidate.Program).ToBytes());
            var answer = machine.Run(code, candidate.Memory, candidate.Setting).ShouldNotBeNull().Answer;
            var vector = new Vector(
                candidate.Classes[0].Text,
                new VectorProgram.Code(code), candidate.Memory,
                new Expectation.Returns(answer.ShouldBeOfType<Answer.Returned>(candidate.Classes[0].Text).R0));
            Choices.Of(machine, vector).ShouldBeEmpty(candidate.Classes[0].Text);
        }
    }

    [Theory]
    [InlineData("alu/add64-x")]
    [InlineData("alu/sdiv32-x")]
    [InlineData("alu/xor32-k")]
    [InlineData("alu/bswap16")]
    public void A_result_that_is_lost_is_found_for_every_register(string id)
    {
        var form = SupportCode.Form(id);
        var vectors = ChainCases.Of(form, SupportCode).OfType<Candidate>()
            .Select(candidate =>
                PreparedVector.Of(
                    Profile.Rbpf,
                    Sequence.Of<byte>(Program.Of(candidate.Program).ToBytes()),
                    candidate.Memory, candidate.Setting))
            .ToList();
        var faults = FaultCatalogue
            .Of(form)
            .Where(fault =>
                fault.Name.Contains("is lost", StringComparison.Ordinal) && fault.Name.Contains("result for r", StringComparison.Ordinal))
            .ToList();

        faults.Count.ShouldBe(Register.Last);
        faults.Where(fault => !vectors.Exists(input => input.Shows(fault))).Select(fault => fault.Name).ShouldBeEmpty();
    }
}

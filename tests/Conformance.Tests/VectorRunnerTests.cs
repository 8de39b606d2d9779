using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Tests;

public class VectorRunnerTests
{
    private static readonly Expectation Returns7 = new Expectation.Returns(7);
    private static readonly Expectation Refuses = new Expectation.Refuses();
    private static readonly Answer Returned7 = new Answer.Returned(7);
    private static readonly Answer Trapped = new Answer.Trapped(Trap.MemoryAccess, 3);
    private static readonly Problem Problem = new(1, "opcode", Clause.Rfc("3"), "opcode 0xff", "an opcode");

    [Fact]
    public void What_was_expected_passes()
    {
        VectorRunner.Judge(Returns7, Returned7).ShouldBe(new VectorResult.Passed());
        VectorRunner.Judge(Refuses, Rejected(1)).ShouldBe(new VectorResult.Passed());
    }

    [Fact]
    public void Anything_else_fails_and_says_what_was_expected_and_what_came()
    {
        Reason(Returns7, new Answer.Returned(8)).ShouldBe("expected r0 = 0x7, got r0 = 0x8");
        Reason(Returns7, new Answer.Returned(0x7_0000_0007)).ShouldBe("expected r0 = 0x7, got r0 = 0x700000007");
        Reason(Returns7, Trapped).ShouldBe("expected r0 = 0x7, got trap MemoryAccess at slot 3");
        Reason(Returns7, Rejected(1)).ShouldBe($"expected r0 = 0x7, got a rejection: {Problem}");
        Reason(Refuses, Returned7).ShouldBe("expected a rejection by the preflight, got r0 = 0x7");
        Reason(Refuses, Trapped).ShouldBe("expected a rejection by the preflight, got trap MemoryAccess at slot 3");
    }

    [Fact]
    public void Of_several_problems_the_first_is_told_and_the_others_are_counted() =>
        VectorRunner.Describe(Rejected(3)).ShouldBe($"a rejection: {Problem} (and 2 more)");

    [Fact]
    public void A_vector_runs_under_the_profile_given()
    {
        Vector vector = new(
            "divides by zero", new VectorProgram.Code(Code.Of("mov %r0, 7\ndiv %r0, 0\nexit")), [], new Expectation.Returns(0));

        VectorRunner.Run(vector, Profile.Rfc9669).ShouldBe(new VectorResult.Passed());
        VectorRunner.Run(vector, Profile.Rbpf)
            .ShouldBe(new VectorResult.Failed("expected r0 = 0x0, got trap DivisionByZero at slot 1: the immediate, the divisor, is 0"));
    }

    [Fact]
    public void A_vector_sees_its_memory()
    {
        Vector vector = new(
            "loads", new VectorProgram.Code(Code.Of("ldxh %r0, [%r1]\nexit")), [0x34, 0x12], new Expectation.Returns(0x1234));

        VectorRunner.Run(vector, Profile.Rfc9669).ShouldBe(new VectorResult.Passed());
    }

    [Fact]
    public void What_the_RFC_has_no_encoding_for_is_not_run() =>
        VectorRunner.Run(new("callx", new VectorProgram.Unsupported("why"), [], Refuses), Profile.Rfc9669)
            .ShouldBe(new VectorResult.Unsupported("why"));

    private static Answer.Rejected Rejected(int problems) => new([.. Enumerable.Repeat(Problem, problems)]);

    private static string Reason(Expectation expectation, Answer answer) =>
        VectorRunner.Judge(expectation, answer).ShouldBeOfType<VectorResult.Failed>().Reason;
}

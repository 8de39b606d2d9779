namespace RbpfSpec.Cli.Tests.Commands.Conformance;

/// <summary>The coverage of suites, alone and against each other.</summary>
public class CoverVectorsTests : Scratch
{
    [Fact]
    public void What_another_suite_covers_and_this_one_does_not_is_named_and_fails()
    {
        var one = Write("one.data", "-- asm\nmov %r0, 8\nmov %r1, 2\ndiv %r0, %r1\nexit\n-- result\n4\n");
        var other = Write("other.data", "-- asm\nmov %r0, 8\nmov %r1, 0\ndiv %r0, %r1\nexit\n-- error\n");

        Rbpf.Run(["conformance", "coverage", one, "--against", other]).Fails()
            .ShouldContain($"missing: alu/div64-x: guard 0, DivisionByZero, holds, as {other} shows\n");
        Rbpf.Run(["conformance", "coverage", one, "--against", one]).Holds().TrimEnd('\n').ShouldEndWith(": 0 missing");
        Rbpf.Run(["conformance", "coverage", one, "--rules"]).Holds().ShouldContain("alu/div64-x");
    }
}

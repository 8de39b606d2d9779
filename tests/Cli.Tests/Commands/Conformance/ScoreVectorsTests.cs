namespace RbpfSpec.Cli.Tests.Commands.Conformance;

/// <summary>Suites measured against mutants of rules.</summary>
public class ScoreVectorsTests : Scratch
{
    private const string Suite = "spec/vectors/vectors.json";

    [Fact]
    [Trait("Needs", "solver")]
    public void The_committed_suite_finds_every_mistake_of_a_rule_and_what_it_does_not_find_is_proved_to_be_none()
    {
        var lines = Rbpf.Line($"conformance score {Suite} --only alu/xor32-x --prove").Holds().TrimEnd('\n').Split('\n');

        lines[^1].ShouldContain(", left 0, undecided 0; 100.0 % of those that are not equivalent found; ");
        lines.ShouldContain(line => line.StartsWith("proved equivalent: ", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_suite_that_says_nothing_of_a_rule_leaves_mistakes_and_they_are_shown()
    {
        var file = Write("a.data", "-- asm\nmov %r0, 7\nxor %r0, 0\nexit\n-- result\n7\n");

        var output = Rbpf.Run(["conformance", "score", file, "--only", "alu/xor64-k", "--prove"]).Fails();

        output.ShouldContain("not found: alu/xor64-k: ");
        output.ShouldContain("; it shows in: ");
        output.ShouldNotContain("alu/xor64-x");
    }

    [Fact]
    public void A_form_that_no_rule_id_has_is_refused() =>
        Rbpf.Line($"conformance score {Suite} --only alu/nand*").IsUsage(
            "--only 'alu/nand*' is the form of no rule id of the profile rbpf; expected one such as alu/add64-x or alu/*");
}

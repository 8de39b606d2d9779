namespace RbpfSpec.Cli.Tests.Commands.Campaigns;

[Trait("Needs", "time")]
public sealed class ScoreCampaignTests : Scratch
{
    [Theory]
    [InlineData("spec/vectors/vectors.json --core --only alu/xor* --only jmp/jeq*")]
    [InlineData("../shared/conformance/bpf_conformance/tests --profile rfc9669 --only alu/add*")]
    public void The_score_is_that_of_conformance_score(string line)
    {
        if (line.StartsWith("../shared", StringComparison.Ordinal) && !Repository.HasShared) return;

        var one = Rbpf.Line($"conformance score {line}");
        var many = Rbpf.Line($"campaign score {line} --state {At("state")}");

        (many.ExitCode, many.Error).ShouldBe((one.ExitCode, one.Error));
        Lines(many).Where(line => !line.EndsWith(" pieces", StringComparison.Ordinal)).ShouldBe(Lines(one));
        Lines(one).ShouldContain(line => line.Contains(" mutants found (", StringComparison.Ordinal));
    }

    [Fact]
    public void A_form_of_no_rule_is_usage() => Rbpf.Line("campaign score spec/vectors/vectors.json --only alu/none").IsUsage(
        "--only 'alu/none' is the form of no rule id of the profile rbpf; expected one such as alu/add64-x or alu/*");

    private static IEnumerable<string> Lines(Ending ending) => ending.Output.Split('\n').Select(line => line.Split(", in ")[0]);
}

using RbpfSpec.Conformance.Hosts;

namespace RbpfSpec.Cli.Tests.Commands.Conformance;

/// <summary>Vectors of hosts on the device of this project, on others, and on devices with planted bugs.</summary>
public sealed class HostVectorsTests : Scratch
{
    private static readonly string AllPass = $"{HostSuite.All.Count} vectors on the device here: {HostSuite.All.Count} passed, 0 failed\n";

    [Fact]
    public void The_committed_vectors_come_out_here() => Rbpf.Line("conformance host").Holds().ShouldBe(AllPass);

    [Fact]
    public void The_page_has_their_number() => PageText.Of("docs/conformance.md").ShouldContain(AllPass);

    [Fact]
    public void They_find_every_planted_bug()
    {
        var output = Rbpf.Line("conformance host --bugs").Holds();

        output.ShouldEndWith($"{HostSuite.All.Count} vectors find 27 of 27 planted bugs\n");
        Rbpf.Line("conformance host --bugs --only stores/*").Fails().ShouldContain(" of 27 planted bugs\n");
    }

    [Fact]
    public void A_difference_is_told_with_the_vector_and_its_reason()
    {
        var vector = HostSuite.All.First(vector => vector.Rule == "stores/kept");
        var file = Write("wrong.json", HostVectorFile.Write(
            [vector with { Steps = vector.Steps.With(0, vector.Steps[0] with { Effects = "[1]" }) }]));

        Rbpf.Line($"conformance host {file}").Fails().ShouldBe(
            $"{vector.Name}: {vector.Because}\n  event 1: expected [1], and it is []\n1 vector on the device here: 0 passed, 1 failed\n");
    }

    [Fact]
    public void A_host_behind_the_protocol_is_asked()
    {
        if (OperatingSystem.IsWindows()) return;
        Rbpf.Run(["conformance", "host", "--only", "stores/kept-01", "--batch", "while read l; do echo '{}'; done"]).Fails()
            .ShouldContain("  there is no \"effects\"; expected an array\n");
        Rbpf.Run(["conformance", "host", "--batch", "nothing-of-this-name"]).Error.ShouldContain("has no answer to host/isolation-01: ");
    }

    [Theory]
    [InlineData("conformance host none.json", "'none.json' cannot be read")]
    [InlineData(
        "conformance host --only none",
        "--only 'none' is the name of no vector; expected one such as host/isolation-01, or a pattern with *")]
    [InlineData("conformance host --bugs --batch x", "--bugs is about the device here, and --batch about another; expected one of them")]
    public void What_makes_no_sense_is_told(string line, string problem) => Rbpf.Line(line).Error.ShouldStartWith($"rbpf: {problem}");

    [Fact]
    public void A_file_that_is_none_is_told_with_its_line()
    {
        var file = Write("none.json", "{\n\"format\": 1,\n");

        Rbpf.Line($"conformance host {file}").Error.ShouldStartWith($"rbpf: {file}, line 3: it is not JSON");
    }
}

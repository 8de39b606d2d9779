namespace RbpfSpec.Cli.Tests;

public class PluginFastPathTests
{
    private const string Program = "79 10 00 00 00 00 00 00 37 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00";

    [Theory]
    [InlineData("conformance plugin")]
    [InlineData("conformance plugin 2900000000000000")]
    [InlineData("conformance plugin 2900000000000000 --profile rbpf")]
    [InlineData("conformance plugin --profile rfc9669")]
    [InlineData("conformance plugin 2900000000000000 --elf --profile rbpf")]
    [InlineData("conformance plugin 0")]
    public void It_answers_as_the_command_line_does(string line)
    {
        var args = line.Split(' ');

        PluginFastPath.Matches(args).ShouldBeTrue();
        Rbpf.Captured(() => PluginFastPath.Run(args), Program).ShouldBe(Rbpf.Run(args, Program));
    }

    [Theory]
    [InlineData("conformance")]
    [InlineData("conformance batch")]
    [InlineData("run plugin")]
    [InlineData("conformance plugin --help")]
    [InlineData("conformance plugin 00 00")]
    [InlineData("conformance plugin --elf 00")]
    [InlineData("conformance plugin --profile")]
    [InlineData("conformance plugin --profile ubpf")]
    [InlineData("conformance plugin --profile=rbpf")]
    public void Anything_it_cannot_read_is_left_to_the_command_line(string line) =>
        PluginFastPath.Matches(line.Split(' ')).ShouldBeFalse();
}

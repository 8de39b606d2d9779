using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Commands;
using RbpfSpec.Cli.Commands.Campaigns;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Fuzzing;
using RbpfSpec.Proofs;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Cli.Tests.Commands.Campaigns;

[Trait("Needs", "time")]
public sealed class FuzzCampaignTests : Scratch
{
    [Fact]
    public void The_counts_are_those_of_fuzz()
    {
        const string Line = "fuzz --seed 7 --programs 3000 --engine switch --profile rfc9669 --json";

        Counts(Campaign(Line).Holds()).ShouldBe(Counts(Rbpf.Line(Line).Holds()));
    }

    [Fact]
    public void A_difference_is_the_first_one_of_the_seed_and_as_small_as_that_of_fuzz()
    {
        const string Line = "fuzz --seed 1 --programs 3000 --engine switch";

        var many = Run(CampaignCommand.Create(ProveContext.Everything, Contender), $"campaign {Line} --state {At("state")}").Fails();
        var one = Run(FuzzCommand.Create(Contender), Line).Fails();

        many.ShouldEndWith(one);
        one.ShouldStartWith("mutant against reference under rbpf differs on program ");
        Directory.EnumerateFiles(At("state")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fuzz --seed 1", "Option '--programs' is required (see 'rbpf campaign fuzz --help')")]
    [InlineData("fuzz --seed 1 --programs 5 --engine reference",
        "reference is compared with itself; expected another one for --engine or --against")]
    public void What_makes_no_sense_is_exit_code_2_and_one_line(string line, string message) => Campaign(line).IsUsage(message);

    private Ending Campaign(string line) => Rbpf.Line($"campaign {line} --state {At("state")}");

    private static Ending Run(Command command, string line) =>
        Rbpf.Captured(() => CommandLine.Run(new RootCommand { command }, line.Split(' ')));

    // All but how long it took.
    private static Dictionary<string, string> Counts(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject()
        .Where(property => property.Name != "seconds").ToDictionary(property => property.Name, property => property.Value.GetRawText());

    // The switch engine, of a machine that stores one more in r0 wherever the program ends with an odd number in r1.
    private static ComparedMachine Contender(RunEngine choice, string option)
    {
        if (choice is RunEngine.Reference) return ComparedMachine.Reference;
        var machine = ComparedMachine.Of(choice.Fast()!.Value);
        return new("mutant", (program, state, visits) => machine.Run(program, state, visits) switch
        {
            Outcome<Word>.Exited { State: var end } when (end.Registers[1].Value & 0xff) == 1 => new Outcome<Word>.Exited(
                end with { Registers = end.Registers.With(0, end.Registers[0] + Word.Of(1)) }),
            Outcome<Word>.Exited other => other,
            Outcome<Word>.Trapped other => other,
            Outcome<Word>.Next other => other,
        });
    }
}

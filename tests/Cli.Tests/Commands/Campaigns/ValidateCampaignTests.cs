namespace RbpfSpec.Cli.Tests.Commands.Campaigns;

[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class ValidateCampaignTests : Scratch
{
    [Fact]
    public void Each_file_has_the_verdict_that_compile_has_of_it_alone()
    {
        string[] files = ["examples/increment.o", "examples/storage.o", "examples/greeting.o"];

        var lines = Campaign($"{string.Join(' ', files)} --target cil").Holds().TrimEnd('\n').Split('\n');

        lines.ShouldBe(
        [
            .. files.Select(file => $"{file}: {Rbpf.Line($"compile {file} --target cil --validate").Holds().TrimEnd('\n')}"),
            "3 programs: 3 proved, 0 not, 0 undecided",
        ]);
    }

    [Fact]
    public void One_program_is_told_of_as_one() =>
        Campaign("examples/increment.o --target cil").Holds().ShouldEndWith("\n1 program: 1 proved, 0 not, 0 undecided\n");

    [Fact]
    public void Generated_programs_are_proved_beside_files_and_what_is_no_program_or_rejected_is_exit_code_1()
    {
        var none = Write("none.s", "mov %r0\n");
        var rejected = Write("rejected.s", "mov %r0, 1\n");

        var output = Campaign($"{none} {rejected} examples/increment.o --programs 3 --seed 5").Fails();

        output.ShouldContain($"{none}: line 1");
        output.ShouldContain($"{rejected}: slot 0");
        output.ShouldContain("examples/increment.o: proved: ");
        output.ShouldEndWith("6 programs: 4 proved, 2 not, 0 undecided\n");
    }

    [Theory]
    [InlineData("", "there is no program; expected files, or --programs with --seed (see 'rbpf campaign validate --help')")]
    [InlineData("--programs 5",
        "--programs and --seed say together which programs are generated; expected both or neither (see 'rbpf campaign validate --help')")]
    [InlineData("examples/increment.o --solver absent-solver",
        "the solver 'absent-solver' was not found: expected libz3, a program on PATH such as z3 or cvc5 or boolector, or the path of one")]
    public void What_makes_no_sense_is_exit_code_2_and_one_line(string line, string message) => Campaign(line).IsUsage(message);

    private Ending Campaign(string line) =>
        Rbpf.Run(["campaign", "validate", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--state", At("state")]);
}

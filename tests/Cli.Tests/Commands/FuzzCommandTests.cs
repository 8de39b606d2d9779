using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Commands;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Fuzzing;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Cli.Tests.Commands;

public class FuzzCommandTests
{
    [Fact]
    public void Engines_that_agree_are_exit_code_0_with_what_was_met()
    {
        var lines = Rbpf.Line("fuzz --engine switch --seed 1 --programs 3000").Holds().TrimEnd('\n').Split('\n');

        lines[0].ShouldStartWith("ends by");
        lines.ShouldContain(line => line.StartsWith("alu/add32-k ", StringComparison.Ordinal));
        lines[^1].ShouldStartWith("switch against reference under rbpf: no difference in 3000 programs of seed 1, ");
    }

    [Fact]
    public void Jobs_are_the_threads_that_programs_run_on() =>
        Rbpf.Line("fuzz --engine switch --seed 1 --programs 300 --jobs 1").Holds().TrimEnd('\n').ShouldEndWith(" on 1 thread");

    [Fact]
    public void Json_has_every_rule_and_end_and_is_the_same_for_a_seed()
    {
        var report = JsonDocument.Parse(Rbpf.Line("fuzz --seed 1 --programs 500 --profile rfc9669 --json").Holds()).RootElement;
        var again = JsonDocument.Parse(Rbpf.Line("fuzz --seed 1 --programs 500 --profile rfc9669 --json").Holds()).RootElement;

        report.GetProperty("programs").GetInt64().ShouldBe(500);
        report.GetProperty("ends").EnumerateObject().Sum(end => end.Value.GetInt64()).ShouldBe(500);
        report.GetProperty("ends").TryGetProperty("DivisionByZero", out _).ShouldBeFalse();
        report.GetProperty("executed").GetRawText().ShouldBe(again.GetProperty("executed").GetRawText());
        report.GetProperty("missed").EnumerateArray().Select(name => name.GetString()).ShouldBe(
            report.GetProperty("ends").EnumerateObject().Concat(report.GetProperty("executed").EnumerateObject())
                .Where(count => count.Value.GetInt64() == 0).Select(count => count.Name));
    }

    [Fact]
    public void A_difference_is_exit_code_1_with_the_program_and_the_command_that_runs_it_again()
    {
        var output = Mutant("fuzz --engine switch --seed 1").Fails();

        output.ShouldStartWith("mutant against reference under rbpf differs on program ");
        output.ShouldContain("\n  arsh32 %r");
        output.ShouldContain("\nregisters  r0=0x");
        output.ShouldContain(", found 0x");
        var again = output.TrimEnd('\n').Split('\n')[^1].Replace("again: ./rbpf ", "", StringComparison.Ordinal);
        Mutant(again.Replace("mutant", "switch", StringComparison.Ordinal)).Fails().ShouldBe(output);
        Rbpf.Line(again.Replace("mutant", "switch", StringComparison.Ordinal)).Holds()
            .ShouldBe("switch against reference under rbpf: no difference on this program of seed 1\n");
    }

    [Theory]
    [InlineData(
        "--engine fast",
        "--engine 'fast' does not exist; expected reference, switch, threaded, compiled or auto (see 'rbpf fuzz --help')")]
    [InlineData("--engine switch --against switch", "switch is compared with itself; expected another one for --engine or --against")]
    [InlineData("--lacks zeroed-stack", "--lacks is about a machine of others; expected --plugin, --batch or --machine with it")]
    [InlineData("--lenient", "--lenient is about a machine of others; expected --plugin, --batch or --machine with it")]
    [InlineData("--limit 1", "--limit is about a machine of others; expected --plugin, --batch or --machine with it")]
    [InlineData("--programs 0", "--programs 0 makes no sense; expected at least 1")]
    [InlineData("--seconds 0", "--seconds '0' is no time; expected seconds, above 0 and up to 86400 (see 'rbpf fuzz --help')")]
    [InlineData("--seed -1",
        "--seed '-1' makes no sense; expected a number from 0 to 18446744073709551615, in decimal (see 'rbpf fuzz --help')")]
    [InlineData("--program 3", "--program is the number of a program of a seed; expected --seed, too (see 'rbpf fuzz --help')")]
    [InlineData(
        "--seed 1 --program 3 --seconds 1",
        "--program runs one program; expected it without --programs and --seconds (see 'rbpf fuzz --help')")]
    public void Options_that_make_no_sense_are_exit_code_2_and_one_line(string options, string message) =>
        Rbpf.Line($"fuzz {options}").IsUsage(message);

    // A machine that adds one to what a 32-bit signed shift of an immediate leaves in its register.
    private static Ending Mutant(string line)
    {
        static Outcome<Word> Run(Semantics.Validity.CheckedProgram program, State<Word> state, Span<long> visits)
        {
            var machine = new ReferenceMachine(program.Program, program.Rules.Profile);
            while (true)
            {
                var slot = program.Program.Slots[(int)state.ProgramCounter.Value];
                var outcome = machine.Step(state);
                if (outcome is not Outcome<Word>.Next) return outcome;
                var next = outcome.State;
                state = slot.Opcode == 0xc4
                    ? next with { Registers = next.Registers.With(slot.Destination, next.Registers[slot.Destination] + Word.Of(1)) }
                    : next;
            }
        }

        var root = new RootCommand
        {
            FuzzCommand.Create((choice, _) => choice is RunEngine.Reference ? ComparedMachine.Reference : new("mutant", Run)),
        };
        return Rbpf.Captured(() => CommandLine.Run(root, line.Split(' ')));
    }

    // A machine that answers each request with the same number is found out on nearly every program.
    [Fact]
    public void Any_machine_is_put_to_generated_programs_and_told_by_cause_with_what_runs_one_again()
    {
        var ending = Rbpf.Run(
            ["fuzz", "--batch", "while read -r line; do echo '{\"r0\":\"0x7\"}'; done", "--seed", "1", "--programs", "40", "--jobs", "1"]);

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldContain("the machine answers all 40 vectors alike: r0 = 0x7\n");
        ending.Output.ShouldContain("again: ./rbpf fuzz --seed 1 --program ");
        ending.Output.ShouldContain("40 programs of seed 1 on while read");
        ending.Output.ShouldContain(" under rfc9669: 40 deviate; ");
    }

    [Fact]
    public void A_machine_of_somebody_else_goes_with_none_of_ours()
    {
        Rbpf.Run(["fuzz", "--batch", "cat", "--engine", "switch"]).IsUsage(
            "--engine names a machine of ours; expected --plugin, --batch or --machine without it");
        Rbpf.Run(["fuzz", "--batch", "cat", "--plugin", "cat"]).IsUsage("--plugin and --batch name two machines; expected one, or --diff");
        Rbpf.Run(["fuzz", "--plugin", "no-such-machine"]).ExitCode.ShouldBe(2);
    }
}

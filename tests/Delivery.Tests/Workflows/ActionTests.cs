using System.Text.Json;
using System.Xml.Linq;

namespace RbpfSpec.Delivery.Tests.Workflows;

/// <summary>The steps of action.yml, run as they stand there.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class ActionTests : Scratch
{
    private static readonly string Machines = Path.Combine(Repository.Root, "tests/Conformance.Tests/CVm");

    [Fact]
    public void The_key_of_the_build_is_that_of_what_is_built()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var step = StepsFile.Action.Single(step => step.Name == "Key of the build");

        runner.Run(step, runner.Workspace, new Dictionary<string, string>(), Repository.Root).ExitCode.ShouldBe(0);
        runner.Run(step, runner.Workspace, new Dictionary<string, string>(), Repository.Root).ExitCode.ShouldBe(0);

        var keys = runner.Outputs.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        keys.Distinct().Single().ShouldMatch("^key=rbpf-Linux-X64-[0-9a-f]{64}$");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("", false)]
    public void A_build_from_the_cache_is_newer_than_the_checkout(string hit, bool isTouched)
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);

        var (exitCode, output) = runner.Run(
            StepsFile.Action.Single(step => step.Name == "Build"),
            runner.Workspace,
            new Dictionary<string, string> { ["steps.cache.outputs.cache-hit"] = hit });

        exitCode.ShouldBe(0, output);
        output.ShouldMatch(@"^\d+\.\d+\.\d+");
        File.Exists(Path.Combine(runner.Checkout, "artifacts/rbpf/.built")).ShouldBe(isTouched);
    }

    [Theory]
    [InlineData("8..", "trap", 0, "proved")]
    [InlineData("", "trap", 1, "**trap**")]
    [InlineData("", "never", 0, "**trap**")]
    public void Programs_are_analysed_and_what_is_wrong_makes_the_step_fail_as_asked(
        string context, string failOn, int expected, string verdict)
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var programs = Directory.CreateDirectory(Path.Combine(runner.Workspace, "some programs")).FullName;
        File.WriteAllBytes(Path.Combine(programs, "increment.o"), Repository.Example("increment"));

        var (exitCode, output) = runner.Act(
            "Programs", ("programs", "some programs"), ("context", context), ("fail-on", failOn));

        exitCode.ShouldBe(expected, output);
        runner.Summary.ShouldContain($"| `some programs/increment.o` | {verdict} | ");
        using var sarif = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(runner.Workspace, "rbpf-reports/programs/programs.sarif")));
        sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().ShouldBe(verdict == "proved" ? 0 : 1);
    }

    [Fact]
    public void What_is_not_proved_fails_if_asked_and_what_is_no_program_always_does()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var program = Path.Combine(runner.Workspace, "x.s");

        // No square is 2 modulo 4, which no set of words tells, and no context shows otherwise.
        File.WriteAllText(
            program,
            "ldxb %r0, [%r1]\nmul %r0, %r0\nand %r0, 3\njne %r0, 2, +2\nmov %r1, 0\ndiv %r0, %r1\nexit\n");

        var lenient = runner.Act("Programs", ("programs", "x.s"), ("context", "1..")).ExitCode;
        var strict = runner.Act("Programs", ("programs", "x.s"), ("context", "1.."), ("fail-on", "unproved")).ExitCode;
        File.WriteAllText(program, "no program");
        var none = runner.Act("Programs", ("programs", "x.s")).ExitCode;

        (lenient, strict, none).ShouldBe((0, 1, 1), runner.Summary);
        runner.Act("Programs", ("programs", "nothing-here")).ExitCode.ShouldNotBe(0);
    }

    // The recipe for a machine in C: that of the tests, right and with a mistake.
    [Theory]
    [InlineData("-O2", 0)]
    [InlineData("-O2 -DBUG=3", 1)]
    public void A_machine_in_C_is_held_against_the_vectors(string flags, int expected)
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var vm = Directory.CreateDirectory(Path.Combine(runner.Workspace, "vm")).FullName;
        foreach (var file in Directory.GetFiles(Machines)) File.Copy(file, Path.Combine(vm, Path.GetFileName(file)));
        External.Run("make", "-s", "-C", vm, "batch", $"CFLAGS={flags}").ExitCode.ShouldBe(0);

        var (exitCode, output) = runner.Act("Conformance", ("machine", "vm/batch"), ("core", "true"));

        exitCode.ShouldBe(expected, output);
        runner.Summary.ShouldContain("### Conformance");
        var failures = XDocument.Load(Path.Combine(runner.Workspace, "rbpf-reports/conformance.xml")).Root!.Attribute("failures")!.Value;
        (failures == "0").ShouldBe(expected == 0);
    }

    [Fact]
    public void A_deviation_that_is_known_does_not_fail()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var machine = $"{runner.Checkout}/rbpf conformance batch --profile rfc9669";
        var known = Path.Combine(runner.Workspace, "known.txt");
        External.Start(
            Path.Combine(runner.Checkout, "rbpf"),
            [
                "conformance", "run", Path.Combine(Repository.Root, "spec/vectors/vectors.json"),
                "--core", "--batch", machine, "--record", known,
            ],
            Repository.Root);

        var unknown = runner.Act("Conformance", ("machine", machine), ("core", "true"));
        var recorded = runner.Act("Conformance", ("machine", machine), ("core", "true"), ("known", "known.txt"));

        (unknown.ExitCode, recorded.ExitCode).ShouldBe((1, 0), recorded.Output);
    }

    [Fact]
    public void Claims_are_proved_and_the_ledger_of_the_checkout_stays_as_it_is()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var ledger = File.ReadAllBytes(Path.Combine(Repository.Root, "proofs/ledger.json"));

        var (exitCode, output) = runner.Act("Prove", ("only", "rfc/alu/div32-x@*"));

        exitCode.ShouldBe(0, output);
        runner.Summary.ShouldMatch(@"### Proofs\n\n\d+ proved, 0 refuted, 0 undecided in ");
        File.Exists(Path.Combine(runner.Workspace, "rbpf-reports/proofs.sarif")).ShouldBeTrue();
        File.ReadAllBytes(Path.Combine(Repository.Root, "proofs/ledger.json")).ShouldBe(ledger);
    }

    // The recipe for a machine in Rust: what goes around it, with a machine of two instructions.
    [Fact]
    public void The_plugin_in_Rust_speaks_the_protocol()
    {
        if (External.Find("rustc") is not { } compiler) return;
        Write("plugin.rs", PageText.BlocksOf("docs/in-your-ci.md").Single(block => block.Language == "rust").Text);
        Write("vm.rs",
            """
            pub fn run(program: &[u8], memory: &mut [u8]) -> Result<u64, String> {
                match program {
                    [0xb7, 0, 0, 0, value, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0] => Ok(*value as u64 + memory.len() as u64),
                    _ => Err("Rejected: unknown".into()),
                }
            }
            """);
        var (built, output) = External.Start(compiler, ["-O", "--edition", "2021", "plugin.rs"], Folder)!.Value;
        built.ShouldBe(0, output);

        Said("b7 00 00 00 07 00 00 00 95 00 00 00 00 00 00 00", "'01 02 ff'").ShouldBe((0, "a\n"));
        Said("b7000000070000009500000000000000", "").ShouldBe((0, "7\n"));
        Said("ff 00", "").ShouldBe((1, "Rejected: unknown\n"));

        (int ExitCode, string Output) Said(string program, string memory) =>
            External.Start("/bin/sh", ["-c", $"printf '{program}\\n' | ./plugin {memory}"], Folder)!.Value;
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using RbpfSpec.Cli.Commands;

namespace RbpfSpec.Cli.Tests.Commands;

[Trait("Needs", "compiler")]
public class BenchCommandTests : Scratch
{
    private static readonly string[] Names = ["fletcher32", "alu", "sieve", "bsort", "tiny", "copy", "sensor", "packet", "coap"];

    private static string Itself => $"dotnet {Path.Combine(AppContext.BaseDirectory, "rbpf.dll")} conformance batch --engine auto";

    [Fact]
    public void Every_workload_is_timed_on_every_engine()
    {
        var measured = JsonDocument.Parse(Rbpf.Line("bench --rounds 1 --json").Holds()).RootElement.GetProperty("workloads");

        measured.EnumerateArray().Select(workload => workload.GetProperty("name").GetString()).ShouldBe(Names);
        measured.EnumerateArray().ShouldAllBe(workload => workload.GetProperty("switch").GetDouble() > 0);
    }

    [Fact]
    public void The_device_is_measured_beside_what_others_published()
    {
        var measured = JsonDocument.Parse(Rbpf.Line("bench --device --json").Holds()).RootElement;

        measured.GetProperty("machines").EnumerateArray().Select(machine => machine.GetProperty("name").GetString())
            .ShouldBe([
                "native C", "RbpfSpec, small", "RbpfSpec, fast", "RbpfSpec, translated", "RbpfSpec, small, with atomics",
                "RbpfSpec, fast, with atomics", "rBPF (paper)", "WASM3 (paper)", "Femto-Containers", "Femto-Containers, ALU32",
            ]);
        measured.GetProperty("machines")[3].GetProperty("each").GetDouble().ShouldBeInRange(2, 4);
        measured.GetProperty("instructions").GetProperty("fast").GetProperty("add32-k").GetInt32().ShouldBeInRange(8, 16);
        Rbpf.Line("bench --device --rounds 1")
            .IsUsage("--device measures no time; expected it without --rounds and --peer (see 'rbpf bench --help')");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    public void Rounds_out_of_range_are_exit_code_2_and_one_line(string rounds) =>
        Rbpf.Line($"bench --rounds {rounds}").IsUsage($"--rounds {rounds} makes no sense; expected 1 to 10000");

    [Fact]
    public void A_peer_is_a_column_and_the_chart_has_every_bar()
    {
        var chart = At("chart.svg");
        var output = Rbpf.Run(["bench", "--rounds", "1", "--peer", $"other={Itself} --instructions 1000000000", "--chart", chart]).Holds();

        output.Split('\n')[0].ShouldMatch("^workload +instructions +native +switch +(threaded +)?(compiled +certified +)?other ");
        output.ShouldContain(", other ");
        var svg = XDocument.Load(chart).Root.ShouldNotBeNull();
        svg.Name.LocalName.ShouldBe("svg");
        svg.Elements().First().Name.LocalName.ShouldBe("title");
        var texts = svg.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value).ToList();
        foreach (var name in Names.Append("geometric mean").Append("other").Append("switch")) texts.ShouldContain(name);
        svg.Elements().Count(element => element.Name.LocalName == "rect").ShouldBeGreaterThan(Names.Length);
    }

    [Fact]
    public void A_peer_that_comes_to_something_else_is_told_and_is_exit_code_1()
    {
        // Too few instructions for two of the workloads, in a machine that counts them.
        var output = Rbpf.Run(["bench", "--rounds", "1", "--peer", $"other={Itself} --instructions 70000"]).Fails();

        output.ShouldContain("\nother on alu: expected r0 = 0x");
        output.ShouldContain(", got trap InstructionBudget\n");
        output.ShouldEndWith(", other -\n");
    }

    [Theory]
    [InlineData("other=exit 3", "peer 'other' ended with exit code 3 where an answer to fletcher32 was expected")]
    [InlineData("other=echo no vm >&2; exit 4", "peer 'other' ended with exit code 4 where an answer to fletcher32 was expected: no vm")]
    [InlineData(
        "other=echo hello; cat", "peer 'other' answered 'hello' to fletcher32; expected {\"r0\":\"0x…\"} or {\"trap\":\"…\"}")]
    [InlineData("other=", "--peer 'other=' makes no sense; expected name=command, such as 'mine=./vm --batch' (see 'rbpf bench --help')")]
    [InlineData("native=cat", "--peer 'native=cat': the name 'native' is taken; expected another one (see 'rbpf bench --help')")]
    [InlineData("compiled=cat", "--peer 'compiled=cat': the name 'compiled' is taken; expected another one (see 'rbpf bench --help')")]
    [InlineData("certified=cat", "--peer 'certified=cat': the name 'certified' is taken; expected another one (see 'rbpf bench --help')")]
    [InlineData("switch=cat", "--peer 'switch=cat': the name 'switch' is taken; expected another one (see 'rbpf bench --help')")]
    public void A_peer_that_does_not_speak_the_protocol_is_exit_code_2_and_one_line(string peer, string message) =>
        Rbpf.Run(["bench", "--rounds", "1", "--peer", peer]).IsUsage(message);

    [Fact]
    public void Sequences_of_steps_are_told_with_their_share_and_measured_alone()
    {
        Rbpf.Line("bench --sequences").Holds().ShouldContain("\nMoveAddLoad1 ");
        Rbpf.Line("bench --sequences --rounds 1").IsUsage("--sequences measures no time; expected it alone (see 'rbpf bench --help')");
    }

    [Fact]
    public void A_peer_that_hangs_is_ended()
    {
        var root = new RootCommand { BenchCommand.Create(patience: TimeSpan.FromSeconds(0.5)) };

        Rbpf.Captured(() => CommandLine.Run(root, ["bench", "--rounds", "1", "--peer", "other=cat >/dev/null"]))
            .IsUsage("peer 'other' did not answer to fletcher32 within 0.5 s");
    }
}

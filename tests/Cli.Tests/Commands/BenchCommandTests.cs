using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public void Every_workload_is_timed_on_every_engine()
    {
        var measured = JsonDocument.Parse(Rbpf.Line("bench --rounds 1 --json").Holds()).RootElement.GetProperty("workloads");

        measured.EnumerateArray().Select(workload => workload.GetProperty("name").GetString()).ShouldBe(
            ["fletcher32", "alu", "sieve", "bsort", "tiny", "copy", "sensor", "packet", "coap"]);
        measured.EnumerateArray().ShouldAllBe(workload => workload.GetProperty("switch").GetDouble() > 0);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    public void Rounds_out_of_range_are_exit_code_2_and_one_line(string rounds) =>
        Rbpf.Line($"bench --rounds {rounds}").IsUsage($"--rounds {rounds} makes no sense; expected 1 to 10000");
}

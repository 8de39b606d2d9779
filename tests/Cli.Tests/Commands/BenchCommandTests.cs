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
}

using RbpfSpec.Benchmarks.Device;

namespace RbpfSpec.Benchmarks.Tests.Device;

public sealed class DeviceMeasurementTests
{
    private const string Told = "machine small\n2038 rom\n2332 rom with atomics\n56 frame\n74 native code\n936 native\n"
        + "2490 check\n47727 run\n152 state\n24 add32-k\n"
        + "machine fast\n4336 rom\n4786 rom with atomics\n40 frame\n74 native code\n936 native\n"
        + "2288 check\n23415 run\n160 state\n12 add32-k\n"
        + "machine translated\n4416 rom\n40 frame\n74 native code\n936 native\n2288 check\n508 program\n4500 run\n224 state\n";

    [Fact]
    public void Each_machine_has_its_counts()
    {
        var measured = DeviceMeasurement.Read(Told);

        measured.Select(one => (one.Name, one.Rom, one.Run, one.State, one.Frame)).ShouldBe(
            [("small", 2_038L, 47_727L, 152L, 56L), ("fast", 4_336L, 23_415L, 160L, 40L), ("translated", 4_416L, 4_500L, 224L, 40L)]);
        measured[1].Instructions.ShouldBe([("add32-k", 12L)]);
    }

    [Theory]
    [InlineData("12 rom\n", "the measurement of the device printed '12 rom'; expected a count and its name")]
    [InlineData("machine small\nrom\n", "the measurement of the device printed 'rom'; expected a count and its name")]
    public void A_line_that_is_neither_a_machine_nor_a_count_is_told(string text, string message) =>
        Should.Throw<BenchmarkException>(() => DeviceMeasurement.Read(text)).Message.ShouldBe(message);

    [Fact]
    public void A_count_that_is_missing_is_told() =>
        Should.Throw<BenchmarkException>(() => DeviceMeasurement.Read("machine small\n12 rom\n")[0].Run)
            .Message.ShouldBe("the measurement of the small machine has no count 'run'");

    [Fact]
    public void The_tables_have_native_code_both_machines_and_what_others_published()
    {
        var rows = new DeviceTable(DeviceMeasurement.Read(Told)).Rows;

        rows.Select(row => row.Name).Take(4).ShouldBe(["native C", "RbpfSpec, small", "RbpfSpec, fast", "RbpfSpec, translated"]);
        rows[2].PerInstruction.ShouldBe(23_415.0 / 1_473);
        rows[2].Ram.ShouldBe(672);
        (rows[2].CodeBytes, rows[3].CodeBytes).ShouldBe((336, 508));
        rows.Where(row => row.Name.EndsWith("with atomics", StringComparison.Ordinal)).Select(row => (row.Rom, row.CodeBytes)).ShouldBe(
            [(2_332L, null), (4_786L, null)]);
        rows.Single(row => row.Name == "rBPF (paper)").Rom.ShouldBe(4_364);
    }

    [Fact]
    public void The_chart_tells_every_machine_with_a_ratio() =>
        DeviceChart.Svg(new(DeviceMeasurement.Read(Told))).ShouldContain("RbpfSpec, fast 25;");
}

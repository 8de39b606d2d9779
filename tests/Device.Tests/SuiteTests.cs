namespace RbpfSpec.Device.Tests;

/// <summary>The vectors of the suite on the machine in C, on the emulated Cortex-M4 and on this host with sanitizers.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed class SuiteTests(DeviceBuild build) : IClassFixture<DeviceBuild>
{
    [Fact]
    public void Both_machines_pass_every_vector_on_the_emulated_device_and_on_this_host()
    {
        var lines = build.Make("check").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var verdicts = lines.Where(line => line.Contains(" passed, ", StringComparison.Ordinal)).ToList();
        verdicts.Count.ShouldBe(4, string.Join('\n', lines));
        verdicts.ShouldAllBe(verdict => verdict.EndsWith(" passed, 0 failed", StringComparison.Ordinal));
        verdicts.ShouldAllBe(verdict => !verdict.StartsWith("0 vectors", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("small", 2_048, 40)]
    [InlineData("fast", 4_364, 16)]
    public void Sizes_and_counts_are_within_their_limits(string machine, int mostBytes, int mostInstructions)
    {
        var output = build.Make("measure");
        var counts = output[output.IndexOf($"machine {machine}\n", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .TakeWhile(line => !line.StartsWith("machine ", StringComparison.Ordinal) && line != "")
            .ToDictionary(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], line => long.Parse(line.Split(' ')[0]));

        counts["rom"].ShouldBeLessThanOrEqualTo(mostBytes);
        counts["state"].ShouldBeLessThanOrEqualTo(160);
        counts["frame"].ShouldBeLessThanOrEqualTo(128);

        // examples/fletcher32.o executes 1,473 instructions on its input.
        counts["run"].ShouldBeLessThanOrEqualTo(1_473 * mostInstructions);
    }
}

using System.Globalization;

namespace RbpfSpec.Proofs.Tests.Device;

/// <summary>The binaries that the claims read are of the objects that are measured.</summary>
[Trait("Needs", "compiler")]
public sealed class ProvedBinaryTests : Scratch
{
    // What Debian bookworm has. Another compiler writes other bytes, of which nothing is claimed.
    private const string Compiler = "12.2.";

    private static string Device => Path.Combine(Repository.Root, "device");

    [Theory]
    [InlineData("small", 2038)]
    [InlineData("fast", 4336)]
    public void The_compiler_writes_the_bytes_that_are_proved_with_the_flags_that_are_measured(string build, int rom)
    {
        var (exitCode, output) = External.Run(
            "make", "-s", "-C", Device, $"BUILD={At("build")}", $"PROVED={Folder}", $"{Folder}/{build}.elf");
        exitCode.ShouldBe(0, output);
        if (!CrossTools.Run("gcc", "-dumpfullversion").StartsWith(Compiler, StringComparison.Ordinal)) return;

        File.ReadAllBytes(At($"{build}.elf")).ShouldBe(File.ReadAllBytes(Path.Combine(Device, "proved", $"{build}.elf")));
        CrossTools.Run("size", At($"build/{build}-rbpf.o"), At($"build/{build}-rbpf_check.o")).Split('\n')[1..3]
            .Sum(line => int.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture))
            .ShouldBe(rom);
    }
}

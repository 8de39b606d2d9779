using System.Globalization;

namespace RbpfSpec.Proofs.Tests.Device.Emulated;

/// <summary>Firmware of this folder, which the tests of ARM's rules have a start, a memory map and a header for.</summary>
internal static class Firmware
{
    /// <summary>Compiles it.</summary>
    /// <param name="source">The C file.</param>
    /// <param name="to">The ELF file to write.</param>
    public static void Compile(string source, string to)
    {
        var oracle = Path.Combine(Repository.Root, "tests", "Arm.Tests", "Oracle");
        CrossTools.Run(
            "gcc", "-std=c11", "-mcpu=cortex-m4", "-mthumb", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-nostdlib",
            "-fno-tree-loop-distribute-patterns", "-I", oracle, "-T", Path.Combine(oracle, "oracle.ld"), "-o", to,
            Path.Combine(oracle, "start.S"),
            Path.Combine(Repository.Root, "tests", "Proofs.Tests", "Device", "Emulated", source), "-lgcc");
    }

    /// <summary>A number that a variable of the environment says.</summary>
    public static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}

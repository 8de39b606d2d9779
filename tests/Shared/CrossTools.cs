namespace RbpfSpec.Tests;

/// <summary>The cross tools for Arm's Cortex-M: GNU's assembler, compiler and disassembler, and QEMU.</summary>
/// <remarks>A test that uses one says so: <c>[Trait("Needs", "compiler")]</c>.</remarks>
internal static class CrossTools
{
    private const string Prefix = "arm-none-eabi-";

    /// <summary>Runs a tool of the cross compiler, which must succeed.</summary>
    /// <param name="tool">Its name, such as <c>gcc</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it prints.</returns>
    public static string Run(string tool, params string[] arguments) =>
        Succeed(Prefix + tool, "gcc-arm-none-eabi and libnewlib-arm-none-eabi", arguments);

    /// <summary>Runs firmware on QEMU's Cortex-M4 with semihosting; it must end with status zero.</summary>
    /// <param name="firmware">An ELF file.</param>
    /// <param name="folder">The folder whose files it reads and writes by semihosting.</param>
    /// <returns>What it prints.</returns>
    public static string Emulate(string firmware, string folder) => Succeed(
        "qemu-system-arm",
        "qemu-system-arm",
        [
            "-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "none",
            "-semihosting-config", "enable=on,target=native", "-kernel", firmware,
        ],
        folder);

    private static string Succeed(string program, string package, string[] arguments, string folder = "")
    {
        var (exitCode, output) = External.Start(program, arguments, folder)
            ?? throw new FileNotFoundException($"{program} is missing; install the Debian package {package}", program);
        exitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }
}

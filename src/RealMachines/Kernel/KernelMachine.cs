using RbpfSpec.Conformance.Running;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>The Linux kernel of this computer as a machine to test: its verifier, and whatever runs what that accepts.</summary>
/// <remarks>
/// Programs are loaded and run by <c>bpf(2)</c> as socket filters, each on an empty packet; none is attached to anything.
/// </remarks>
public static class KernelMachine
{
    private const string Compiler = "/proc/sys/net/core/bpf_jit_enable";

    /// <summary>The things that it provides besides program and memory, in the words of vectors.</summary>
    public static Sequence<string> Provides { get; } = ["entry", "long-program"];

    /// <summary>The machine; null if it cannot be had.</summary>
    /// <param name="problem">Why not, and what would help; empty if it can be had.</param>
    /// <param name="log">Told of each program that the verifier refuses: its slots as the kernel was given them, and the whole log.</param>
    public static MachineUnderTest? Create(out string problem, Action<string>? log = null)
    {
        problem = "";
        if (SystemCall.Number is null)
        {
            problem = "bpf(2) is a system call of Linux on x64, arm64 and riscv64; expected such a computer";
            return null;
        }

        using (var map = SystemCall.Array(sizeof(ulong), out var refusal))
        {
            if (map is null)
            {
                problem = $"the kernel grants no bpf(2) here ({refusal}); expected root, or CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON";
                return null;
            }
        }

        return new MachineUnderTest.Provided(Name, Provides, () => new KernelSession(log is null ? null : (_, text) => log(text)));
    }

    /// <summary>The name, with the version, and whether programs are compiled.</summary>
    public static string Name
    {
        get
        {
            var version = Environment.OSVersion.Version;
            return $"Linux {version.Major}.{version.Minor}.{version.Build} ({(IsCompiled ? "compiler" : "interpreter")})";
        }
    }

    private static bool IsCompiled
    {
        get
        {
            try
            {
                return File.ReadAllText(Compiler).Trim() != "0";
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A kernel that has nothing but its compiler has no such file.
                return true;
            }
        }
    }
}

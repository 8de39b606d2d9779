using System.ComponentModel;
using System.Diagnostics;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.RealMachines;

/// <summary>The machine in C of the folder <c>device</c>, built from there, for this computer or for an emulated Cortex-M4.</summary>
public static class DeviceMachine
{
    private const string Folder = "device";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Regions lie where vectors say, which a device with addresses of 32 bits cannot do.
    private static readonly Sequence<string> OfDevice = ["branches", "instructions", "helpers", "entry"];

    /// <summary>The machine, built; null if it cannot be had.</summary>
    /// <param name="isEmulated">Whether it runs on QEMU's Cortex-M4.</param>
    /// <param name="problem">Why not, and what would help; empty if it can be had.</param>
    public static MachineUnderTest? Create(bool isEmulated, out string problem)
    {
        problem = Build(isEmulated ? "qemu" : "peer");
        if (problem != "") return null;
        return isEmulated
            ? new MachineUnderTest.Batch($"make -s -C {Folder} run-fast", Limit, OfDevice)
            : new MachineUnderTest.Batch($"{Folder}/build/peer-fast", Limit, [.. OfDevice, "regions", "long-program"]);
    }

    private static string Build(string target)
    {
        if (!File.Exists(Path.Combine(Folder, "Makefile")))
            return $"there is no {Folder}/Makefile here; expected to be called in the project's own folder";
        try
        {
            using var make = Process.Start(new ProcessStartInfo("make", ["-s", "-C", Folder, target])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            var output = make.StandardOutput.ReadToEndAsync();
            var error = make.StandardError.ReadToEnd();
            make.WaitForExit();
            if (make.ExitCode == 0) return "";
            var told = (error + output.GetAwaiter().GetResult()).Trim().Split('\n')[0];
            return $"'make -C {Folder} {target}' fails: {told}; expected what {Folder}/README.md names to be installed";
        }
        catch (Win32Exception exception)
        {
            return $"make does not start: {exception.Message}; expected it to be installed, as {Folder}/README.md says";
        }
    }
}

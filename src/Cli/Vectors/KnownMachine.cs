using RbpfSpec.Conformance.Running;
using RbpfSpec.RealMachines;
using RbpfSpec.RealMachines.Kernel;

namespace RbpfSpec.Cli.Vectors;

/// <summary>A machine that needs no command to be named, as a command line chooses it.</summary>
public enum KnownMachine
{
    /// <summary>The Linux kernel of this computer.</summary>
    Kernel,

    /// <summary>The machine in C, on this computer.</summary>
    Device,

    /// <summary>The machine in C, on an emulated Cortex-M4.</summary>
    Qemu,
}

/// <summary>Makes such machines.</summary>
public static class KnownMachines
{
    /// <summary>The machine.</summary>
    /// <param name="choice">The machine.</param>
    /// <param name="log">Told what the kernel's verifier says of each program that it refuses.</param>
    /// <exception cref="UsageException">It cannot be had here.</exception>
    public static MachineUnderTest Of(KnownMachine choice, Action<string>? log)
    {
        string problem;
        return choice switch
        {
            KnownMachine.Kernel => KernelMachine.Create(out problem, log),
            KnownMachine.Device => DeviceMachine.Create(isEmulated: false, out problem),
            KnownMachine.Qemu => DeviceMachine.Create(isEmulated: true, out problem),
            _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "there is no such machine"),
        }
        ?? throw new UsageException($"--machine {choice.ToString().ToLowerInvariant()}: {problem}");
    }
}

using RbpfSpec.Interp.Compiled;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Interp;

/// <summary>The options that a <see cref="Vm"/> is made with, beside its program.</summary>
public sealed record VmOptions
{
    /// <summary>The engine.</summary>
    public Engine Engine { get; init; } = Engine.Auto;

    /// <summary>The helpers called by their static id; one that the preflight did not grant is never called.</summary>
    public Sequence<VmHelper> Helpers { get; init; } = [];

    /// <summary>The functions called by BTF id.</summary>
    public Sequence<VmHelper> BtfFunctions { get; init; } = [];

    /// <summary>The platform: the meaning of those wide and packet loads that RFC 9669 leaves to it.</summary>
    public Platform<Word> Platform { get; init; } = Platform<Word>.Identity(Word.Of(0));

    /// <summary>How many branches and local calls a run may take, if it is not the profile that says so.</summary>
    public Allowance<ulong>? BranchLimit { get; init; }

    /// <summary>How many instructions a run may execute, if it is not the profile that says so.</summary>
    public Allowance<ulong>? InstructionLimit { get; init; }

    /// <summary>
    /// A certificate, as <c>rbpf analyze --certificate</c> writes it: compiled code leaves out the checks that it proves. It is
    /// confirmed before it is used, and not used in runs that it is not about; none if empty.
    /// </summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>About how many instructions are executed before <see cref="Engine.Auto"/> compiles.</summary>
    internal ulong WorthCompiling { get; init; } = TieredProgram.WorthCompiling;

    /// <summary>How many branches are taken in compiled runs before code is made for runs that all begin alike.</summary>
    internal ulong WorthRepeating { get; init; } = Vm.WorthRepeating;
}

/// <summary>How a run ended.</summary>
/// <param name="Trap">The trap; none if the program ended by EXIT.</param>
/// <param name="Result">r0, 64 bits: the program's result, or what it holds at a trap.</param>
/// <param name="ProgramCounter">The slot of the EXIT, or of the instruction that trapped.</param>
public readonly record struct RunResult(Trap? Trap, ulong Result, int ProgramCounter);

namespace RbpfSpec.Semantics.Machine;

/// <summary>Why the machine stops before an instruction, its state as it was before that instruction.</summary>
/// <remarks>
/// The C machines report these as negative numbers; those of Femto-Containers (<c>FC_*</c>), CertrBPF
/// (<c>BPF_*</c>) and the RIOT 2020 machine are given where they have one.
/// </remarks>
public enum Trap
{
    /// <summary>The slot at the program counter is no instruction of the profile. C machines: -1. Preflight excludes it.</summary>
    IllegalInstruction,

    /// <summary>The program counter is outside the program. C machines: -3; CertrBPF -5. Preflight excludes it.</summary>
    ProgramCounterOutside,

    /// <summary>The helper called is not granted to the program. C machines: -4. Preflight excludes it.</summary>
    UnknownHelper,

    /// <summary>A memory access is not within one region that grants it. C machines: -2.</summary>
    MemoryAccess,

    /// <summary>A memory access is not aligned to its size where the profile requires it. CertrBPF: -2.</summary>
    MemoryAlignment,

    /// <summary>A divisor is zero where the profile traps. Femto-Containers and CertrBPF: -9.</summary>
    DivisionByZero,

    /// <summary>A signed quotient does not fit where the profile traps. No rBPF machine has it; Solana's does.</summary>
    SignedOverflow,

    /// <summary>A shift amount is the width or more where the profile traps. CertrBPF: -10.</summary>
    ShiftAmount,

    /// <summary>A local call would exceed the greatest depth of frames.</summary>
    CallDepth,

    /// <summary>A branch or local call is taken after the last one that the budget grants. Femto-Containers: -8.</summary>
    BranchBudget,

    /// <summary>An instruction is reached after the last one that the budget grants. CertrBPF: -5.</summary>
    InstructionBudget,
}

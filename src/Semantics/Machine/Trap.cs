namespace RbpfSpec.Semantics.Machine;

/// <summary>Why the machine stops before an instruction, its state as it was before that instruction.</summary>
/// <remarks>Described, with the codes of the C machines, in <see cref="TrapTable"/>.</remarks>
public enum Trap
{
    /// <summary>No instruction of the profile. Preflight excludes it.</summary>
    IllegalInstruction,

    /// <summary>The program counter is outside the program. Preflight excludes it.</summary>
    ProgramCounterOutside,

    /// <summary>A function called that is not granted. Preflight excludes it.</summary>
    UnknownHelper,

    /// <summary>An access not within one region that grants it.</summary>
    MemoryAccess,

    /// <summary>An access not aligned to its size, where the profile requires it.</summary>
    MemoryAlignment,

    /// <summary>A zero divisor, where the profile traps.</summary>
    DivisionByZero,

    /// <summary>A signed quotient that does not fit, where the profile traps.</summary>
    SignedOverflow,

    /// <summary>A shift amount of the width or more, where the profile traps.</summary>
    ShiftAmount,

    /// <summary>A local call beyond the greatest depth of frames.</summary>
    CallDepth,

    /// <summary>A branch or local call taken after the last one granted.</summary>
    BranchBudget,

    /// <summary>An instruction reached after the last one granted.</summary>
    InstructionBudget,
}

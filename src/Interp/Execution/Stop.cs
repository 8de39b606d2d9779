using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Interp.Execution;

/// <summary>Why an engine stops, as the number that it returns.</summary>
internal static class Stop
{
    /// <summary>EXIT outside a local function: the program ends.</summary>
    public const ulong Exit = 0;

    /// <summary>A helper is called: the host acts, and the engine may go on after the step.</summary>
    public const ulong Call = 1;

    /// <summary>The number of the first trap; those of the others follow in the order of <see cref="Trap"/>.</summary>
    public const ulong FirstTrap = 2;

    /// <summary>No step; decoding makes none such.</summary>
    public const ulong IllegalInstruction = FirstTrap + (ulong)Trap.IllegalInstruction;

    /// <summary>A call of a function that is not there.</summary>
    public const ulong UnknownHelper = FirstTrap + (ulong)Trap.UnknownHelper;

    /// <summary>An access that no region grants.</summary>
    public const ulong MemoryAccess = FirstTrap + (ulong)Trap.MemoryAccess;

    /// <summary>An access that is granted, but not aligned.</summary>
    public const ulong MemoryAlignment = FirstTrap + (ulong)Trap.MemoryAlignment;

    /// <summary>A zero divisor.</summary>
    public const ulong DivisionByZero = FirstTrap + (ulong)Trap.DivisionByZero;

    /// <summary>A signed quotient that does not fit.</summary>
    public const ulong SignedOverflow = FirstTrap + (ulong)Trap.SignedOverflow;

    /// <summary>A shift amount of the width or more.</summary>
    public const ulong ShiftAmount = FirstTrap + (ulong)Trap.ShiftAmount;

    /// <summary>A local call beyond the greatest depth.</summary>
    public const ulong CallDepth = FirstTrap + (ulong)Trap.CallDepth;

    /// <summary>A taken branch or local call with none left.</summary>
    public const ulong BranchBudget = FirstTrap + (ulong)Trap.BranchBudget;

    /// <summary>An instruction with none left.</summary>
    public const ulong InstructionBudget = FirstTrap + (ulong)Trap.InstructionBudget;

    /// <summary>Compiled code can go on here; never seen outside of <see cref="Compiled.TieredProgram"/>.</summary>
    public const ulong Enter = InstructionBudget + 1;
}

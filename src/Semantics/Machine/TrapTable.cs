namespace RbpfSpec.Semantics.Machine;

/// <summary>A trap as people read it.</summary>
/// <param name="Trap">The trap.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Codes">What the C machines return for it, by machine; empty where none has it.</param>
public sealed record TrapDescription(Trap Trap, string Summary, Sequence<string> Codes);

/// <summary>Every trap, described.</summary>
public static class TrapTable
{
    /// <summary>The description of a trap.</summary>
    public static TrapDescription Of(Trap trap) => trap switch
    {
        Trap.IllegalInstruction => new(trap, "The slot at the program counter is no instruction of the profile.", All(-1)),
        Trap.ProgramCounterOutside => new(
            trap, "The program counter is outside the program.", [RiotCode(-3), FemtoContainersCode(-3), CertrBpfCode(-5)]),
        Trap.UnknownHelper => new(trap, "The function called is not granted to the program.", All(-4)),
        Trap.MemoryAccess => new(trap, "The memory access is not within one region that grants it.", All(-2)),
        Trap.MemoryAlignment => new(trap, "The address is not a multiple of the access size.", [CertrBpfCode(-2)]),
        Trap.DivisionByZero => new(trap, "The divisor is zero.", [FemtoContainersCode(-9), CertrBpfCode(-9)]),
        Trap.SignedOverflow => new(trap, "The quotient of the least number by -1 does not fit.", []),
        Trap.ShiftAmount => new(trap, "The shift amount is the width or more.", [CertrBpfCode(-10)]),
        Trap.CallDepth => new(trap, "The local call would exceed the greatest depth of frames.", []),
        Trap.BranchBudget => new(trap, "The budget has no branch or local call left.", [FemtoContainersCode(-8)]),
        Trap.InstructionBudget => new(trap, "The budget has no instruction left.", [CertrBpfCode(-5)]),
    };

    private static Sequence<string> All(int code) => [RiotCode(code), FemtoContainersCode(code), CertrBpfCode(code)];

    private static string RiotCode(int code) => $"RIOT 2020 {code}";

    private static string FemtoContainersCode(int code) => $"Femto-Containers {code}";

    private static string CertrBpfCode(int code) => $"CertrBPF {code}";
}

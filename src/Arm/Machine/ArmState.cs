namespace RbpfSpec.Arm.Machine;

/// <summary>The registers, flags and memory of a thread.</summary>
/// <param name="Registers">R0 to R14, 32 bits each; the two low bits of R13, the stack pointer, are zero.</param>
/// <param name="Flags">N, Z, C and V.</param>
/// <param name="Memory">The data memory.</param>
/// <param name="It">The IT block that the next instruction is in, if any.</param>
public sealed record ArmState<T>(Sequence<T> Registers, Flags<T> Flags, IDataMemory<T> Memory, ItState It = default)
    where T : IWord<T>
{
    /// <summary>The number of the stack pointer, SP.</summary>
    public const int StackPointer = 13;

    /// <summary>The number of the link register, LR.</summary>
    public const int Link = 14;

    /// <summary>The number of the program counter, PC, which is no part of the state.</summary>
    public const int ProgramCounter = 15;

    /// <summary>The state with a register written.</summary>
    public ArmState<T> With(int register, T value) => this with { Registers = Registers.With(register, value) };
}

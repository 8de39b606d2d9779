using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>The view of a rule: the state, where the instruction is, and whether its condition holds.</summary>
/// <param name="State">The state before.</param>
/// <param name="Address">The address of the instruction, 32 bits.</param>
/// <param name="When">Whether the condition of the IT block holds; rules ask it only of what they write to memory.</param>
internal readonly record struct Execution<T>(ArmState<T> State, T Address, Truth<T> When)
    where T : IWord<T>
{
    /// <summary>The effect that changes nothing.</summary>
    public Effect<T> Next => new(default, State, null);

    /// <summary>The value that the program counter reads as: the address of the instruction and four.</summary>
    public T ProgramCounter => After(4);

    /// <summary>The address of what follows an instruction of so many bytes.</summary>
    public T After(uint bytes) => Address + Arithmetic<T>.Constant(bytes);

    /// <summary>A register, the program counter among them.</summary>
    public T Read(int register) => register == ArmState<T>.ProgramCounter ? ProgramCounter : State.Registers[register];

    /// <summary>Whether an instruction with this setting sets the flags here.</summary>
    public bool Sets(FlagSetting setting) => setting switch
    {
        FlagSetting.Kept => false,
        FlagSetting.Set => true,
        FlagSetting.SetOutsideIt => !State.It.IsInBlock,
    };
}

using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>An instruction of ARMv7-M in Thumb-2: its operands and its rule.</summary>
/// <remarks>
/// The source is the ARMv7-M Architecture Reference Manual (DDI 0403), chapter A7. What an instruction looks like in
/// memory says the table of encodings. Registers are numbers: 13 is SP, 14 LR, 15 PC. Closed: every case is nested here
/// and sealed. Assumed of the processor: CCR.DIV_0_TRP and CCR.UNALIGN_TRP are 0, and it is in thread mode.
/// </remarks>
public abstract partial record Instruction
{
    /// <summary>In place of a register that an instruction does not have; the bits that stand there in 32-bit encodings.</summary>
    public const int None = 15;

    private Instruction()
    {
    }

    /// <summary>Which of its encodings it has.</summary>
    public Encoding Encoding { get; init; }

    /// <summary>Where in an IT block it may stand.</summary>
    public virtual Placement Placement => Placement.Anywhere;

    /// <summary>The effect of the instruction in a state.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="address">Its address, 32 bits.</param>
    public Effect<T> Execute<T>(ArmState<T> state, T address)
        where T : IWord<T> => Execute(state, address, state.It.Condition.Holds(state.Flags));

    /// <summary>The effect of the instruction in a state of which it is known whether the condition of the IT block holds.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="address">Its address, 32 bits.</param>
    /// <param name="when">Whether the condition holds; of an instruction in no block it does.</param>
    public Effect<T> Execute<T>(ArmState<T> state, T address, Truth<T> when)
        where T : IWord<T>
    {
        var isMisplaced = state.It.IsInBlock && (Placement is Placement.OutsideIt || (Placement is Placement.LastInIt && !state.It.IsLast));
        if (isMisplaced) return new Effect<T>(default, state, null).Unless(Truth<T>.Of(true), Fault.Unpredictable);
        var before = state with { It = state.It.Advanced };
        var effect = Apply(new Execution<T>(state, address, when));
        return (this is IfThen ? effect : effect with { State = effect.State with { It = before.It } }).If(when, before);
    }

    /// <summary>The rule, without the condition of an IT block.</summary>
    private protected abstract Effect<T> Apply<T>(in Execution<T> execution)
        where T : IWord<T>;
}

/// <summary>Where an instruction may stand with respect to IT blocks.</summary>
public enum Placement
{
    /// <summary>Anywhere.</summary>
    Anywhere,

    /// <summary>Outside a block, or as the last one of it.</summary>
    LastInIt,

    /// <summary>Outside a block.</summary>
    OutsideIt,
}

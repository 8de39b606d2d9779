namespace RbpfSpec.Arm.Machine;

/// <summary>A fault, and when an instruction raises it.</summary>
public readonly record struct Guard<T>(Truth<T> When, Fault Fault)
    where T : IWord<T>;

/// <summary>A branch: where <paramref name="Taken"/> holds, on to <paramref name="Target"/>; else to the next instruction.</summary>
/// <param name="Taken">Whether it is taken.</param>
/// <param name="Target">The address of the next instruction, 32 bits, even.</param>
public readonly record struct Jump<T>(Truth<T> Taken, T Target)
    where T : IWord<T>;

/// <summary>
/// The effect of an instruction: the fault of the first guard that holds, with the state as it was before; else the
/// next state and where it goes on.
/// </summary>
/// <remarks>State and jump are defined even where a guard holds, since operations are total; they are then meaningless.</remarks>
/// <param name="Guards">The faults, in order.</param>
/// <param name="State">The next state.</param>
/// <param name="Jump">The branch; null where the instruction is none.</param>
public sealed record Effect<T>(Sequence<Guard<T>> Guards, ArmState<T> State, Jump<T>? Jump)
    where T : IWord<T>
{
    /// <summary>This effect with a fault where <paramref name="when"/> holds and no earlier guard does.</summary>
    public Effect<T> Unless(Truth<T> when, Fault fault) =>
        when.IsKnown(out var holds) && !holds ? this : this with { Guards = Guards.Add(new(when, fault)) };

    /// <summary>This effect with a register written. What is written to the stack pointer loses its two low bits.</summary>
    public Effect<T> Write(int register, T value) => this with
    {
        State = State.With(register, register == ArmState<T>.StackPointer ? Arithmetic<T>.Aligned(value) : value),
    };

    /// <summary>This effect with the stack pointer, or another register, moved by a constant, which keeps its alignment.</summary>
    public Effect<T> Move(int register, T moved, ulong distance) =>
        distance % 4 == 0 ? this with { State = State.With(register, moved) } : Write(register, moved);

    /// <summary>This effect with flags set.</summary>
    public Effect<T> WithFlags(Flags<T> flags) => this with { State = State with { Flags = flags } };

    /// <summary>This effect with a branch to an address.</summary>
    public Effect<T> To(T target) => this with { Jump = new(Truth<T>.Of(true), target) };

    /// <summary>This effect with a branch that the lowest bit of the target says is to Thumb code.</summary>
    public Effect<T> Exchange(T target) => Unless(!Arithmetic<T>.Bit(target, 0), Fault.InvalidState)
        .To(target & Arithmetic<T>.Constant(0xfffffffe));

    /// <summary>This effect where a condition holds; else nothing but the next instruction.</summary>
    internal Effect<T> If(Truth<T> when, ArmState<T> before)
    {
        if (when.IsKnown(out var holds)) return holds ? this : new(default, before, null);
        var after = State;
        return new(
            Guards.Map(guard => guard with { When = when & guard.When }),
            State with
            {
                Registers = Sequence.Generate(
                    after.Registers.Count, number => T.Choose(when, after.Registers[number], before.Registers[number])),
                Flags = after.Flags.Or(when, before.Flags),
            },
            Jump is { } jump ? jump with { Taken = when & jump.Taken } : null);
    }
}

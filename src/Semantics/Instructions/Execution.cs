using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Instructions;

/// <summary>The fields of an instruction as words of their own widths.</summary>
/// <param name="Destination">4 bits.</param>
/// <param name="Source">4 bits.</param>
/// <param name="Offset">16 bits.</param>
/// <param name="Immediate">32 bits.</param>
/// <param name="NextImmediate">32 bits; zero unless the instruction is wide.</param>
public sealed record FieldWords<T>(
    T Destination, T Source, T Offset, T Immediate, T NextImmediate)
{
    /// <summary>The word of a field.</summary>
    public T this[Field field] => field switch
    {
        Field.Destination => Destination,
        Field.Source => Source,
        Field.Offset => Offset,
        Field.Immediate => Immediate,
        Field.NextImmediate => NextImmediate,
    };
}

/// <summary>One instruction about to execute: what a rule reads.</summary>
/// <param name="Form">The encoding.</param>
/// <param name="Fields">What varies in it.</param>
/// <param name="State">The state before.</param>
/// <param name="Profile">The machine variant.</param>
public readonly record struct Execution<T>(
    Form Form, FieldWords<T> Fields, State<T> State, Profile Profile)
    where T : IWord<T>
{
    /// <summary>The 64-bit value of the destination register.</summary>
    public T Destination => State.Registers.Read(Fields.Destination);

    /// <summary>The 64-bit value of the source register.</summary>
    public T Source => State.Registers.Read(Fields.Source);

    /// <summary>The second operand at the form's width: the source register's low bits, or the immediate, sign-extended.</summary>
    /// <remarks>RFC 9669 §4.1 and §4.3; zero for forms without one.</remarks>
    public T Operand
    {
        get => Form.Operand switch
        {
            SourceOperand.Register => Source.Low(Form.Width),
            SourceOperand.Immediate => Fields.Immediate.SignExtend(Width.Bits64).Low(Form.Width),
            SourceOperand.None => T.Zero(Form.Width),
        };
    }

    /// <summary>The state after the instruction, but for what else it writes: the program counter has moved on.</summary>
    public State<T> Advanced => State with { ProgramCounter = State.After(Form.Layout.Slots) };

    /// <summary>The outcome of going on with a value in a register.</summary>
    public Outcome<T> Write(T register, T value) => new Outcome<T>.Next(
        State with
        {
            ProgramCounter = State.After(Form.Layout.Slots),
            Registers = State.Registers.Write(register, value),
        });
}

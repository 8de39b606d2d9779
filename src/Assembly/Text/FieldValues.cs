using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Assembly.Text;

/// <summary>The fields of an instruction as signed numbers; those that its text does not say are zero.</summary>
internal readonly record struct FieldValues(int Destination, int Source, int Offset, int Immediate, int NextImmediate)
{
    /// <summary>The value of a field.</summary>
    public int this[Field field] => field switch
    {
        Field.Destination => Destination,
        Field.Source => Source,
        Field.Offset => Offset,
        Field.Immediate => Immediate,
        Field.NextImmediate => NextImmediate,
    };

    /// <summary>The unsigned number whose low half is imm and whose high half is next_imm.</summary>
    public ulong Wide => ((ulong)(uint)NextImmediate << 32) | (uint)Immediate;

    /// <summary>The fields that an instruction holds.</summary>
    public static FieldValues Of(Instruction instruction) => new(
        instruction.Destination.Number,
        instruction.Source.Number,
        instruction.Offset,
        instruction.Immediate,
        instruction.NextImmediate);

    /// <summary>The fields that hold a slot's 64 bits as one number.</summary>
    public static FieldValues Of(Slot slot) => default(FieldValues).WithWide(slot.Bits);

    /// <summary>These values but for one field.</summary>
    public FieldValues With(Field field, int value) => field switch
    {
        Field.Destination => this with { Destination = value },
        Field.Source => this with { Source = value },
        Field.Offset => this with { Offset = value },
        Field.Immediate => this with { Immediate = value },
        Field.NextImmediate => this with { NextImmediate = value },
    };

    /// <summary>These values but for imm and next_imm.</summary>
    public FieldValues WithWide(ulong value) =>
        this with { Immediate = unchecked((int)value), NextImmediate = (int)(value >> 32) };

    /// <summary>The instruction of an encoding with these fields.</summary>
    public Instruction ToInstruction(Form form) => Instruction.Of(
        form, new((byte)Destination), new((byte)Source), (short)Offset, Immediate, NextImmediate);
}

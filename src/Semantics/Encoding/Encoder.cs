using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Instructions as slots: the walk over an encoding's layout that the decoder takes the other way.</summary>
public static class Encoder
{
    /// <summary>The one slot of an instruction or, if it is wide, its two.</summary>
    public static Sequence<Slot> Encode(Instruction instruction)
    {
        var (first, second) = Slots<Word>(instruction.Form, instruction.Fields<Word>());
        return instruction.Form.Layout.IsWide ? [new(first.Value), new(second.Value)] : [new(first.Value)];
    }

    /// <summary>
    /// The 64-bit little-endian words of the slots of an encoding with the given fields; the second is zero unless it is wide.
    /// </summary>
    /// <remarks>Fields that the encoding does not use, or is selected by, are not read.</remarks>
    public static (T First, T Second) Slots<T>(Form form, FieldWords<T> fields)
        where T : IWord<T>
    {
        var first = new Slot<T>(
            T.Constant(form.Opcode, Width.Bits8), Bits(Field.Destination), Bits(Field.Source), Bits(Field.Offset), Bits(Field.Immediate));
        var second = new Slot<T>(
            T.Zero(Width.Bits8),
            T.Zero(Width.Bits4),
            T.Zero(Width.Bits4),
            T.Zero(Width.Bits16),
            Bits(Field.NextImmediate));
        return (first.Bits, second.Bits);

        T Bits(Field field) => form.Layout[field] switch
        {
            FieldUse.NamesRegister or FieldUse.HoldsValue => fields[field],
            FieldUse.Selects(var value) => T.Constant(value, field.Width()),
            FieldUse.Reserved => T.Zero(field.Width()),
        };
    }
}

using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Instructions as slots: the walk over an encoding's layout that the decoder takes the other way.</summary>
public static class Encoder
{
    /// <summary>The one slot of an instruction or, if it is wide, its two.</summary>
    public static Sequence<Slot> Encode(Instruction instruction)
    {
        var (first, second) = Slots<Word, Bit>(instruction.Form, instruction.Fields<Word, Bit>());
        return instruction.Form.Layout.IsWide ? [new(first.Value), new(second.Value)] : [new(first.Value)];
    }

    /// <summary>The 64-bit little-endian words of the slots of an encoding with the given fields; the second is zero unless it is wide.</summary>
    /// <remarks>Fields that the encoding does not use, or is selected by, are not read.</remarks>
    public static (TWord First, TWord Second) Slots<TWord, TBit>(Form form, FieldWords<TWord> fields)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var first = new Slot<TWord, TBit>(
            TWord.Constant(form.Opcode, Width.Bits8), Bits(Field.Destination), Bits(Field.Source), Bits(Field.Offset), Bits(Field.Immediate));
        var second = new Slot<TWord, TBit>(
            TWord.Zero(Width.Bits8),
            TWord.Zero(Width.Bits4),
            TWord.Zero(Width.Bits4),
            TWord.Zero(Width.Bits16),
            Bits(Field.NextImmediate));
        return (first.Bits, second.Bits);

        TWord Bits(Field field) => form.Layout[field] switch
        {
            FieldUse.NamesRegister or FieldUse.HoldsValue => fields[field],
            FieldUse.Selects(var value) => TWord.Constant(value, field.Width()),
            FieldUse.Reserved => TWord.Zero(field.Width()),
        };
    }
}

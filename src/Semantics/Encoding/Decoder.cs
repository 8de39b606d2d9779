using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Slots as instructions.</summary>
/// <remarks>RFC 9669 §3. What a slot may hold is layouts, data; the walk below and the prover's formulas read the same.</remarks>
public static class Decoder
{
    /// <summary>The encodings that a slot may be: those of its opcode if that is known, else all.</summary>
    public static Sequence<Form> Candidates<TWord, TBit>(Slot<TWord, TBit> slot)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => slot.Opcode.IsKnown(out var opcode)
            ? OperationTable.WithOpcode((byte)opcode)
            : OperationTable.Forms;

    /// <summary>Whether a slot has the opcode of an encoding and every field that selects it.</summary>
    public static TBit Matches<TWord, TBit>(Form form, Slot<TWord, TBit> slot)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var matches = TWord.Same(slot.Opcode, TWord.Constant(form.Opcode, Width.Bits8));
        foreach (var field in InSlot)
        {
            if (form.Layout[field] is FieldUse.Selects(var value))
                matches &= TWord.Same(slot[field], TWord.Constant(value, field.Width()));
        }

        return matches;
    }

    /// <summary>The encoding of a slot, if it has one; whether its other fields are well-formed is not asked.</summary>
    public static Form? FormOf(Slot slot)
    {
        foreach (var form in OperationTable.WithOpcode(slot.Opcode))
        {
            if (Matches(form, slot.Fields).Value) return form;
        }

        return null;
    }

    /// <summary>The fields of an instruction's slots as words that its rule reads, whatever its layout says of them.</summary>
    public static FieldWords<TWord> Fields<TWord, TBit>(Slot<TWord, TBit> slot, Slot<TWord, TBit> next)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        new(slot.Destination, slot.Source, slot.Offset, slot.Immediate, next.Immediate);

    /// <summary>The instruction of a slot and the one after it, as far as they are well-formed; else nothing.</summary>
    /// <remarks>The preflight check says what is wrong; a machine only needs to know that something is.</remarks>
    public static Instruction? Decode(Slot slot, Slot? next)
    {
        if (FormOf(slot) is not { } form) return null;
        var layout = form.Layout;
        if (!Fits(layout.Destination, slot.Destination) || !Fits(layout.Source, slot.Source)) return null;
        if (!Fits(layout.Offset, (ushort)slot.Offset) || !Fits(layout.Immediate, (uint)slot.Immediate)) return null;
        if (layout.IsWide && next is not { Opcode: 0, Destination: 0, Source: 0, Offset: 0 }) return null;
        var nextImmediate = layout.IsWide ? next.GetValueOrDefault().Immediate : 0;
        if (!Fits(layout.NextImmediate, (uint)nextImmediate)) return null;
        return Instruction.Of(
            form, new(slot.Destination), new(slot.Source), slot.Offset, slot.Immediate, nextImmediate);
    }

    /// <summary>The fields of a first slot that a layout speaks of.</summary>
    internal static Sequence<Field> InSlot { get; } = [Field.Destination, Field.Source, Field.Offset, Field.Immediate];

    private static bool Fits(FieldUse use, ulong value) => use switch
    {
        FieldUse.NamesRegister => value <= Register.Last,
        FieldUse.HoldsValue => true,
        FieldUse.Selects(var selected) => value == selected,
        FieldUse.Reserved => value == 0,
    };
}

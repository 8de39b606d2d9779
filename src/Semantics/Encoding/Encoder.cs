using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Instructions as slots: the walk over an encoding's layout that the decoder takes the other way.</summary>
public static class Encoder
{
    /// <summary>The one slot of an instruction or, if it is wide, its two.</summary>
    public static Sequence<Slot> Encode(Instruction instruction)
    {
        var form = instruction.Form;
        var layout = form.Layout;
        var first = Slot.Of(
            form.Opcode,
            (byte)Bits(layout.Destination, instruction.Destination.Number),
            (byte)Bits(layout.Source, instruction.Source.Number),
            (short)Bits(layout.Offset, (ulong)instruction.Offset),
            (int)Bits(layout.Immediate, (ulong)instruction.Immediate));
        return layout.IsWide
            ? [first, Slot.Of(0, 0, 0, 0, (int)Bits(layout.NextImmediate, (ulong)instruction.NextImmediate))]
            : [first];
    }

    private static ulong Bits(FieldUse use, ulong value) => use switch
    {
        FieldUse.NamesRegister => value,
        FieldUse.HoldsValue => value,
        FieldUse.Selects(var selected) => selected,
        FieldUse.Reserved => 0,
    };
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>Slots as instructions.</summary>
/// <remarks>RFC 9669 §3. What a slot may hold is layouts, data; the walk below and the prover's formulas read the same.</remarks>
public static class Decoder
{
    /// <summary>The fields of a first slot that a layout speaks of.</summary>
    public static Sequence<Field> InSlot { get; } = [Field.Destination, Field.Source, Field.Offset, Field.Immediate];

    /// <summary>The encodings that a slot may be: those of its opcode if that is known, else all.</summary>
    public static Sequence<Form> Candidates<T>(Slot<T> slot)
        where T : IWord<T> => slot.Opcode.IsKnown(out var opcode)
            ? OperationTable.WithOpcode((byte)opcode)
            : OperationTable.Forms;

    /// <summary>Whether a slot has the opcode of an encoding and every field that selects it.</summary>
    public static Truth<T> Matches<T>(Form form, Slot<T> slot)
        where T : IWord<T>
    {
        var matches = T.Same(slot.Opcode, T.Constant(form.Opcode, Width.Bits8));
        foreach (var field in InSlot)
        {
            if (form.Layout[field] is FieldUse.Selects(var value))
                matches &= T.Same(slot[field], T.Constant(value, field.Width()));
        }

        return matches;
    }

    /// <summary>The fields of an instruction's slots as words that its rule reads, whatever its layout says of them.</summary>
    public static FieldWords<T> Fields<T>(Slot<T> slot, Slot<T> next)
        where T : IWord<T> =>
        new(slot.Destination, slot.Source, slot.Offset, slot.Immediate, next.Immediate);

    /// <summary>The instruction at an index where every encoding check holds.</summary>
    internal static Instruction InstructionAt(Program program, int index)
    {
        var slot = program.Slots[index];
        foreach (var form in OperationTable.WithOpcode(slot.Opcode))
        {
            if (!Matches(form, slot.Fields).Value) continue;
            var next = form.Layout.IsWide ? program.Slots[index + 1].Immediate : 0;
            return Instruction.Of(
                form, new(slot.Destination), new(slot.Source), slot.Offset, slot.Immediate, next);
        }

        throw new ArgumentException("the slot has no encoding", nameof(index));
    }
}

using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Specification.Rules;

/// <summary>How encodings use their fields, as people read it.</summary>
public static class FieldText
{
    /// <summary>Every field that is not the opcode, in the order of the slots.</summary>
    public static Sequence<Field> All { get; } = [Field.Destination, Field.Source, Field.Offset, Field.Immediate, Field.NextImmediate];

    /// <summary>The registers or values that a field may hold; <c>-</c> where the encoding has no such field.</summary>
    public static string Of(Form form, Field field) => field is Field.NextImmediate && !form.Layout.IsWide
        ? "-"
        : form.Layout[field] switch
        {
            FieldUse.NamesRegister => "r0..r10",
            FieldUse.HoldsValue => "any",
            FieldUse.Selects(var value) => field is Field.Immediate && value > 64 ? $"0x{value:x}" : $"{value}",
            FieldUse.Reserved => "0",
        };
}

using System.Globalization;
using RbpfSpec.Assembly.Text;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>Parts as text.</summary>
internal static class PartPrinter
{
    /// <summary>The text of a part where fields have these values.</summary>
    public static string Print(Part part, FieldValues values) => part switch
    {
        Part.Fixed(var text) => text,
        Part.Name(var field, var prefix) => prefix + Decimal(values[field]),
        Part.Number(var field) => Decimal(values[field]),
        Part.WideNumber(var notation, _, _) => Print(notation, values.Wide),
        Part.Addend addend => Print(addend, values[addend.Field]),
        Part.Distance(var field, _) => Distance(values[field]),
        Part.Callee(var field) => Distance(values[field]),
    };

    /// <summary>A distance in slots with its sign, as in <c>+3</c>.</summary>
    public static string Distance(long slots) => slots.ToString("+0;-0;+0", CultureInfo.InvariantCulture);

    private static string Print(Notation notation, ulong value) => notation switch
    {
        Notation.Hexadecimal => "0x" + value.ToString("x", CultureInfo.InvariantCulture),
        Notation.Signed => Decimal((long)value),
        Notation.Unsigned => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Print(Part.Addend addend, int value) => value switch
    {
        > 0 => addend.Plus + Decimal(value),
        < 0 => addend.Minus + Decimal(-(long)value),
        0 => addend.Zero,
    };

    private static string Decimal(long value) => value.ToString(CultureInfo.InvariantCulture);
}

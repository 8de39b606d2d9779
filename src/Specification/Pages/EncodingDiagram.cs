using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Specification.Pages;

/// <summary>Encodings drawn bit by bit, a row each, the most significant bit on the left.</summary>
public static class EncodingDiagram
{
    private const string Bits = "63                  32 31              16 15    12 11     8 7      0";
    private const string Rule = "+---------------------+------------------+--------+--------+--------+";

    /// <summary>The drawing of encodings of one operation, in lines of at most 100 characters.</summary>
    public static IEnumerable<string> Of(IEnumerable<Form> forms)
    {
        yield return $" {Bits}";
        yield return Rule;
        yield return Row("imm", "offset", "src_reg", "dst_reg", "opcode");
        yield return Rule;
        foreach (var form in forms)
        {
            var row = Row(
                Use(form, Field.Immediate),
                Use(form, Field.Offset),
                Use(form, Field.Source),
                Use(form, Field.Destination),
                $"0x{form.Opcode:x2}");
            yield return $"{row}  {form.Id}";
            if (form.Layout.IsWide) yield return $"{Row(Use(form, Field.NextImmediate), "0", "0", "0", "0x00")}  the second slot: next_imm";
        }

        yield return Rule;
    }

    private static string Use(Form form, Field field) => FieldText.Of(form, field);

    private static string Row(string immediate, string offset, string source, string destination, string opcode) =>
        $"|{Centred(immediate, 21)}|{Centred(offset, 18)}|{Centred(source, 8)}|{Centred(destination, 8)}|{Centred(opcode, 8)}|";

    private static string Centred(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}

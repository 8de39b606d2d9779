using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Encodings;

/// <summary>Instructions to halfwords.</summary>
public static class Encoder
{
    private static readonly ILookup<Type, Row> Rows = EncodingTable.All.ToLookup(row => row.Instruction);

    /// <summary>
    /// The halfwords of an instruction, in the encoding that it says, or the shortest that holds its operands; null where
    /// none does.
    /// </summary>
    public static Sequence<ushort>? Find(Instruction instruction)
    {
        foreach (var row in Rows[instruction.GetType()])
        {
            if (row.Write(instruction) is not { } fields || row.Pattern.Write(fields) is not { } bits) continue;
            Sequence<ushort> halfwords = row.Pattern.Halfwords == 1 ? [(ushort)bits] : [(ushort)(bits >> 16), (ushort)bits];
            if (Decoder.Decode(halfwords[0], halfwords[^1]) is Decoded.Allowed allowed && Is(allowed.Instruction, instruction))
                return halfwords;
        }

        return null;
    }

    /// <summary>The halfwords of an instruction, as <see cref="Find"/> finds them.</summary>
    /// <exception cref="ArgumentException">No encoding holds the operands.</exception>
    public static Sequence<ushort> Encode(Instruction instruction) =>
        Find(instruction) ?? throw new ArgumentException($"no encoding holds {instruction}", nameof(instruction));

    private static bool Is(Instruction found, Instruction wanted) =>
        (wanted.Encoding is Encoding.Any ? found with { Encoding = Encoding.Any } : found) == wanted;
}

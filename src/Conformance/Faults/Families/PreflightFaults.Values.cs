using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Faults.Families;

internal static partial class PreflightFaults
{
    /// <summary>The values of the fields of an opcode that select an encoding, and those that select none and are to be tried.</summary>
    /// <remarks>
    /// Those near to a right value are tried of every opcode; of the others, opcodes with a field of one kind have each one
    /// in turn.
    /// </remarks>
    public static IEnumerable<(byte Opcode, Field Field, ulong Value)> Invalid()
    {
        foreach (var field in Decoder.InSlot)
        {
            var selecting = Enumerable
                .Range(0, 256)
                .Select(opcode => (Opcode: (byte)opcode, Valid: Valid((byte)opcode, field)))
                .Where(each => each.Valid.Count > 0);
            foreach (var peers in selecting.GroupBy(each => Least(field, each.Valid)).Select(same => same.ToList()))
            {
                foreach (var (place, (opcode, valid)) in peers.Index())
                {
                    var values = Near(field, valid)
                        .Concat(Others(field, valid).Distinct().Where((_, index) => index % peers.Count == place));
                    foreach (var value in values.Distinct().Where(value => !valid.Contains(value) && value <= field.Width().Mask).Order())
                        yield return (opcode, field, value);
                }
            }
        }
    }

    /// <summary>The values of a field that is not used, and has to be 0.</summary>
    public static ulong[] Reserved(Field field) => field switch
    {
        Field.Destination or Field.Source => [1, 2, 4, 8, 15],
        Field.Offset => [1, 0x80, 0x100, 0x8000, 0xffff],
        _ => [1, 0x80, 0x100, 0x1_0000, 0x8000_0000],
    };

    /// <summary>The values of a field that select an encoding of the same class, though this encoding does not use the field.</summary>
    public static IReadOnlyList<ulong> OfOthers(Form form, Field field) =>
    [
        .. OperationTable.Forms.Where(other => other.Class == form.Class).Select(other => other.Layout[field]).OfType<FieldUse.Selects>()
            .Select(use => use.Value).Where(value => value != 0).Distinct().Order(),
    ];

    /// <summary>The values of src_reg with which a call is none.</summary>
    public static IEnumerable<byte> NoCalls => Enumerable.Range(2, 14).Select(source => (byte)source);

    private static HashSet<ulong> Valid(byte opcode, Field field) =>
        [.. OperationTable.WithOpcode(opcode).Select(form => form.Layout[field]).OfType<FieldUse.Selects>().Select(use => use.Value)];

    private static IEnumerable<ulong> Near(Field field, HashSet<ulong> valid)
    {
        if (field is Field.Source or Field.Destination) return Enumerable.Range(0, 16).Select(value => (ulong)value);
        var all = field.Width().Mask;
        return valid.Where(value => value != 0 || field is Field.Immediate).SelectMany(value => (ulong[])
            [value | 0x100, value | 0x8000, all - value + 1, value | ((all >> 1) + 1), value | 0x1_0000, value << 8, value + 1, value - 1]);
    }

    private static IEnumerable<ulong> Others(Field field, HashSet<ulong> valid)
    {
        if (field is Field.Source or Field.Destination) return [];
        var all = field.Width().Mask;
        return
        [
            .. Enumerable.Range(0, Least(field, valid)).Select(value => (ulong)value),
            12, 15, 24, 31, 48, 63, 64, 65, 80, 96, 112, 127, 128, 255, 256, 257, all,
            all >> 1,
            (all >> 1) + 1,
        ];
    }

    // An atomic operation's imm is told from all others of a byte, a byte swap's and an offset from those around them.
    private static int Least(Field field, HashSet<ulong> valid) =>
        field is Field.Immediate ? valid.Count > 4 ? 256 : 20 : valid.Count > 2 ? 34 : 10;
}

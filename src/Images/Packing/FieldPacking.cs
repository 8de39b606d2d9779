using System.Buffers.Binary;

namespace RbpfSpec.Images.Packing;

/// <summary>Slots without the fields that their opcode does not use, and with numbers in as few bytes as they need.</summary>
/// <remarks>
/// A slot is its opcode, then those of registers, offset and immediate that instructions with this opcode have. A slot in
/// which a field is set that would be left out has the opcode <see cref="Whole"/> before its own, and all fields. So every
/// slot has a form, and the form of a slot does not depend on others. Chosen by measurement among columns a field, differences
/// to the slot before, other orders and other numbers; the first was best or within half a percent, and is the simplest.
/// </remarks>
internal static class FieldPacking
{
    /// <summary>The byte before the opcode of a slot that has all its fields; no instruction has this opcode.</summary>
    public const byte Whole = 0xff;

    private const int OffsetAt = 2;
    private const int ImmediateAt = 4;

    /// <summary>The fields that instructions with an opcode have, others being zero in every instruction of RFC 9669.</summary>
    public static SlotFields Of(byte opcode)
    {
        var immediate = (opcode & 0x08) is 0 ? SlotFields.Immediate : SlotFields.None;
        return opcode switch
        {
            // The second slot of a wide instruction, EXIT, JA of either kind, NEG, CALL, and the byte orders.
            0x00 or 0x06 => SlotFields.Immediate,
            0x95 => SlotFields.None,
            0x05 => SlotFields.Offset,
            0x84 or 0x87 => SlotFields.Registers,
            0x85 or 0xdc => SlotFields.Registers | SlotFields.Immediate,
            _ => (opcode & 0x07) switch
            {
                0 => SlotFields.Registers | SlotFields.Immediate,
                1 => SlotFields.Registers | SlotFields.Offset,
                2 => SlotFields.All,
                3 => opcode >= 0xc0 ? SlotFields.All : SlotFields.Registers | SlotFields.Offset,
                5 or 6 => SlotFields.Registers | SlotFields.Offset | immediate,
                _ => SlotFields.Registers | immediate,
            },
        };
    }

    /// <summary>Whether the packed form of a slot has all fields: one is set that instructions with its opcode do not have.</summary>
    /// <param name="fields">The fields that they have.</param>
    /// <param name="opcode">The opcode.</param>
    /// <param name="registers">Both registers.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="immediate">The immediate.</param>
    public static bool IsWhole(SlotFields fields, byte opcode, byte registers, short offset, int immediate)
    {
        var set = (registers == 0 ? SlotFields.None : SlotFields.Registers) | (offset == 0 ? SlotFields.None : SlotFields.Offset)
            | (immediate == 0 ? SlotFields.None : SlotFields.Immediate);
        return opcode == Whole || (set | fields) != fields;
    }

    /// <summary>The packed form of whole slots.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> slots)
    {
        var packed = new List<byte>(slots.Length);
        for (; !slots.IsEmpty; slots = slots[ProgramSlots.Size..])
        {
            var (opcode, registers) = (slots[0], slots[1]);
            var offset = BinaryPrimitives.ReadInt16LittleEndian(slots[OffsetAt..]);
            var immediate = BinaryPrimitives.ReadInt32LittleEndian(slots[ImmediateAt..]);
            var fields = Of(opcode);
            if (IsWhole(fields, opcode, registers, offset, immediate))
            {
                packed.Add(Whole);
                fields = SlotFields.All;
            }

            packed.Add(opcode);
            if (fields.HasFlag(SlotFields.Registers)) packed.Add(registers);
            if (fields.HasFlag(SlotFields.Offset)) AddNumber(packed, PackedNumber.OfOffset(offset));
            if (fields.HasFlag(SlotFields.Immediate)) AddNumber(packed, PackedNumber.OfImmediate(immediate));
        }

        return [.. packed];
    }

    /// <summary>Reads a slot.</summary>
    /// <param name="source">The stream, at the slot's first byte.</param>
    /// <param name="slot">Its 8 bytes.</param>
    /// <param name="problem">What is wrong; null where the stream ends.</param>
    public static bool TryUnpack(ref PackedStream source, scoped Span<byte> slot, out string? problem)
    {
        problem = null;
        if (!source.TryNext(out var opcode)) return false;
        var fields = Of(opcode);
        if (opcode is Whole)
        {
            fields = SlotFields.All;
            if (!source.TryNext(out opcode)) return false;
        }

        var registers = (byte)0;
        var (offset, immediate) = (0u, 0u);
        if (fields.HasFlag(SlotFields.Registers) && !source.TryNext(out registers)) return false;
        if (fields.HasFlag(SlotFields.Offset) && !TryNumber(ref source, ushort.MaxValue, out offset, out problem)) return false;
        if (fields.HasFlag(SlotFields.Immediate) && !TryNumber(ref source, uint.MaxValue, out immediate, out problem)) return false;
        (slot[0], slot[1]) = (opcode, registers);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[OffsetAt..], (ushort)PackedNumber.Signed(offset));
        BinaryPrimitives.WriteUInt32LittleEndian(slot[ImmediateAt..], PackedNumber.Signed(immediate));
        return true;
    }

    /// <summary>Adds a number in groups of 7 bits, the least significant first; all bytes but the last have the top bit set.</summary>
    public static void AddNumber(List<byte> bytes, uint number)
    {
        byte group;
        do
        {
            group = PackedNumber.Group(number);
            number = PackedNumber.Rest(number);
            bytes.Add(group);
        }
        while (PackedNumber.Continues(group));
    }

    /// <summary>Reads a number in groups of 7 bits.</summary>
    /// <param name="source">The stream, at the number's first byte.</param>
    /// <param name="most">The largest that it may be.</param>
    /// <param name="number">The number.</param>
    /// <param name="problem">What is wrong; null where the stream ends.</param>
    public static bool TryNumber(ref PackedStream source, uint most, out uint number, out string? problem)
    {
        (number, problem) = (0, null);
        var sum = 0UL;
        for (var group = 0; group < PackedNumber.MostGroups; group++)
        {
            if (!source.TryNext(out var value)) return false;
            sum = PackedNumber.With(sum, value, group);
            if (PackedNumber.Continues(value)) continue;
            if (sum > most) problem = $"a number is {sum}; at most {most} is expected";
            number = (uint)sum;
            return problem is null;
        }

        problem = $"a number does not end within {PackedNumber.MostGroups} bytes";
        return false;
    }
}

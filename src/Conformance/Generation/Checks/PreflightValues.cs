using RbpfSpec.Conformance.Faults.Families;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Checks;

/// <summary>
/// The values that fields must not hold, program lengths, and programs that are right though machines have rejected them.
/// </summary>
internal static class PreflightValues
{
    private static readonly Slot Exit = Encoder.Encode(SupportCode.Exit)[0];

    /// <summary>
    /// The values to try of a field that an encoding does not use: 1, of the others one, so that each class of opcodes has
    /// all, and one that selects another encoding of the class.
    /// </summary>
    public static IEnumerable<ulong> OfReserved(Form form, Field field)
    {
        var values = PreflightFaults.Reserved(field);
        var peers = OperationTable
            .Forms.Where(other => other.Class == form.Class && other.Needs.IsEmpty && other.Layout[field] is FieldUse.Reserved)
            .ToList();
        var place = peers.FindIndex(other => other.Id == form.Id);
        var own = place + 1 < values.Length ? values[place + 1] : values[0];
        yield return values[0];
        if (own != values[0]) yield return own;

        // What another encoding of the class has there, each in turn.
        List<ulong> others = [.. PreflightFaults.OfOthers(form, field).Where(value => value != 1)];
        if (others.Count > 0 && others[place % others.Count] is var other && other != own) yield return other;
    }

    /// <summary>The surplus that the second slot of a wide instruction may hold, each with its bits.</summary>
    public static IEnumerable<(string, ulong)> SecondSlots =>
    [
        .. ((ulong[])[0x95, 0xb7, 0x05, 0x85, 0x07, 0x01, 0xff]).Select(opcode => ($"opcode 0x{opcode:x}", opcode)),
        .. ((ulong[])[2, 4, 8, 15]).Select(register => ($"dst_reg {register}", register << 8)),
        .. ((ulong[])[2, 4, 8, 15]).Select(register => ($"src_reg {register}", register << 12)),
        .. ((ulong[])[0x80, 0x100, 0x8000, 0xffff]).Select(offset => ($"offset 0x{offset:x}", offset << 16)),
    ];

    /// <summary>
    /// Where the second slot of a wide instruction stands that a jump leads into: each bit of a byte, and around the ends
    /// of words.
    /// </summary>
    public static IEnumerable<int> SecondSlotPlaces =>
        [.. Enumerable.Range(2, 8), 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 257];

    /// <summary>Programs whose length is not right.</summary>
    public static IEnumerable<(string What, Sequence<byte> Code)> Lengths()
    {
        byte[] right = [.. new Program([Slot.Of(0xb7, 0, 0, 0, 7), Exit]).ToBytes()];
        for (var count = 1; count < 8; count++)
            yield return ($"a program of 16 bytes and {count} more", Sequence.Of<byte>([.. right, .. new byte[count]]));
        yield return ("a program of 12 bytes, the last of which could be EXIT's", Sequence.Of<byte>(right.AsSpan(0, 12)));
        for (var count = 1; count < 8; count += 3) yield return ($"a program of {count} bytes", Sequence.Of<byte>(right.AsSpan(0, count)));
    }

    /// <summary>Programs that are right.</summary>
    public static IEnumerable<(string Check, string What, Sequence<Slot> Slots, Setting Setting)> Accepted()
    {
        yield return ("end", "JA32 at the end", [Slot.Of(0x05, 0, 0, 1, 0), Exit, Slot.Of(0x06, 0, 0, 0, -2)], Setting.Plain);
        yield return ("end", "code after EXIT that nothing reaches", [Slot.Of(0xb7, 0, 0, 0, 7), Exit, Exit], Setting.Plain);
        yield return ("end", "a program of two slots", [Slot.Of(0xb7, 0, 0, 0, 7), Exit], Setting.Plain);
        yield return (
            "wide/whole",
            "wide instructions in a row",
            [
                Slot.Of(0x18, 1, 0, 0, 1),
                Slot.Of(0, 0, 0, 0, 2),
                Slot.Of(0x18, 0, 0, 0, 3),
                Slot.Of(0, 0, 0, 0, 4),
                Slot.Of(0x0f, 0, 1, 0, 0),
                Exit,
            ],
            Setting.Plain);
        yield return (
            "wide/opcode",
            "a second slot whose imm looks like a wide instruction",
            [Slot.Of(0x18, 0, 0, 0, 1), Slot.Of(0, 0, 0, 0, 0x18), Exit],
            Setting.Plain);
        foreach (var form in OperationTable.Forms)
        {
            if (form.Operation is not (MemoryOperation or AtomicOperation) || form.Width.Bits is 8) continue;
            var isLoad = form.Operation is MemoryOperation { Kind: Access.Read };
            var instruction = isLoad
                ? Instruction.Of(form, new(0), Register.FramePointer, -17)
                : Instruction.Of(form, Register.FramePointer, new(2), -17);
            yield return (
                "register/src_reg",
                $"{form.Id} at an address that is not aligned, below r10",
                [
                    Slot.Of(0x7a, 10, 0, -24, 0x1122_3344),
                    Slot.Of(0x7a, 10, 0, -16, 0x5566_7788),
                    Slot.Of(0xb7, 0, 0, 0, 0),
                    Slot.Of(0xb7, 2, 0, 0, 5),
                    Encoder.Encode(instruction)[0],
                    Exit,
                ],
                Setting.Plain);
        }
    }
}

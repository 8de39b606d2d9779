namespace RbpfSpec.Arm.Encodings;

/// <summary>Halfwords to instructions, strictly: what the architecture leaves open is refused.</summary>
public static class Decoder
{
    // The rows that a first halfword may begin, by its ten high bits; patterns tell instructions apart by more than those.
    private static readonly Row[][] Buckets =
        [.. Enumerable.Range(0, 1024).Select(high => EncodingTable.All.Where(row => MayBegin(row, high)).ToArray())];

    /// <summary>The number of bytes of the instruction that a halfword begins: 2 or 4.</summary>
    public static int Length(ushort first) => first >> 11 is 0b11101 or 0b11110 or 0b11111 ? 4 : 2;

    /// <summary>The instruction that one or two halfwords are, or why they are none.</summary>
    /// <param name="first">The halfword at the lower address.</param>
    /// <param name="second">The next one; of no meaning where the first is an instruction of its own.</param>
    public static Decoded Decode(ushort first, ushort second)
    {
        var length = Length(first);
        var bits = length == 2 ? first : ((uint)first << 16) | second;
        foreach (var row in Buckets[first >> 6])
        {
            if (!row.Pattern.Matches(bits) || row.Read(row.Pattern.Read(bits)) is not { } instruction) continue;
            return !row.Pattern.KeepsReserved(bits)
                ? new Decoded.Refused(RefusalKind.ReservedBit, "a bit that should be zero or one is not", length)
                : row.Unpredictable(instruction) is { } reason
                    ? new Decoded.Refused(RefusalKind.Unpredictable, reason, length)
                    : new Decoded.Allowed(instruction, length);
        }

        return new Decoded.Refused(RefusalKind.Unknown, "no instruction of the set", length);
    }

    /// <summary>The instruction at a place in code, or why there is none.</summary>
    /// <param name="code">The bytes.</param>
    /// <param name="offset">Where it begins; two bytes are there.</param>
    public static Decoded Decode(ReadOnlySpan<byte> code, int offset)
    {
        var first = BitConverter.ToUInt16(code[offset..]);
        if (Length(first) == 2) return Decode(first, 0);
        return code.Length < offset + 4
            ? new Decoded.Refused(RefusalKind.Unknown, "the code ends in the middle of an instruction", 4)
            : Decode(first, BitConverter.ToUInt16(code[(offset + 2)..]));
    }

    private static bool MayBegin(Row row, int high) =>
        Enumerable.Range(0, 64).Any(low => Length((ushort)((high << 6) | low)) == 2 * row.Pattern.Halfwords
            && row.Pattern.MayBegin((ushort)((high << 6) | low)));
}

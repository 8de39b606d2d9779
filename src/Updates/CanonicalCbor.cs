using System.Text;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates;

/// <summary>Looks whether bytes are one item of CBOR in canonical form, and says where they are not.</summary>
/// <remarks>
/// Definite lengths, each number in its shortest form, the keys of a map in order and each once: for the keys that an update has, the order
/// of CTAP2 is that of RFC 8949 §4.2.1. Of the types only those count that an update has: numbers, byte strings, texts in UTF-8, arrays and
/// maps.
/// </remarks>
internal static class CanonicalCbor
{
    // Deeper than an update; it bounds the recursion.
    private const int Deepest = 8;

    /// <summary>The first place that is wrong; null if none is.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="origin">Where they begin in the whole that is read, in bytes; places are said from there.</param>
    public static Verification.Refused? Problem(ReadOnlySpan<byte> bytes, int origin = 0)
    {
        var at = 0;
        if (Item(bytes, ref at, origin, depth: 0) is { } problem) return problem;
        return at == bytes.Length
            ? null
            : Refused(UpdateRefusal.Malformed, origin + at, $"{bytes.Length - at} bytes behind the end");
    }

    private static Verification.Refused? Item(ReadOnlySpan<byte> bytes, ref int at, int origin, int depth)
    {
        var start = origin + at;
        if (depth > Deepest) return Refused(UpdateRefusal.Malformed, start, $"nested more than {Deepest} deep");
        if (Head(bytes, ref at, origin, out var major, out var value) is { } problem) return problem;
        switch (major)
        {
            case 0 or 1:
                return null;
            case 2 or 3 when value > (ulong)(bytes.Length - at):
                return Short(start, value, bytes.Length - at);
            case 2:
                at += (int)value;
                return null;
            case 3:
                var text = bytes.Slice(at, (int)value);
                at += (int)value;
                return IsUtf8(text) ? null : Refused(UpdateRefusal.NotCanonical, start, "a text that is not UTF-8");
            case 4:
                return Items(bytes, ref at, origin, depth, value);
            default:
                return Entries(bytes, ref at, origin, depth, value);
        }
    }

    private static Verification.Refused? Items(ReadOnlySpan<byte> bytes, ref int at, int origin, int depth, ulong count)
    {
        for (var i = 0ul; i < count; i++)
        {
            if (Item(bytes, ref at, origin, depth + 1) is { } problem) return problem;
        }

        return null;
    }

    private static Verification.Refused? Entries(ReadOnlySpan<byte> bytes, ref int at, int origin, int depth, ulong count)
    {
        var last = ReadOnlySpan<byte>.Empty;
        for (var i = 0ul; i < count; i++)
        {
            var start = at;
            if (Item(bytes, ref at, origin, depth + 1) is { } wrongKey) return wrongKey;
            var key = bytes[start..at];
            if (i > 0 && key.SequenceEqual(last)) return Refused(UpdateRefusal.NotCanonical, origin + start, "a key that came before");
            if (i > 0 && Compare(key, last) < 0)
                return Refused(UpdateRefusal.NotCanonical, origin + start, "a key that is out of order");
            last = key;
            if (Item(bytes, ref at, origin, depth + 1) is { } wrongValue) return wrongValue;
        }

        return null;
    }

    // By type, then by length, then by the bytes.
    private static int Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        (one[0] >> 5, one.Length, one.SequenceCompareTo(other)).CompareTo((other[0] >> 5, other.Length, 0));

    // The first byte of an item, and its number.
    private static Verification.Refused? Head(ReadOnlySpan<byte> bytes, ref int at, int origin, out int major, out ulong value)
    {
        (major, value) = (0, 0);
        var start = origin + at;
        if (at >= bytes.Length) return Refused(UpdateRefusal.CutShort, start, "the end, where an item is awaited");
        var first = bytes[at++];
        major = first >> 5;
        var detail = first & 0x1f;
        if (major > 5) return Refused(UpdateRefusal.Malformed, start, $"0x{first:x2}; expected a number, bytes, a text, an array or a map");
        if (detail == 31) return Refused(UpdateRefusal.NotCanonical, start, "a length that is not definite");
        if (detail > 27) return Refused(UpdateRefusal.Malformed, start, $"0x{first:x2}, which CBOR reserves");
        value = (ulong)detail;
        if (detail < 24) return null;
        var count = 1 << (detail - 24);
        if (count > bytes.Length - at) return Short(start, (ulong)count, bytes.Length - at);
        value = 0;
        for (var i = 0; i < count; i++) value = (value << 8) | bytes[at++];
        var isShortest = count == 1 ? value >= 24 : value >> (count * 4) != 0;
        return isShortest
            ? null
            : Refused(UpdateRefusal.NotCanonical, start, $"the number {value} in {count + 1} bytes, which needs fewer");
    }

    private static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out _, out var count) != System.Buffers.OperationStatus.Done) return false;
            text = text[count..];
        }

        return true;
    }

    private static Verification.Refused Short(int start, ulong said, int left) =>
        Refused(UpdateRefusal.CutShort, start, $"an item of {said} bytes more, of which {left} came");

    private static Verification.Refused Refused(UpdateRefusal reason, int at, string problem) => new(reason, $"byte {at}: {problem}");
}

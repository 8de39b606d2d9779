namespace RbpfSpec.Images.Packing;

/// <summary>heatshrink's LZSS: streams that the reference encoder and decoder (Atomic Object's, in C) read and write, too.</summary>
/// <remarks>
/// A stream is a sequence of tokens, most significant bit first: a one and the 8 bits of a byte, or a zero, the distance
/// less one, and the length less one, of bytes that stood before. Before the first byte stand zeros. Zero bits fill the last
/// byte.
/// </remarks>
public static class Heatshrink
{
    /// <summary>The bits of a single byte in the stream.</summary>
    internal const int LiteralCost = 9;

    /// <summary>The shortest stream that says some bytes.</summary>
    /// <remarks>
    /// The time grows with the length times the size of the window. Of several streams of one length it is the one whose
    /// matches are longest first, and nearest.
    /// </remarks>
    public static byte[] Encode(ReadOnlySpan<byte> bytes, HeatshrinkWindow window)
    {
        var (lengths, distances) = Matches(bytes, window);
        Choose(lengths, window);
        var bits = new BitWriter();
        for (var at = 0; at < bytes.Length;)
        {
            if (lengths[at] == 0)
            {
                bits.Write(0x100u | bytes[at], LiteralCost);
                at++;
            }
            else
            {
                bits.Write((uint)distances[at] - 1, 1 + window.WindowBits);
                bits.Write((uint)lengths[at] - 1, window.LookaheadBits);
                at += lengths[at];
            }
        }

        return bits.ToArray();
    }

    /// <summary>The bytes that a stream says up to its last whole token, as the reference decoder reads it.</summary>
    /// <param name="stream">The stream; what is left of it behind the last token is no part of it.</param>
    /// <param name="window">What it was encoded with: a stream does not tell.</param>
    /// <param name="most">The most bytes to yield.</param>
    /// <returns>The bytes; null if there are more than <paramref name="most"/>.</returns>
    public static byte[]? Decode(ReadOnlySpan<byte> stream, HeatshrinkWindow window, int most = ImageFile.MaximumSize)
    {
        var source = new PackedStream(stream, window);
        var bytes = new List<byte>();
        while (source.TryNext(out var value))
        {
            if (bytes.Count == most) return null;
            bytes.Add(value);
        }

        return [.. bytes];
    }

    // For each place the longest match that begins there, and its distance: the least of that length.
    private static (int[] Lengths, int[] Distances) Matches(ReadOnlySpan<byte> bytes, HeatshrinkWindow window)
    {
        var (lengths, distances) = (new int[bytes.Length], new int[bytes.Length]);

        // Zeros stand before the first byte.
        var known = new byte[window.Size + bytes.Length];
        bytes.CopyTo(known.AsSpan(window.Size));
        for (var at = 0; at < bytes.Length; at++)
        {
            var ahead = known.AsSpan(window.Size + at, Math.Min(window.LongestMatch, bytes.Length - at));
            for (var distance = 1; distance <= window.Size && lengths[at] < ahead.Length; distance++)
            {
                var length = known.AsSpan(window.Size + at - distance).CommonPrefixLength(ahead);
                if (length > lengths[at]) (lengths[at], distances[at]) = (length, distance);
            }
        }

        return (lengths, distances);
    }

    // From the last place to the first: the length of the token there with which the rest takes the fewest bits; 0 is a single byte.
    private static void Choose(int[] lengths, HeatshrinkWindow window)
    {
        var cost = new long[lengths.Length + 1];
        for (var at = lengths.Length - 1; at >= 0; at--)
        {
            var longest = lengths[at];
            (cost[at], lengths[at]) = (LiteralCost + cost[at + 1], 0);
            for (var length = 1; length <= longest; length++)
            {
                var other = window.MatchCost + cost[at + length];
                if (other <= cost[at]) (cost[at], lengths[at]) = (other, length);
            }
        }
    }

    private sealed class BitWriter
    {
        private readonly List<byte> bytes = [];
        private int used = 8;

        public void Write(uint value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
            {
                if (used == 8)
                {
                    bytes.Add(0);
                    used = 0;
                }

                bytes[^1] |= (byte)(((value >> bit) & 1) << (7 - used));
                used++;
            }
        }

        public byte[] ToArray() => [.. bytes];
    }
}

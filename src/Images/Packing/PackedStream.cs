namespace RbpfSpec.Images.Packing;

/// <summary>The bytes that a stream says, one after the other; of the past it remembers a window and no more.</summary>
/// <remarks>As a device reads it: no step depends on more than the window, the next bits, and the match being copied.</remarks>
internal ref struct PackedStream
{
    private readonly ReadOnlySpan<byte> input;
    private readonly HeatshrinkWindow? coding;
    private readonly byte[] window;
    private long bit;
    private int head;
    private int distance;

    /// <summary>A stream in heatshrink's coding, or one that is the bytes themselves.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="coding">The window it was encoded with; null if it is the bytes themselves.</param>
    public PackedStream(ReadOnlySpan<byte> input, HeatshrinkWindow? coding)
    {
        this.input = input;
        this.coding = coding;
        window = coding is { } sizes ? new byte[sizes.Size] : [];
    }

    /// <summary>How many bytes of the match that was read last are still to come.</summary>
    public int Copying { get; private set; }

    /// <summary>How many bytes of the input are used, the one included of which only some bits are.</summary>
    public readonly int Used => Places.Taken(bit);

    /// <summary>Whether zeros alone fill the last byte that is used.</summary>
    public readonly bool IsFilledWithZeros => bit % Places.ByteBits is 0
        || (byte)(input[Used - 1] << (int)(bit % Places.ByteBits)) is 0;

    /// <summary>The next byte; false where the input has no further whole token.</summary>
    public bool TryNext(out byte value)
    {
        value = 0;
        if (coding is not { } sizes) return TryBits(Places.ByteBits, out value);
        if (Copying is 0)
        {
            var start = bit;
            if (!TryBits(1, out int isLiteral)) return false;
            if (isLiteral is 1)
            {
                if (TryBits(Places.ByteBits, out value)) return Remember(value);
                bit = start;
                return false;
            }

            if (!TryBits(sizes.WindowBits, out distance) || !TryBits(sizes.LookaheadBits, out int length))
            {
                bit = start;
                return false;
            }

            (distance, Copying) = (Places.Count(distance), Places.Count(length));
        }

        Copying--;
        value = window[Places.Before(head, distance, window.Length)];
        return Remember(value);
    }

    private bool Remember(byte value)
    {
        window[head] = value;
        head = Places.After(head, window.Length);
        return true;
    }

    private bool TryBits(int count, out byte value)
    {
        var isThere = TryBits(count, out int bits);
        value = (byte)bits;
        return isThere;
    }

    private bool TryBits(int count, out int value)
    {
        value = 0;
        if (!Places.AreThere(bit, count, input.Length)) return false;
        for (; count > 0; count--, bit++)
            value = (value << 1) | Places.BitOf(input[Places.ByteOf(bit)], bit);
        return true;
    }
}

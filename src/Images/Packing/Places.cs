namespace RbpfSpec.Images.Packing;

/// <summary>The places at which a reader of packed programs reads and writes.</summary>
/// <remarks>Functions of numbers without loops: claims are about their compiled code, for all numbers.</remarks>
internal static class Places
{
    /// <summary>The bits of a byte.</summary>
    public const int ByteBits = 1 << ByteShift;

    private const int ByteShift = 3;
    private const int SlotShift = 3;

    /// <summary>Where in the window the byte stands that was said some bytes before.</summary>
    /// <param name="head">Where the next byte goes.</param>
    /// <param name="distance">How many bytes before: 1 to the size.</param>
    /// <param name="size">The bytes of the window, a power of two.</param>
    public static int Before(int head, int distance, int size) => (head - distance) & (size - 1);

    /// <summary>Where in the window the byte after the next one goes.</summary>
    /// <param name="head">Where the next byte goes.</param>
    /// <param name="size">The bytes of the window, a power of two.</param>
    public static int After(int head, int size) => (head + 1) & (size - 1);

    /// <summary>The distance or the length of a match, which the stream says less 1.</summary>
    /// <param name="bits">What the stream says.</param>
    public static int Count(int bits) => bits + 1;

    /// <summary>Whether some bits from a bit on are there.</summary>
    /// <param name="bit">The number of bits before.</param>
    /// <param name="count">How many bits.</param>
    /// <param name="length">The bytes of the input.</param>
    public static bool AreThere(long bit, int count, int length) => bit + count <= (long)length << ByteShift;

    /// <summary>The byte of the input that a bit is in.</summary>
    /// <param name="bit">The number of bits before.</param>
    public static int ByteOf(long bit) => (int)(bit >> ByteShift);

    /// <summary>A bit of a byte: the most significant is the first.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="bit">The number of bits before, in the whole input.</param>
    public static int BitOf(int value, long bit) => (value >> (ByteBits - 1 - (int)(bit & (ByteBits - 1)))) & 1;

    /// <summary>How many bytes some bits take, the one included of which only some bits are.</summary>
    /// <param name="bits">The number of bits.</param>
    public static int Taken(long bits) => (int)((bits + ByteBits - 1) >> ByteShift);

    /// <summary>Whether there is room for another byte.</summary>
    /// <param name="count">How many bytes there are.</param>
    /// <param name="end">How many there may be.</param>
    public static bool HasRoom(int count, int end) => count < end;

    /// <summary>How many whole slots of 8 bytes there is room for.</summary>
    /// <param name="length">The bytes of the content.</param>
    /// <param name="start">Where the slots begin in it, at most the length.</param>
    public static int MostSlots(int length, int start) => (length - start) >> SlotShift;
}

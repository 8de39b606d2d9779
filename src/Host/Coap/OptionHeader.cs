namespace RbpfSpec.Host.Coap;

/// <summary>How number and length of an option are said: 4 bits in its first byte, and up to 2 bytes more; RFC 7252 §3.1.</summary>
/// <remarks>Functions of numbers without loops: claims are about their compiled code, for all numbers.</remarks>
internal static class OptionHeader
{
    // The values of 4 bits that say that 1 or 2 bytes more follow, and the least values of these.
    private const int OneByte = 13;
    private const int TwoBytes = 14;
    private const int LeastOfOneByte = 13;
    private const int LeastOfTwoBytes = 269;

    /// <summary>The 4 bits of a value from 0 to <see cref="CoapOption.LongestValue"/>.</summary>
    public static int Nibble(int value) => value < LeastOfOneByte ? value : value < LeastOfTwoBytes ? OneByte : TwoBytes;

    /// <summary>How many bytes more follow 4 bits; more than there can be if these are reserved.</summary>
    public static int ExtensionBytes(int nibble) => nibble switch
    {
        < OneByte => 0,
        OneByte => 1,
        TwoBytes => 2,
        _ => int.MaxValue,
    };

    /// <summary>The number in the bytes that follow the 4 bits of a value, if any do.</summary>
    public static int Extension(int value) =>
        value < LeastOfOneByte ? 0 : value < LeastOfTwoBytes ? value - LeastOfOneByte : value - LeastOfTwoBytes;

    /// <summary>The value that 4 bits, which are not reserved, and the number behind them say.</summary>
    public static int Value(int nibble, int extension) => nibble switch
    {
        < OneByte => nibble,
        OneByte => extension + LeastOfOneByte,
        _ => extension + LeastOfTwoBytes,
    };
}

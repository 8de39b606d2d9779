namespace RbpfSpec.Host.Coap;

/// <summary>The bits of a block option: the number of the block, whether more follow, the exponent of its size; RFC 7959 §2.2.</summary>
/// <remarks>Functions of numbers without loops: claims are about their compiled code, for all numbers.</remarks>
internal static class BlockValue
{
    private const int NumberAt = 4;
    private const uint More = 8;
    private const uint Exponents = 7;
    private const int LeastSizeBits = 4;

    /// <summary>The value, 24 bits.</summary>
    /// <param name="number">Below 2^20.</param>
    /// <param name="more">Whether more blocks follow.</param>
    /// <param name="exponent">0 to 7.</param>
    public static uint Of(int number, bool more, int exponent) => ((uint)number << NumberAt) | (more ? More : 0) | (uint)exponent;

    /// <summary>The number of the block.</summary>
    public static int NumberOf(uint value) => (int)(value >> NumberAt);

    /// <summary>Whether more blocks follow.</summary>
    public static bool MoreOf(uint value) => (value & More) != 0;

    /// <summary>The exponent, 0 to 7.</summary>
    public static int ExponentOf(uint value) => (int)(value & Exponents);

    /// <summary>The bytes of a block.</summary>
    public static int Size(int exponent) => 1 << (LeastSizeBits + exponent);

    /// <summary>Where a block begins in the whole, in bytes.</summary>
    public static long Offset(int number, int exponent) => (long)number << (LeastSizeBits + exponent);
}

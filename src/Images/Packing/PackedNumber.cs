namespace RbpfSpec.Images.Packing;

/// <summary>Numbers in groups of 7 bits, the least significant group first, and signed numbers as such.</summary>
/// <remarks>Functions of numbers without loops: claims are about their compiled code, for all numbers.</remarks>
internal static class PackedNumber
{
    /// <summary>The bits of a number that a byte has.</summary>
    public const int GroupBits = 7;

    /// <summary>The most bytes that a number may have.</summary>
    public const int MostGroups = 5;

    private const byte Continuing = 0x80;

    /// <summary>The next byte of a number: its top bit says whether others follow.</summary>
    /// <param name="number">What is left of the number.</param>
    public static byte Group(uint number) => number >= Continuing ? (byte)(number | Continuing) : (byte)number;

    /// <summary>The number that is left behind its next byte.</summary>
    /// <param name="number">What is left of it before.</param>
    public static uint Rest(uint number) => number >> GroupBits;

    /// <summary>Whether others follow a byte.</summary>
    /// <param name="group">The byte.</param>
    public static bool Continues(byte group) => group >= Continuing;

    /// <summary>A number with one more group.</summary>
    /// <param name="number">The number so far.</param>
    /// <param name="group">The byte of the group.</param>
    /// <param name="index">How many groups came before, below <see cref="MostGroups"/>.</param>
    public static ulong With(ulong number, byte group, int index) =>
        number | ((ulong)(group & ~Continuing) << (index * GroupBits));

    /// <summary>The number of an offset: 0, -1, 1, -2, 2 … are 0, 1, 2, 3, 4 …, so that small ones of either sign are short.</summary>
    /// <param name="offset">The offset.</param>
    public static ushort OfOffset(short offset) => (ushort)((offset << 1) ^ (offset >> 15));

    /// <summary>The number of an immediate, as that of an offset.</summary>
    /// <param name="immediate">The immediate.</param>
    public static uint OfImmediate(int immediate) => (uint)((immediate << 1) ^ (immediate >> 31));

    /// <summary>The two's complement of what a number stands for.</summary>
    /// <param name="number">The number.</param>
    public static uint Signed(uint number) => (number >> 1) ^ (0 - (number & 1));
}

namespace RbpfSpec.Words;

/// <summary>The width of a word: a number of bits, 1 to 64.</summary>
/// <remarks>The default value is the width of no word.</remarks>
public readonly record struct Width : IComparable<Width>
{
    private Width(int bits) => Bits = bits;

    /// <summary>The greatest width.</summary>
    public const int MostBits = 64;

    /// <summary>A truth value.</summary>
    public static Width Bits1 => new(1);

    /// <summary>A register number in a slot.</summary>
    public static Width Bits4 => new(4);

    /// <summary>An opcode, or one byte of memory.</summary>
    public static Width Bits8 => new(8);

    /// <summary>An offset, or a half word of memory.</summary>
    public static Width Bits16 => new(16);

    /// <summary>An immediate, an operand of the ALU class, or a word of memory.</summary>
    public static Width Bits32 => new(32);

    /// <summary>A register, an address, a program counter, or a double word of memory.</summary>
    public static Width Bits64 => new(64);

    /// <summary>The number of bits.</summary>
    public int Bits { get; }

    /// <summary>The word of this width whose bits are all one, in the low bits.</summary>
    public ulong Mask => ulong.MaxValue >> (MostBits - Bits);

    /// <summary>The number of whole bytes in a word of this width.</summary>
    public int Bytes => Bits / 8;

    /// <summary>Half of this width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is a single bit.</exception>
    public Width Half => Of(Bits / 2);

    /// <summary>The width of so many bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not 1 to 64.</exception>
    public static Width Of(int bits) => bits is >= 1 and <= MostBits
        ? new(bits)
        : throw new ArgumentOutOfRangeException(nameof(bits), bits, "a word has 1 to 64 bits");

    /// <summary>Whether the left is narrower.</summary>
    public static bool operator <(Width left, Width right) => left.Bits < right.Bits;

    /// <summary>Whether the left is wider.</summary>
    public static bool operator >(Width left, Width right) => left.Bits > right.Bits;

    /// <summary>Whether the left is narrower, or as wide.</summary>
    public static bool operator <=(Width left, Width right) => left.Bits <= right.Bits;

    /// <summary>Whether the left is wider, or as wide.</summary>
    public static bool operator >=(Width left, Width right) => left.Bits >= right.Bits;

    public int CompareTo(Width other) => Bits.CompareTo(other.Bits);

    /// <summary>The number of bits, as in <c>32 bits</c>.</summary>
    public override string ToString() => $"{Bits} bits";
}

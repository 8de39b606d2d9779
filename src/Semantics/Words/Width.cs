namespace RbpfSpec.Semantics.Words;

/// <summary>The width of a word; the value of each name is its number of bits.</summary>
public enum Width
{
    /// <summary>A register number in a slot.</summary>
    Bits4 = 4,

    /// <summary>An opcode, or one byte of memory.</summary>
    Bits8 = 8,

    /// <summary>An offset, or a half word of memory.</summary>
    Bits16 = 16,

    /// <summary>An immediate, an operand of the ALU class, or a word of memory.</summary>
    Bits32 = 32,

    /// <summary>A register, an address, a program counter, or a double word of memory.</summary>
    Bits64 = 64,
}

/// <summary>Facts about widths.</summary>
public static class Widths
{
    /// <summary>The word of this width whose bits are all one, in the low bits.</summary>
    public static ulong Mask(this Width width) => ulong.MaxValue >> (64 - (int)width);

    /// <summary>The number of bytes that a word of this width takes in memory.</summary>
    public static int Bytes(this Width width) => (int)width / 8;
}

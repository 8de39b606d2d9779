using System.Numerics;

namespace RbpfSpec.Arm.Encodings;

/// <summary>The constants of 32-bit data processing: twelve bits for a byte, a byte in several places, or a byte rotated.</summary>
/// <remarks>ThumbExpandImm_C, A5.3.2. No two codes that the decoder allows are of one constant.</remarks>
public static class ModifiedImmediate
{
    /// <summary>The constant that a code stands for; null where the architecture leaves it open.</summary>
    /// <param name="code">Twelve bits.</param>
    public static uint? Expand(uint code)
    {
        var low = code & 0xff;
        return (code >> 8) switch
        {
            0 => low,
            <= 3 when low == 0 => null,
            1 => low * 0x00010001,
            2 => low * 0x01000100,
            3 => low * 0x01010101,
            _ => BitOperations.RotateRight(0x80 | (code & 0x7f), (int)(code >> 7)),
        };
    }

    /// <summary>The code of a constant; null where there is none.</summary>
    public static uint? Code(uint value)
    {
        var low = value & 0xff;
        if (value == low) return low;
        if (value == low * 0x00010001) return 0x100 | low;
        if (value == low * 0x01010101) return 0x300 | low;
        if (value == ((value >> 8) & 0xff) * 0x01000100) return 0x200 | ((value >> 8) & 0xff);
        var rotation = 8 + BitOperations.LeadingZeroCount(value);
        var rotated = BitOperations.RotateLeft(value, rotation);
        return rotation < 32 && rotated <= 0xff ? ((uint)rotation << 7) | (rotated & 0x7f) : null;
    }

    /// <summary>The carry that comes with a constant: its highest bit if its code rotates; else null, the carry from before.</summary>
    internal static bool? Carry(uint value) => Code(value) is > 0x3ff ? value >> 31 != 0 : null;
}

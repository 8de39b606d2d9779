using System.Buffers.Binary;

namespace RbpfSpec.Conformance.Faults;

/// <summary>The computations of instructions, on plain numbers.</summary>
internal static class Numbers
{
    /// <summary>The low bits, with zeros above.</summary>
    public static ulong Cut(ulong value, int bits) => bits >= 64 ? value : value & ((1UL << bits) - 1);

    /// <summary>The low bits, with the sign above.</summary>
    public static ulong Extend(ulong value, int bits) => bits >= 64 ? value : (ulong)((long)(value << (64 - bits)) >> (64 - bits));

    /// <summary>The result of arithmetic, before it is cut to 32 bits; a divisor of zero yields what RFC 9669 says.</summary>
    public static ulong Alu(Fields slot, ulong left, ulong right)
    {
        var bits = slot.Bits;
        var (a, b) = (Cut(left, bits), Cut(right, bits));
        var amount = (int)(b & (ulong)(bits - 1));
        return unchecked(slot.Code switch
        {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 or 9 => Divide(slot, a, b),
            4 => a | b,
            5 => a & b,
            6 => a << amount,
            7 => a >> amount,
            8 => 0 - a,
            10 => a ^ b,
            11 => slot.IsX && slot.Offset != 0 ? Extend(right, slot.Offset) : slot.IsX || bits == 64 ? right : b,
            12 => (ulong)((long)Extend(a, bits) >> amount),
            13 => slot.Class == 7 || slot.IsX ? Swap(left, slot.Immediate) : Cut(left, slot.Immediate),
            _ => a,
        });
    }

    /// <summary>Whether a conditional jump is taken.</summary>
    public static bool Holds(Fields slot, ulong left, ulong right)
    {
        var (a, b) = (Cut(left, slot.Bits), Cut(right, slot.Bits));
        var (x, y) = ((long)Extend(a, slot.Bits), (long)Extend(b, slot.Bits));
        return slot.Code switch
        {
            1 => a == b,
            2 => a > b,
            3 => a >= b,
            4 => (a & b) != 0,
            5 => a != b,
            6 => x > y,
            7 => x >= y,
            10 => a < b,
            11 => a <= b,
            12 => x < y,
            13 => x <= y,
            _ => false,
        };
    }

    /// <summary>The value that an atomic operation leaves in memory.</summary>
    public static ulong Atomic(Fields slot, ulong old, ulong with, ulong compared) => (slot.Immediate & ~1) switch
    {
        0x00 => unchecked(old + with),
        0x40 => old | with,
        0x50 => old & with,
        0xa0 => old ^ with,
        0xe0 => with,
        0xf0 => old == Cut(compared, slot.Bytes * 8) ? with : old,
        _ => old,
    };

    /// <summary>The low bytes in reverse order, with zeros above.</summary>
    public static ulong Swap(ulong value, int bits) => bits switch
    {
        16 => BinaryPrimitives.ReverseEndianness((ushort)value),
        32 => BinaryPrimitives.ReverseEndianness((uint)value),
        64 => BinaryPrimitives.ReverseEndianness(value),
        _ => value,
    };

    private static ulong Divide(Fields slot, ulong a, ulong b)
    {
        var isModulo = slot.Code == 9;
        if (b == 0) return isModulo ? a : 0;
        if (slot.Offset == 0) return isModulo ? a % b : a / b;
        var (x, y) = ((long)Extend(a, slot.Bits), (long)Extend(b, slot.Bits));
        if (y == -1) return isModulo ? 0 : unchecked(0 - (ulong)x);
        return (ulong)(isModulo ? x % y : x / y);
    }
}

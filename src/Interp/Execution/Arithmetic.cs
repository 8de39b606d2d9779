namespace RbpfSpec.Interp.Execution;

/// <summary>A binary operation on words of 32 and 64 bits, total: as RFC 9669 §4.1 has it, for every pair of operands.</summary>
/// <remarks>Where a profile traps instead, a guard stands before the step.</remarks>
internal interface IArithmetic
{
    /// <summary>The result at 32 bits.</summary>
    static abstract uint Of32(uint destination, uint source);

    /// <summary>The result at 64 bits.</summary>
    static abstract ulong Of64(ulong destination, ulong source);
}

/// <summary>Sum.</summary>
internal readonly struct Add : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination + source;

    public static ulong Of64(ulong destination, ulong source) => destination + source;
}

/// <summary>Difference.</summary>
internal readonly struct Subtract : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination - source;

    public static ulong Of64(ulong destination, ulong source) => destination - source;
}

/// <summary>Product.</summary>
internal readonly struct Multiply : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination * source;

    public static ulong Of64(ulong destination, ulong source) => destination * source;
}

/// <summary>Unsigned quotient; zero of a zero divisor.</summary>
internal readonly struct Divide : IArithmetic
{
    public static uint Of32(uint destination, uint source) => source == 0 ? 0 : destination / source;

    public static ulong Of64(ulong destination, ulong source) => source == 0 ? 0 : destination / source;
}

/// <summary>Signed quotient, rounded towards zero; zero of a zero divisor, and wrapping around.</summary>
/// <remarks>A divisor of -1 is apart because the processor's division of the least number by it does not end well.</remarks>
internal readonly struct DivideSigned : IArithmetic
{
    public static uint Of32(uint destination, uint source) => source switch
    {
        0 => 0,
        uint.MaxValue => 0 - destination,
        _ => (uint)((int)destination / (int)source),
    };

    public static ulong Of64(ulong destination, ulong source) => source switch
    {
        0 => 0,
        ulong.MaxValue => 0 - destination,
        _ => (ulong)((long)destination / (long)source),
    };
}

/// <summary>Unsigned remainder; the destination of a zero divisor.</summary>
internal readonly struct Modulo : IArithmetic
{
    public static uint Of32(uint destination, uint source) => source == 0 ? destination : destination % source;

    public static ulong Of64(ulong destination, ulong source) => source == 0 ? destination : destination % source;
}

/// <summary>Signed remainder, with the destination's sign; the destination of a zero divisor.</summary>
internal readonly struct ModuloSigned : IArithmetic
{
    public static uint Of32(uint destination, uint source) => source switch
    {
        0 => destination,
        uint.MaxValue => 0,
        _ => (uint)((int)destination % (int)source),
    };

    public static ulong Of64(ulong destination, ulong source) => source switch
    {
        0 => destination,
        ulong.MaxValue => 0,
        _ => (ulong)((long)destination % (long)source),
    };
}

/// <summary>Bitwise or.</summary>
internal readonly struct Or : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination | source;

    public static ulong Of64(ulong destination, ulong source) => destination | source;
}

/// <summary>Bitwise and.</summary>
internal readonly struct And : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination & source;

    public static ulong Of64(ulong destination, ulong source) => destination & source;
}

/// <summary>Bitwise exclusive or.</summary>
internal readonly struct Xor : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination ^ source;

    public static ulong Of64(ulong destination, ulong source) => destination ^ source;
}

/// <summary>Shift left by the low 5 or 6 bits.</summary>
internal readonly struct ShiftLeft : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination << (int)(source & 31);

    public static ulong Of64(ulong destination, ulong source) => destination << (int)(source & 63);
}

/// <summary>Logical shift right by the low 5 or 6 bits.</summary>
internal readonly struct ShiftRight : IArithmetic
{
    public static uint Of32(uint destination, uint source) => destination >> (int)(source & 31);

    public static ulong Of64(ulong destination, ulong source) => destination >> (int)(source & 63);
}

/// <summary>Arithmetic shift right by the low 5 or 6 bits.</summary>
internal readonly struct ShiftRightSigned : IArithmetic
{
    public static uint Of32(uint destination, uint source) => (uint)((int)destination >> (int)(source & 31));

    public static ulong Of64(ulong destination, ulong source) => (ulong)((long)destination >> (int)(source & 63));
}

/// <summary>The second operand, of atomic exchange.</summary>
internal readonly struct Exchange : IArithmetic
{
    public static uint Of32(uint destination, uint source) => source;

    public static ulong Of64(ulong destination, ulong source) => source;
}

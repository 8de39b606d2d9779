namespace RbpfSpec.Interp.Execution;

/// <summary>The condition of a jump, on words of 32 and 64 bits.</summary>
internal interface ICondition
{
    /// <summary>Whether it holds at 32 bits.</summary>
    static abstract bool Of32(uint destination, uint source);

    /// <summary>Whether it holds at 64 bits.</summary>
    static abstract bool Of64(ulong destination, ulong source);
}

/// <summary>Equal.</summary>
internal readonly struct Equal : ICondition
{
    public static bool Of32(uint destination, uint source) => destination == source;

    public static bool Of64(ulong destination, ulong source) => destination == source;
}

/// <summary>Greater, unsigned.</summary>
internal readonly struct Greater : ICondition
{
    public static bool Of32(uint destination, uint source) => destination > source;

    public static bool Of64(ulong destination, ulong source) => destination > source;
}

/// <summary>Greater or equal, unsigned.</summary>
internal readonly struct GreaterOrEqual : ICondition
{
    public static bool Of32(uint destination, uint source) => destination >= source;

    public static bool Of64(ulong destination, ulong source) => destination >= source;
}

/// <summary>A bit is set in both.</summary>
internal readonly struct AnyBitSet : ICondition
{
    public static bool Of32(uint destination, uint source) => (destination & source) != 0;

    public static bool Of64(ulong destination, ulong source) => (destination & source) != 0;
}

/// <summary>Not equal.</summary>
internal readonly struct NotEqual : ICondition
{
    public static bool Of32(uint destination, uint source) => destination != source;

    public static bool Of64(ulong destination, ulong source) => destination != source;
}

/// <summary>Greater, signed.</summary>
internal readonly struct GreaterSigned : ICondition
{
    public static bool Of32(uint destination, uint source) => (int)destination > (int)source;

    public static bool Of64(ulong destination, ulong source) => (long)destination > (long)source;
}

/// <summary>Greater or equal, signed.</summary>
internal readonly struct GreaterOrEqualSigned : ICondition
{
    public static bool Of32(uint destination, uint source) => (int)destination >= (int)source;

    public static bool Of64(ulong destination, ulong source) => (long)destination >= (long)source;
}

/// <summary>Less, unsigned.</summary>
internal readonly struct Less : ICondition
{
    public static bool Of32(uint destination, uint source) => destination < source;

    public static bool Of64(ulong destination, ulong source) => destination < source;
}

/// <summary>Less or equal, unsigned.</summary>
internal readonly struct LessOrEqual : ICondition
{
    public static bool Of32(uint destination, uint source) => destination <= source;

    public static bool Of64(ulong destination, ulong source) => destination <= source;
}

/// <summary>Less, signed.</summary>
internal readonly struct LessSigned : ICondition
{
    public static bool Of32(uint destination, uint source) => (int)destination < (int)source;

    public static bool Of64(ulong destination, ulong source) => (long)destination < (long)source;
}

/// <summary>Less or equal, signed.</summary>
internal readonly struct LessOrEqualSigned : ICondition
{
    public static bool Of32(uint destination, uint source) => (int)destination <= (int)source;

    public static bool Of64(ulong destination, ulong source) => (long)destination <= (long)source;
}

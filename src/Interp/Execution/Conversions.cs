namespace RbpfSpec.Interp.Execution;

/// <summary>A function of one 64-bit word.</summary>
internal interface IConversion
{
    /// <summary>The result.</summary>
    static abstract ulong Of(ulong value);
}

/// <summary>The word itself.</summary>
internal readonly struct Same : IConversion
{
    public static ulong Of(ulong value) => value;
}

/// <summary>The low 16 bits.</summary>
internal readonly struct Low16 : IConversion
{
    public static ulong Of(ulong value) => (ushort)value;
}

/// <summary>The low 32 bits.</summary>
internal readonly struct Low32 : IConversion
{
    public static ulong Of(ulong value) => (uint)value;
}

/// <summary>The low 8 bits, sign-extended to 64.</summary>
internal readonly struct Signed8 : IConversion
{
    public static ulong Of(ulong value) => (ulong)(sbyte)value;
}

/// <summary>The low 16 bits, sign-extended to 64.</summary>
internal readonly struct Signed16 : IConversion
{
    public static ulong Of(ulong value) => (ulong)(short)value;
}

/// <summary>The low 32 bits, sign-extended to 64.</summary>
internal readonly struct Signed32 : IConversion
{
    public static ulong Of(ulong value) => (ulong)(int)value;
}

/// <summary>The low 8 bits, sign-extended to 32, then zero-extended.</summary>
internal readonly struct Signed8To32 : IConversion
{
    public static ulong Of(ulong value) => (uint)(sbyte)value;
}

/// <summary>The low 16 bits, sign-extended to 32, then zero-extended.</summary>
internal readonly struct Signed16To32 : IConversion
{
    public static ulong Of(ulong value) => (uint)(short)value;
}

/// <summary>The low 16 bits, their bytes reversed.</summary>
internal readonly struct Swapped16 : IConversion
{
    public static ulong Of(ulong value) => ((value & 0xff) << 8) | ((value >> 8) & 0xff);
}

/// <summary>The low 32 bits, their bytes reversed.</summary>
internal readonly struct Swapped32 : IConversion
{
    public static ulong Of(ulong value) => (Swapped16.Of(value) << 16) | Swapped16.Of(value >> 16);
}

/// <summary>The bytes reversed.</summary>
internal readonly struct Swapped64 : IConversion
{
    public static ulong Of(ulong value) => (Swapped32.Of(value) << 32) | Swapped32.Of(value >> 32);
}

/// <summary>Negation at 32 bits, zero-extended.</summary>
internal readonly struct Negated32 : IConversion
{
    public static ulong Of(ulong value) => 0 - (uint)value;
}

/// <summary>Negation.</summary>
internal readonly struct Negated64 : IConversion
{
    public static ulong Of(ulong value) => 0 - value;
}

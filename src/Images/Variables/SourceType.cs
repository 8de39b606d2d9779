namespace RbpfSpec.Images.Variables;

/// <summary>A type of C, as debug information tells it. Types refer to each other by their index.</summary>
public abstract record SourceType
{
    /// <summary>The index that stands for no type: <c>void</c>, or one that is not told.</summary>
    public const int None = -1;

    private SourceType()
    {
    }

    /// <summary>A number, a truth value or a character.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Size">The size in bytes.</param>
    /// <param name="Kind">The kind of number.</param>
    public sealed record Number(string Name, int Size, NumberKind Kind) : SourceType;

    /// <summary>An address.</summary>
    /// <param name="Target">The type of what is there.</param>
    public sealed record Pointer(int Target) : SourceType;

    /// <summary>Several of one type, one behind the other.</summary>
    /// <param name="Element">Their type.</param>
    /// <param name="Count">How many; 0 if it is not told.</param>
    public sealed record Array(int Element, long Count) : SourceType;

    /// <summary>A structure or a union.</summary>
    /// <param name="Name">The name, with the word before it.</param>
    /// <param name="Size">The size in bytes.</param>
    /// <param name="Members">The members.</param>
    public sealed record Structure(string Name, long Size, Sequence<SourceMember> Members) : SourceType;

    /// <summary>An enumeration.</summary>
    /// <param name="Name">The name, with the word before it.</param>
    /// <param name="Size">The size in bytes.</param>
    /// <param name="Values">The names of its values.</param>
    public sealed record Enumeration(string Name, int Size, Sequence<(string Name, long Value)> Values) : SourceType;

    /// <summary>Another name of a type, or the type with <c>const</c> or <c>volatile</c> before it.</summary>
    /// <param name="Name">The name; empty if it has none.</param>
    /// <param name="Target">The type.</param>
    public sealed record Alias(string Name, int Target) : SourceType;
}

/// <summary>The kinds of numbers.</summary>
public enum NumberKind
{
    /// <summary>Without a sign.</summary>
    Unsigned,

    /// <summary>With a sign, in two's complement.</summary>
    Signed,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A character without a sign.</summary>
    UnsignedCharacter,

    /// <summary>A character with a sign.</summary>
    SignedCharacter,

    /// <summary>Something else, such as a number with a fraction, of which the bytes are shown.</summary>
    Other,
}

/// <summary>A member of a structure or a union.</summary>
/// <param name="Name">The name; empty if it has none.</param>
/// <param name="Type">The type.</param>
/// <param name="Offset">The byte at which it begins or, of bits, at which the number begins that has them.</param>
/// <param name="Bits">Which bits of it, of a member that is a bit field.</param>
public sealed record SourceMember(string Name, int Type, long Offset, BitField? Bits);

/// <summary>Some bits of a number.</summary>
/// <param name="First">The lowest of them.</param>
/// <param name="Count">How many: 1 to 64.</param>
public sealed record BitField(int First, int Count);

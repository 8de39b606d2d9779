namespace RbpfSpec.Semantics.Instructions;

/// <summary>How many bytes an instruction reads or writes.</summary>
/// <remarks>RFC 9669 §5, table 12: the value of each name is its bits in the opcode.</remarks>
public enum AccessSize
{
    /// <summary>Four bytes.</summary>
    Word = 0x00,

    /// <summary>Two bytes.</summary>
    HalfWord = 0x08,

    /// <summary>One byte.</summary>
    Byte = 0x10,

    /// <summary>Eight bytes.</summary>
    DoubleWord = 0x18,
}

/// <summary>Facts about sizes of accesses.</summary>
public static class AccessSizes
{
    /// <summary>The width of the word that is read or written.</summary>
    public static Width Width(this AccessSize size) => size switch
    {
        AccessSize.Byte => Words.Width.Bits8,
        AccessSize.HalfWord => Words.Width.Bits16,
        AccessSize.Word => Words.Width.Bits32,
        AccessSize.DoubleWord => Words.Width.Bits64,
    };

    /// <summary>The letters that RFC 9669 gives to the size, as in <c>ldxdw</c>.</summary>
    public static string Letters(this AccessSize size) => size switch
    {
        AccessSize.Byte => "b",
        AccessSize.HalfWord => "h",
        AccessSize.Word => "w",
        AccessSize.DoubleWord => "dw",
    };
}

namespace RbpfSpec.Semantics.Instructions;

/// <summary>A field of a slot.</summary>
/// <remarks>RFC 9669 §3.1. The opcode is not among them: it is what an encoding starts from.</remarks>
public enum Field
{
    /// <summary>4 bits: the destination register.</summary>
    Destination,

    /// <summary>4 bits: the source register.</summary>
    Source,

    /// <summary>16 bits, signed.</summary>
    Offset,

    /// <summary>32 bits, signed.</summary>
    Immediate,

    /// <summary>32 bits: the immediate of a wide instruction's second slot.</summary>
    NextImmediate,
}

/// <summary>Facts about fields.</summary>
public static class Fields
{
    /// <summary>The field's name in RFC 9669.</summary>
    public static string Name(this Field field) => field switch
    {
        Field.Destination => "dst_reg",
        Field.Source => "src_reg",
        Field.Offset => "offset",
        Field.Immediate => "imm",
        Field.NextImmediate => "next_imm",
    };

    /// <summary>The number of bits.</summary>
    public static Width Width(this Field field) => field switch
    {
        Field.Destination or Field.Source => Words.Width.Bits4,
        Field.Offset => Words.Width.Bits16,
        Field.Immediate or Field.NextImmediate => Words.Width.Bits32,
    };
}

/// <summary>The use that an encoding makes of a field.</summary>
public abstract record FieldUse
{
    private FieldUse()
    {
    }

    /// <summary>It names a register, 0 to 10.</summary>
    public sealed record NamesRegister : FieldUse;

    /// <summary>It holds any value.</summary>
    public sealed record HoldsValue : FieldUse;

    /// <summary>It tells this encoding from others of the same opcode, by holding this value.</summary>
    public sealed record Selects(ulong Value) : FieldUse;

    /// <summary>It is not used and must be zero.</summary>
    public sealed record Reserved : FieldUse;
}

/// <summary>How an encoding uses each field of its slot or slots.</summary>
/// <param name="Destination">The dst_reg field.</param>
/// <param name="Source">The src_reg field.</param>
/// <param name="Offset">The offset field.</param>
/// <param name="Immediate">The imm field.</param>
/// <param name="IsWide">Whether there is a second slot, zero but for its immediate.</param>
/// <param name="NextImmediate">The imm field of the second slot.</param>
public sealed record Layout(
    FieldUse Destination,
    FieldUse Source,
    FieldUse Offset,
    FieldUse Immediate,
    bool IsWide,
    FieldUse NextImmediate)
{
    /// <summary>A field that names a register.</summary>
    public static FieldUse Register { get; } = new FieldUse.NamesRegister();

    /// <summary>A field that holds any value.</summary>
    public static FieldUse Value { get; } = new FieldUse.HoldsValue();

    /// <summary>A field that must be zero.</summary>
    public static FieldUse Zero { get; } = new FieldUse.Reserved();

    /// <summary>A field that selects the encoding.</summary>
    public static FieldUse Only(ulong value) => new FieldUse.Selects(value);

    /// <summary>One slot whose fields are all reserved: what layouts start from.</summary>
    public static Layout Empty { get; } = new(Zero, Zero, Zero, Zero, false, Zero);

    /// <summary>The number of slots, 1 or 2.</summary>
    public int Slots => IsWide ? 2 : 1;

    /// <summary>The use of a field.</summary>
    public FieldUse this[Field field] => field switch
    {
        Field.Destination => Destination,
        Field.Source => Source,
        Field.Offset => Offset,
        Field.Immediate => Immediate,
        Field.NextImmediate => NextImmediate,
    };
}

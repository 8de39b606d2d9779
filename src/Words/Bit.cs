namespace RbpfSpec.Words;

/// <summary>A concrete truth value.</summary>
public readonly record struct Bit(bool Value) : IBit<Bit>
{
    /// <inheritdoc/>
    public static Bit Of(bool value) => new(value);

    /// <inheritdoc/>
    public bool IsKnown(out bool value)
    {
        value = Value;
        return true;
    }

    /// <inheritdoc/>
    public static Bit operator !(Bit operand) => new(!operand.Value);

    /// <inheritdoc/>
    public static Bit operator &(Bit left, Bit right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    public static Bit operator |(Bit left, Bit right) => new(left.Value | right.Value);
}

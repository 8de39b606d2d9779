namespace RbpfSpec.Host.Coap;

/// <summary>The value of the options Block1 and Block2, RFC 7959 §2.2.</summary>
/// <param name="Number">Which block, counted from 0; below 2^20.</param>
/// <param name="More">Whether more blocks follow.</param>
/// <param name="Exponent">0 to 6: the block has 2 to the power of 4 + this bytes.</param>
public readonly record struct CoapBlock(int Number, bool More, int Exponent)
{
    /// <summary>The greatest exponent; 7 is reserved.</summary>
    public const int GreatestExponent = 6;

    /// <summary>How many bytes a block has, the last one at most.</summary>
    public int Size => BlockValue.Size(Exponent);

    /// <summary>Where the block begins in the whole, in bytes.</summary>
    public long Offset => BlockValue.Offset(Number, Exponent);

    /// <summary>The value of an option; null if its exponent is the reserved one, or it is longer than 3 bytes.</summary>
    public static CoapBlock? Of(CoapOption option)
    {
        if (option.Value.Count > 3 || option.Unsigned is not { } value) return null;
        var exponent = BlockValue.ExponentOf(value);
        return exponent > GreatestExponent ? null : new(BlockValue.NumberOf(value), BlockValue.MoreOf(value), exponent);
    }

    /// <summary>The option with this value.</summary>
    /// <param name="number"><see cref="CoapOptions.Block1"/> or <see cref="CoapOptions.Block2"/>.</param>
    public CoapOption ToOption(int number) => CoapOption.Of(number, BlockValue.Of(Number, More, Exponent));
}

namespace RbpfSpec.Certifying;

/// <summary>Quotients and remainders of words as circuits, the lowest bit first, with SMT-LIB's values where the divisor is zero.</summary>
/// <param name="circuit">The circuit.</param>
/// <param name="sums">Its sums.</param>
internal sealed class Division(Circuit circuit, Sums sums)
{
    /// <summary>Of numbers without a sign: <c>bvudiv</c> and <c>bvurem</c>.</summary>
    public (int[] Quotient, int[] Remainder) Unsigned(int[] dividend, int[] divisor)
    {
        // Long division. Zero is never greater than what is left: so all bits of the quotient are set, and all is left, as it should be.
        var quotient = new int[dividend.Length];
        int[] wide = [.. divisor, Circuit.False];
        var left = Array.ConvertAll(wide, _ => Circuit.False);
        for (var place = dividend.Length - 1; place >= 0; place--)
        {
            left = [dividend[place], .. left[..^1]];
            quotient[place] = Circuit.Not(sums.Less(left, wide));
            left = Choose(quotient[place], sums.Subtract(left, wide), left);
        }

        return (quotient, left[..^1]);
    }

    /// <summary>Of numbers with a sign, rounded towards zero: <c>bvsdiv</c> and <c>bvsrem</c>.</summary>
    public (int[] Quotient, int[] Remainder) Signed(int[] dividend, int[] divisor)
    {
        var (isNegative, isDivisorNegative) = (dividend[^1], divisor[^1]);
        var (quotient, remainder) = Unsigned(Negated(isNegative, dividend), Negated(isDivisorNegative, divisor));
        return (Negated(circuit.Xor(isNegative, isDivisorNegative), quotient), Negated(isNegative, remainder));
    }

    private int[] Negated(int condition, int[] word) =>
        Choose(condition, sums.Subtract(Array.ConvertAll(word, _ => Circuit.False), word), word);

    private int[] Choose(int condition, int[] then, int[] otherwise) =>
        [.. then.Select((bit, place) => circuit.Choose(condition, bit, otherwise[place]))];
}

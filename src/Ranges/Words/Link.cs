using System.Globalization;

namespace RbpfSpec.Ranges.Words;

/// <summary>The equation of an abstract word with a value that has a number: it is scale · value + offset, modulo 2^64.</summary>
/// <remarks>
/// Of a word narrower than 64 bits the equation holds of the low bits; of a word relative to some memory, of its offset.
/// A value is a word of 64 bits that does not change: who numbers values must not give one number to two.
/// </remarks>
/// <param name="Value">The number of the value.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Offset">What is added.</param>
public readonly record struct Link(long Value, ulong Scale, ulong Offset)
{
    /// <summary>The factor and the summand that make one linked word of another; null where there are none.</summary>
    /// <param name="from">The link of the one.</param>
    /// <param name="to">The link of the other.</param>
    public static (ulong Factor, ulong Summand)? Between(Link from, Link to)
    {
        if (from.Value != to.Value || from.Scale == 0) return null;

        // A power of two that divides one scale must divide the other; what is left of the one has an inverse.
        var zeros = System.Numerics.BitOperations.TrailingZeroCount(from.Scale);
        if (((to.Scale >> zeros) << zeros) != to.Scale) return null;
        var factor = unchecked((to.Scale >> zeros) * Inverse(from.Scale >> zeros));
        return (factor, unchecked(to.Offset - (factor * from.Offset)));
    }

    /// <summary>As in <c>4·v3 + 8</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Scale == 1 ? "" : $"{(long)Scale}·")}v{Value}{(Offset == 0 ? "" : (long)Offset < 0 ? $" - {0 - Offset}" : $" + {Offset}")}");

    // Newton: of an odd number, each round doubles the bits that are right, three at first.
    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var bits = 3; bits < 64; bits *= 2) inverse = unchecked(inverse * (2 - (odd * inverse)));
        return inverse;
    }
}
